"""What browsers are told of photos."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import msgspec

from realstaging.domains.photos.schemas import Photo
from realstaging.kit.errors import ItemError
from realstaging.runtime.work import Event


class PhotoAdded(Event, frozen=True, tag="photo.added"):
    """It came, and may be staged."""

    data: Photo


class PhotoPredicted(Event, frozen=True, tag="photo.predicted"):
    """Its room was read: what it may become, and whether staging will be refused."""

    data: Photo


class RefusedPhoto(msgspec.Struct, frozen=True):
    upload_id: UUID
    project_id: UUID
    name: str
    error: ItemError


class PhotoRefused(Event, frozen=True, tag="photo.refused"):
    """An uploaded file is no photo that can be used."""

    data: RefusedPhoto


class DeletedPhoto(msgspec.Struct, frozen=True):
    id: UUID
    project_id: UUID


class PhotoDeleted(Event, frozen=True, tag="photo.deleted"):
    """It is gone, and so is what was made of it."""

    data: DeletedPhoto


class MovedPhoto(msgspec.Struct, frozen=True):
    """``photo`` is in another project now than in ``from_project_id``."""

    from_project_id: UUID
    photo: Photo


class PhotoMoved(Event, frozen=True, tag="photo.moved"):
    """It is in another project, with what was made of it."""

    data: MovedPhoto


EVENTS: Final[list[type[Event]]] = [PhotoAdded, PhotoRefused, PhotoPredicted, PhotoDeleted, PhotoMoved]
