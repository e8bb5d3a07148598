"""Wire shapes of upload links."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

import msgspec

from realstaging.domains.photos.uploads import NewFile
from realstaging.kit import bounds
from realstaging.kit.errors import ItemError

LONGEST_LIFE_DAYS: Final = 90
MOST_FILES: Final = 500
"""That a link takes."""


class NewUploadLink(msgspec.Struct, forbid_unknown_fields=True):
    """``name``: who is asked, or for what. ``days``: until it ends; ``files``: how many it takes."""

    name: bounds.Name | None = None
    days: Annotated[int, msgspec.Meta(ge=1, le=LONGEST_LIFE_DAYS)] = 14
    files: Annotated[int, msgspec.Meta(ge=1, le=MOST_FILES)] = 100


class UploadLink(msgspec.Struct, frozen=True):
    """``files_left``: how many more it takes."""

    id: UUID
    project_id: UUID
    project_name: str
    name: str | None
    ends_with: str
    files: int
    files_left: int
    created_at: datetime
    created_by: str
    expires_at: datetime


class ShownUploadLink(msgspec.Struct, frozen=True):
    """A new link. ``url`` is what you give to whoever is to send photos: it is shown now and never again."""

    link: UploadLink
    url: str


class UploadLinks(msgspec.Struct, frozen=True):
    items: list[UploadLink]


class UploadLinkPage(msgspec.Struct, frozen=True):
    items: list[UploadLink]
    next_cursor: str | None


class SendLimits(msgspec.Struct, frozen=True):
    """What may be sent: files in one request, bytes and pixels of one; and the long side that listing services ask for at least."""

    max_files: int
    max_bytes: int
    max_pixels: int
    mls_least: int


class Invitation(msgspec.Struct, frozen=True):
    """What whoever has a link is told: who asks for photos of what, and what may be sent."""

    account_name: str
    project_name: str
    name: str | None
    files_left: int
    limits: SendLimits
    expires_at: datetime


class SentFiles(msgspec.Struct, forbid_unknown_fields=True):
    """``sender``: who sends them; kept on the photos."""

    files: bounds.Several[NewFile]
    sender: bounds.Name | None = None


class SentUploads(msgspec.Struct, forbid_unknown_fields=True):
    upload_ids: bounds.Several[UUID]


class Arrived(msgspec.Struct, frozen=True):
    """A file that is in the project now, or why it is not."""

    upload_id: UUID
    error: ItemError | None = None


class ArrivedFiles(msgspec.Struct, frozen=True):
    items: list[Arrived]
    files_left: int
