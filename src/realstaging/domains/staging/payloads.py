"""What jobs of stagings are about."""

from __future__ import annotations

from uuid import UUID

from realstaging.runtime.work import Payload


class Stage(Payload, frozen=True, tag="staging.stage"):
    """Bring a staging to its result."""

    staging_id: UUID


class Free(Payload, frozen=True, tag="staging.free"):
    """Remove the files of a staging that was deleted or given back."""

    staging_id: UUID


class FreePhotos(Payload, frozen=True, tag="staging.free_photos"):
    """End what was made of deleted photos, and remove what only they used."""

    photo_ids: list[UUID]


class FreeProject(Payload, frozen=True, tag="staging.free_project"):
    """The same for every photo of a deleted project."""

    project_id: UUID


class StopAccount(Payload, frozen=True, tag="staging.stop_account"):
    """Cancel what waits or runs for a suspended account."""

    account_id: UUID
