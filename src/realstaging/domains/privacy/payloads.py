"""What jobs of privacy are about."""

from __future__ import annotations

from uuid import UUID

from realstaging.runtime.work import Payload


class Make(Payload, frozen=True, tag="privacy.make"):
    """Write an export."""

    export_id: UUID


class Erase(Payload, frozen=True, tag="privacy.erase"):
    """Erase an account, or forget a person."""

    erasure_id: UUID
