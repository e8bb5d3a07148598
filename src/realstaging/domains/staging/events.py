"""What browsers are told of stagings."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import msgspec

from realstaging.domains.staging.schemas import Staging
from realstaging.runtime.work import Event


class StagingChanged(Event, frozen=True, tag="staging.changed"):
    """It is new, has come a step further, or is over."""

    data: Staging


class DeletedStaging(msgspec.Struct, frozen=True):
    id: UUID
    project_id: UUID
    photo_id: UUID


class StagingDeleted(Event, frozen=True, tag="staging.deleted"):
    """It is gone."""

    data: DeletedStaging


EVENTS: Final[list[type[Event]]] = [StagingChanged, StagingDeleted]
