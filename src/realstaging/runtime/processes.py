"""Pixels are worked on in processes, so that the event loop never computes and a decoder's crash costs one photo."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import ParamSpec, TypeVar

from realstaging.kit.errors import Unavailable

P = ParamSpec("P")
T = TypeVar("T")


class Processes:
    """A small pool, started when first needed and started anew when one of its processes dies."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a module-level function in another process. Unavailable (and worth a retry) when that process dies."""
        if kwargs:
            raise TypeError("arguments by position only: they cross a process boundary")
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._workers,
                multiprocessing.get_context("spawn"),
                initializer=_end_with_parent,
                max_tasks_per_child=200,
            )
        pool = self._pool
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, work, *args)
        except BrokenProcessPool as error:
            if self._pool is pool:
                self._pool = None
            raise Unavailable("Working on the picture was interrupted. Try again.") from error

    def close(self) -> None:
        if self._pool:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


def _end_with_parent() -> None:
    """A pool's process waits for work for ever, also when whoever would send it was killed."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent:
            parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
