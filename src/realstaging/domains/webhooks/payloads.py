"""What jobs of webhooks are about."""

from __future__ import annotations

from uuid import UUID

from realstaging.runtime.work import Payload


class Deliver(Payload, frozen=True, tag="webhooks.deliver"):
    """Send an endpoint what is due."""

    endpoint_id: UUID
