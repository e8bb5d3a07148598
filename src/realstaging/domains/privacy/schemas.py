"""Wire shapes of exports and erasures."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from realstaging.kit import bounds


class ExportState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"


class Export(msgspec.Struct, frozen=True):
    """A ZIP with everything that is kept, on its way, or ready at ``url`` until ``expires_at``. The address takes Range requests."""

    id: UUID
    state: ExportState
    size: int | None
    """Bytes, once ready."""
    url: str | None
    error: str | None
    created_at: datetime
    expires_at: datetime


class Exports(msgspec.Struct, frozen=True):
    """Those whose days are not over, newest first."""

    items: list[Export]


class ErasureState(StrEnum):
    WAITING = "waiting"
    """Until its day it can be taken back."""
    WITHDRAWN = "withdrawn"
    RUNNING = "running"
    DONE = "done"


class NewErasure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The account's name, typed: nothing is erased by mistake."""

    name: bounds.Name


class Erasure(msgspec.Struct, frozen=True):
    """The account is suspended, and everything of it is erased from ``due_at`` on. Until then DELETE takes that back."""

    id: UUID
    account_id: UUID
    state: ErasureState
    requested_at: datetime
    due_at: datetime


class Receipt(msgspec.Struct, frozen=True):
    """What was erased: rows by their table, identities at the sign-in service; and what is kept, and why. Nobody is named."""

    id: UUID
    account_id: UUID | None
    person_id: UUID | None
    requested_at: datetime
    done_at: datetime
    deleted: dict[str, int]
    kept: list[str]
