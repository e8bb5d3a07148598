"""Wire shapes of sessions."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec


class Session(msgspec.Struct, frozen=True):
    """One sign-in. ``device``: as the program calls itself; ``address``: of the network, an IPv6 one stands for its /64; times are those of
    the hour. ``current``: you ask by it.
    """

    id: UUID
    device: str
    address: str
    first_seen: datetime
    last_seen: datetime
    current: bool


class Sessions(msgspec.Struct, frozen=True):
    """The one used last comes first."""

    items: list[Session]


class EndedNow(msgspec.Struct, frozen=True):
    """How many sessions were ended."""

    ended: int
