"""Wire shapes of the audit trail."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from realstaging.runtime.acting import ActorKind


class Who(msgspec.Struct, frozen=True):
    """Who did it, as they were called then. ``id``: the person's, the key's, the link's; where the service acted, the one it acted for."""

    kind: ActorKind
    id: UUID | None
    name: str


class AuditEntry(msgspec.Struct, frozen=True):
    """One act. ``action`` is named noun.done, and the noun is what ``subject`` is. ``address``: an IPv6 one stands for its /64."""

    id: UUID
    created_at: datetime
    account_id: UUID | None
    action: str
    subject: str | None
    who: Who
    address: str
    device: str
    details: dict[str, Any]


class AuditPage(msgspec.Struct, frozen=True):
    items: list[AuditEntry]
    next_cursor: str | None
