"""Work that takes its time: so much at once in one process, and never twice at once on one thing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from uuid import UUID
from weakref import WeakValueDictionary

from realstaging.kit.errors import Unavailable

# While two photos are decoded, the others come or are stored: each is a file of at most 50 MB on this machine's disk.
PLACES: Final = 8
PATIENCE: Final = 10.0
"""Seconds that a request waits for another that works on the same thing."""


class Turns:
    """``places``: how much is worked on at once, whoever asks."""

    def __init__(self, places: int = PLACES, patience: float = PATIENCE) -> None:
        self._places = asyncio.Semaphore(places)
        self._patience = patience
        # Kept by those who hold or await them, and by nobody else.
        self._locks: WeakValueDictionary[UUID, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, thing: UUID) -> AsyncIterator[None]:
        """Alone on this thing, and in one of the places. Unavailable where another works on it for longer than anybody waits."""
        lock = self._locks.setdefault(thing, asyncio.Lock())
        try:
            async with asyncio.timeout(self._patience):
                await lock.acquire()
        except TimeoutError as error:
            raise Unavailable("This is being done already. Ask again in a moment.") from error
        try:
            async with self._places:
                yield
        finally:
            lock.release()
