"""Decisions about stagings. Pure."""

from __future__ import annotations

import hashlib
from typing import Final
from uuid import UUID

from realstaging.engines.brief import Style

FINAL: Final = frozenset({"ready", "failed", "canceled"})
OPEN: Final = frozenset({"queued", "running"})
# Engines that compute on this machine's cores wait in their own lane; those that wait for others share a wide one.
CPU_ENGINES: Final = frozenset({"local"})


def lane(engine: str) -> str:
    return "cpu" if engine in CPU_ENGINES else "wait"


def seed_for(photo_id: UUID, style: Style, asked: int | None) -> int:
    """The seed asked for; else one that the same photo and style always get."""
    if asked is not None:
        return asked
    digest = hashlib.sha256(photo_id.bytes + style.encode()).digest()
    return int.from_bytes(digest[:4], "big") & 0x7FFF_FFFF


def may_retry(state: str) -> bool:
    return state in {"failed", "canceled"}


def may_cancel(state: str) -> bool:
    return state in OPEN
