"""What browsers are told of projects."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import msgspec

from realstaging.domains.projects.schemas import Project
from realstaging.runtime.work import Event


class ProjectChanged(Event, frozen=True, tag="project.changed"):
    """It is new, or has another name."""

    data: Project


class DeletedProject(msgspec.Struct, frozen=True):
    id: UUID


class ProjectDeleted(Event, frozen=True, tag="project.deleted"):
    """It is gone, with all that was in it."""

    data: DeletedProject


EVENTS: Final[list[type[Event]]] = [ProjectChanged, ProjectDeleted]
