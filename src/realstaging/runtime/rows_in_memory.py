"""Rows that every process of the API has in memory, so that nothing is asked for a request: read at its start, told by a message within a
moment, and looked up every few seconds, since a message may be lost.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from typing import Final

import structlog

from realstaging.runtime.database import PASSING

log = structlog.get_logger()

LOOK: Final = 15.0
"""Seconds between two look-ups."""


class RowsInMemory(ABC):
    """What one process knows of them. ``look`` in seconds, as LOOK."""

    def __init__(self, look: float) -> None:
        self._look = look
        self._stale = asyncio.Event()

    @abstractmethod
    async def load(self) -> None:
        """Read what there is."""

    def missed(self) -> None:
        """Messages may have been lost."""
        self._stale.set()

    async def keep(self) -> None:
        """Look them up for as long as the process lives."""
        while True:
            try:
                async with asyncio.timeout(self._look):
                    await self._stale.wait()
            except TimeoutError:
                pass
            self._stale.clear()
            try:
                await self.load()
            except (*PASSING, OSError) as error:
                log.warning("rows_in_memory.not_read", rows=type(self).__name__, error=repr(error))
                await asyncio.sleep(min(1.0, self._look))
                self._stale.set()
