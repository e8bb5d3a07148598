"""What jobs of photos are about."""

from __future__ import annotations

from uuid import UUID

from realstaging.runtime.work import Payload


class Predict(Payload, frozen=True, tag="photos.predict"):
    """Read a photo's room, and tell what will become of its staging."""

    photo_id: UUID
    account_id: UUID
