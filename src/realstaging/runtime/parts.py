"""The parts that every process of the service needs: whether each answers this process."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any, Final

from realstaging.runtime.platform import Platform

WELL: Final = "ok"
PATIENCE: Final = 3.0
"""Seconds in which a part answers: each does within some milliseconds."""


async def look(platform: Platform) -> dict[str, str]:
    """How each part is: "ok", or the name of what it failed with."""
    parts: dict[str, Any] = {
        "database": platform.database.fetchval("select 1"),
        "redis": platform.wake_ups.redis.ping(),
        # Whether a file is there that never is: the answer is what counts.
        "storage": platform.storage.head("health/probe"),
    }
    return dict(zip(parts, await asyncio.gather(*(_state(part) for part in parts.values())), strict=True))


async def _state(part: Awaitable[Any]) -> str:
    try:
        async with asyncio.timeout(PATIENCE):
            await part
    except Exception as error:  # noqa: BLE001 - whatever a part fails with, it is not well
        return type(error).__name__
    return WELL
