"""Wire shapes of uploads and photos."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from realstaging.engines.brief import Prediction, RoomType
from realstaging.kit import bounds
from realstaging.kit.errors import ItemError


class NewFile(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A file about to be uploaded. The signature of its address holds it to its size and to the content type in ``headers``."""

    name: bounds.FileName
    type: Annotated[str, msgspec.Meta(max_length=255, pattern=bounds.TEXT)] = ""
    """What the sender takes it for, if anything. The content decides."""
    size: bounds.Size
    sha256: bounds.Digest


class NewUploads(msgspec.Struct, forbid_unknown_fields=True):
    project_id: UUID
    files: bounds.Several[NewFile]


class ChosenPhotos(msgspec.Struct, forbid_unknown_fields=True):
    photo_ids: bounds.Chosen[UUID]


class Upload(msgspec.Struct, frozen=True):
    """Where to send one file, or why not."""

    name: str
    upload_id: UUID | None = None
    url: str | None = None
    method: str | None = None
    headers: dict[str, str] = msgspec.field(default_factory=dict)
    expires_at: datetime | None = None
    error: ItemError | None = None


class Uploads(msgspec.Struct, frozen=True):
    items: list[Upload]


class PhotoUrls(msgspec.Struct, frozen=True):
    web: str
    thumb: str
    original: str


class Note(msgspec.Struct, frozen=True):
    """What was seen of a photo that may keep it from being staged well: panorama, strip, too_dark, too_bright, small_for_mls.

    ``staging`` of the photo is ``possible`` all the same, possible with ``insist``, or ``impossible``.
    """

    code: str
    message: str
    staging: Literal["possible", "insist", "impossible"]


class Photo(msgspec.Struct, frozen=True):
    """An original. Width and height are those of the upright picture, in pixels."""

    id: UUID
    project_id: UUID
    name: str
    width: int
    height: int
    created_at: datetime
    urls: PhotoUrls
    notes: list[Note]
    suggested_room_type: RoomType | None = None
    """From the file's name; where that says nothing, from what is seen."""
    prediction: Prediction | None = None
    """Whether it can be staged, and what was seen. None until the room has been read, some seconds after the photo was added:
    ``photo.predicted`` tells it. Of a photo that will be refused, a staging is accepted with ``insist`` alone.
    """
    sent_by: str | None = None
    """Who sent it by an upload link, as they called themselves."""


class PhotoPage(msgspec.Struct, frozen=True):
    items: list[Photo]
    next_cursor: str | None


class CompleteUploads(msgspec.Struct, forbid_unknown_fields=True):
    project_id: UUID
    upload_ids: bounds.Several[UUID]


class CompletedUpload(msgspec.Struct, frozen=True):
    upload_id: UUID
    photo: Photo | None = None
    error: ItemError | None = None


class CompletedUploads(msgspec.Struct, frozen=True):
    items: list[CompletedUpload]
