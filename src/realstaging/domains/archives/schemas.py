"""Wire shapes of archives."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID

import msgspec

from realstaging.kit import bounds

MOST_FILES: Final = 1000


class FileKind(StrEnum):
    """Which of a result's files: the JPEG of full size, the one for listing services, or the lossless master."""

    JPG = "jpg"
    MLS = "mls"
    PNG = "png"


class NewArchive(msgspec.Struct, forbid_unknown_fields=True):
    """``staging_ids`` left out: every finished staging of the project, at most 1,000. ``mls_profile``: the listing service that files of
    kind ``mls`` are for; without it, the one that you prefer.
    """

    files: FileKind = FileKind.JPG
    mls_profile: bounds.Word | None = None
    staging_ids: Annotated[list[UUID], msgspec.Meta(min_length=1, max_length=MOST_FILES)] | None = None


class Archive(msgspec.Struct, frozen=True):
    """A ZIP on its way, or ready at ``url`` until ``expires_at``. The address takes Range requests, so that a download goes on
    where it broke off.
    """

    id: UUID
    project_id: UUID
    state: str
    files: int
    left_out: int
    """Pictures that were deleted before the ZIP was made."""
    progress: float
    size: int | None
    """Bytes, once ready."""
    url: str | None
    error: str | None
    created_at: datetime
    expires_at: datetime
