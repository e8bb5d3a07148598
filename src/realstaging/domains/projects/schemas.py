"""Wire shapes of projects."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from realstaging.kit import bounds


class NewProject(msgspec.Struct, forbid_unknown_fields=True):
    name: bounds.Name


class ProjectChange(msgspec.Struct, forbid_unknown_fields=True):
    """What is left out stays as it is. An archived project is left out of the list, and is otherwise as it was."""

    name: bounds.Name | UnsetType = UNSET
    archived: bool | UnsetType = UNSET


class Order(StrEnum):
    """Newest first, or by name from A to Z."""

    NEWEST = "newest"
    NAME = "name"


class Project(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    created_at: datetime
    photo_count: int = 0
    ready_count: int = 0
    cover_url: str | None = None
    archived: bool = False


class ProjectPage(msgspec.Struct, frozen=True):
    items: list[Project]
    next_cursor: str | None
