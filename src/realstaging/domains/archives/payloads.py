"""What jobs of archives are about."""

from __future__ import annotations

from uuid import UUID

from realstaging.runtime.work import Payload


class Make(Payload, frozen=True, tag="archives.make"):
    """Write a ZIP."""

    archive_id: UUID


class Withdraw(Payload, frozen=True, tag="archives.withdraw"):
    """Remove the ZIPs that a picture is in which was given back."""

    staging_id: UUID
