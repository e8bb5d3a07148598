"""Pixels are worked on in processes, so that the event loop never computes and a decoder's crash costs one photo."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import multiprocessing
import os
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager
from typing import ParamSpec, TypeVar

from realstaging.kit.errors import Unavailable

P = ParamSpec("P")
T = TypeVar("T")


class Processes:
    """A small pool, started when first needed and started anew when one of its processes dies."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._free = workers
        self._waiting: list[tuple[bool, int, asyncio.Future[None]]] = []
        self._order = itertools.count()
        self._pool: ProcessPoolExecutor | None = None

    @property
    def idle(self) -> bool:
        """Whether a process has nothing to do."""
        return self._free > 0

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a module-level function in another process. Unavailable (and worth a retry) when that process dies."""
        async with self._turn(waits=True):
            return await self._run(work, *args, **kwargs)

    async def run_next(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same, before all that wait: for the last part of something, so that fifty at once end one by one."""
        async with self._turn(waits=False):
            return await self._run(work, *args, **kwargs)

    async def _run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        if kwargs:
            raise TypeError("arguments by position only: they cross a process boundary")
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._workers,
                multiprocessing.get_context("spawn"),
                initializer=_start,
                max_tasks_per_child=200,
            )
        pool = self._pool
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, work, *args)
        except BrokenProcessPool as error:
            if self._pool is pool:
                self._pool = None
            raise Unavailable("Working on the picture was interrupted. Try again.") from error

    @asynccontextmanager
    async def _turn(self, *, waits: bool) -> AsyncIterator[None]:
        if self._free:
            self._free -= 1
        else:
            place = asyncio.get_running_loop().create_future()
            heapq.heappush(self._waiting, (waits, next(self._order), place))
            try:
                await place
            except asyncio.CancelledError:
                if not place.cancelled():
                    self._pass_on()
                raise
        try:
            yield
        finally:
            self._pass_on()

    def _pass_on(self) -> None:
        """Give the turn to whoever is next."""
        while self._waiting:
            *_, place = heapq.heappop(self._waiting)
            if not place.done():
                place.set_result(None)
                return
        self._free += 1

    def close(self) -> None:
        if self._pool:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


def _start() -> None:
    """Pixels can wait where somebody's request cannot."""
    os.nice(5)
    _end_with_parent()


def _end_with_parent() -> None:
    """A pool's process waits for work for ever, also when whoever would send it was killed."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent:
            parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
