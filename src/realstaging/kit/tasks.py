"""Tasks that go on for as long as something else does, and ending one for certain."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Final

AGAIN: Final = 1.0
"""Seconds after which a task that goes on is told again. A task that has something to put away first gets as long as that takes."""


async def ended(task: asyncio.Future[Any], again: float = AGAIN) -> None:
    """Cancel a task and wait until it is over; what came of it is the caller's to ask.

    It is told again every so many seconds. Once is not enough: a wait with a time-out that ends at the very moment of the
    cancellation gives its result and forgets the cancellation, in Python 3.11's `asyncio.wait_for`
    (https://github.com/python/cpython/issues/81839) and, on purpose, in asyncpg's way to a connection (`asyncpg/compat.py`). A
    loop around such a wait then goes on for ever.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=again)
    if not task.cancelled():
        task.exception()  # so that nobody is told that it was never asked for


@asynccontextmanager
async def meanwhile(*endless: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """What goes on for as long as the block does."""
    tasks = [asyncio.create_task(one) for one in endless]
    try:
        yield
    finally:
        for task in tasks:
            await ended(task)
