"""Pixels are computed in a process of the engine's own: the event loop stays free, and cancelling ends the work at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, ParamSpec, TypeVar

from realstaging.kit import calls
from realstaging.kit.calls import CallProcess
from realstaging.kit.children import Allowance

P = ParamSpec("P")
T = TypeVar("T")

# A large photo takes ten seconds on a quiet machine, and 64 megapixels of floats are 0.8 GB a copy.
ALLOWANCE: Final = Allowance(seconds=600, processor_seconds=1200, resident=8 * 2**30)


class Aside:
    """One process, started when first needed, that calls module-level functions one after another."""

    def __init__(self, allowance: Allowance = ALLOWANCE) -> None:
        self._allowance = allowance
        self._lock = asyncio.Lock()
        self._process: CallProcess | None = None

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What ``work`` gives or raises there. Cancelling kills the process; Unavailable when it dies by itself or takes too much."""
        call = calls.written(work, args, kwargs)
        async with self._lock:
            process = self._running()
            try:
                result: T = await asyncio.to_thread(process.call, call, self._allowance)
            except asyncio.CancelledError:
                process.kill()
                raise
        return result

    def close(self) -> None:
        """End the process. Safe to call twice."""
        if self._process is not None:
            self._process.kill()
            self._process = None

    def _running(self) -> CallProcess:
        if self._process is None or not self._process.alive:
            self.close()
            self._process = CallProcess()
        return self._process
