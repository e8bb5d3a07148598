"""Wire shapes of stagings."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from realstaging.domains.photos.schemas import ItemError, PhotoUrls
from realstaging.domains.projects.schemas import Project
from realstaging.engines.brief import RoomType, Style


class NewStaging(msgspec.Struct, forbid_unknown_fields=True):
    """One photo to be staged in one or more styles. The same seed gives the same picture."""

    photo_id: UUID
    room_type: RoomType
    styles: Annotated[list[Style], msgspec.Meta(min_length=1, max_length=11)]
    seed: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)] | None = None
    engine: str = "local"


class NewStagings(msgspec.Struct, forbid_unknown_fields=True):
    items: Annotated[list[NewStaging], msgspec.Meta(min_length=1, max_length=50)]


class StagingUrls(msgspec.Struct, frozen=True):
    web: str
    thumb: str
    master: str


class Staging(msgspec.Struct, frozen=True):
    """One request and, once ready, its result."""

    id: UUID
    project_id: UUID
    photo_id: UUID
    room_type: str
    style: str
    seed: int
    engine: str
    state: str
    step: str | None
    progress: float
    error: ItemError | None
    untouched_share: float | None
    confidence: float | None
    warnings: list[str]
    seconds: float | None
    urls: StagingUrls | None
    created_at: datetime
    finished_at: datetime | None


class StagingsOfItem(msgspec.Struct, frozen=True):
    photo_id: UUID
    stagings: list[Staging]
    error: ItemError | None = None


class RequestedStagings(msgspec.Struct, frozen=True):
    items: list[StagingsOfItem]


class PhotoWithStagings(msgspec.Struct, frozen=True):
    id: UUID
    project_id: UUID
    name: str
    width: int
    height: int
    created_at: datetime
    urls: PhotoUrls
    stagings: list[Staging]


class Gallery(msgspec.Struct, frozen=True):
    """A project at one moment: every photo with its stagings, and the event id to go on from."""

    project: Project
    photos: list[PhotoWithStagings]
    last_event_id: int


class Links(msgspec.Struct, frozen=True):
    jpg: str
    png: str


class DownloadLink(msgspec.Struct, frozen=True):
    url: str
