"""Identifiers: UUIDv7, so rows written together lie together and sort by time (RFC 9562 §5.7).

The twelve bits after the milliseconds hold their fraction (§6.2, method 3), and no process gives the same tick twice:
what one process makes later sorts later.
"""

from __future__ import annotations

import os
import threading
import time
from datetime import UTC, datetime
from uuid import UUID

_lock = threading.Lock()
_newest_tick = 0


def new_id() -> UUID:
    """A time-ordered identifier nobody can guess."""
    return _id_of(_next_tick())


def id_of(moment: datetime) -> UUID:
    """The same for something that was made elsewhere at that moment: it sorts among ours by its own time, whenever we hear of it."""
    return _id_of(int(moment.timestamp() * 1000) << 12)


def _id_of(tick: int) -> UUID:
    value = (tick >> 12 << 80) | ((tick & 0xFFF) << 64) | int.from_bytes(os.urandom(8), "big")
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return UUID(int=value)


def made_at(one: UUID) -> datetime:
    """When an identifier of ours was made, to the millisecond."""
    return datetime.fromtimestamp((one.int >> 80) / 1000, UTC)


def _next_tick() -> int:
    """Time in 1/4096 ms, later than any given before."""
    global _newest_tick  # noqa: PLW0603 - one clock hand per process
    with _lock:
        _newest_tick = max(time.time_ns() * 4096 // 1_000_000, _newest_tick + 1)
        return _newest_tick
