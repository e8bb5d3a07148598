"""What browsers are told of exports. Not where one is: that is asked for, by who may."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import msgspec

from realstaging.domains.accounts.service import Permission
from realstaging.domains.privacy.schemas import ExportState
from realstaging.runtime.work import Event


class ToldExport(msgspec.Struct, frozen=True):
    id: UUID
    state: ExportState


class ExportChanged(Event, frozen=True, tag="export.changed"):
    """It has begun, is ready, or could not be made."""

    needs = Permission.SETTINGS
    data: ToldExport


EVENTS: Final[list[type[Event]]] = [ExportChanged]
