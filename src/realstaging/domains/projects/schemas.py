"""Wire shapes of projects."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from realstaging.kit import bounds


class NewProject(msgspec.Struct, forbid_unknown_fields=True):
    name: bounds.Name


class Project(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    created_at: datetime
    photo_count: int = 0
    ready_count: int = 0
    cover_url: str | None = None


class ProjectPage(msgspec.Struct, frozen=True):
    items: list[Project]
    next_cursor: str | None
