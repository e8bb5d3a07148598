"""Pixels are computed in a process of the engine's own: the event loop stays free, and cancelling ends the work at once."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, Final, ParamSpec, TypeVar

from realstaging.kit.errors import Unavailable

P = ParamSpec("P")
T = TypeVar("T")

LONGEST: Final = 600.0
"""Seconds of one call: a large photo takes ten on a quiet machine."""


class Aside:
    """One process, started when first needed, that calls module-level functions one after another."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._process: SpawnProcess | None = None
        self._line: Connection | None = None

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What ``work`` gives or raises there. Cancelling kills the process; Unavailable when it dies by itself or takes too long."""
        if kwargs:
            raise TypeError("arguments by position only: they cross a process boundary")
        async with self._lock:
            line = self._running()
            try:
                async with asyncio.timeout(LONGEST):
                    value, error = await asyncio.to_thread(_asked, line, (work, args))
            except TimeoutError as late:
                self.close()
                raise Unavailable("Working on the picture took too long and was ended. Try again.") from late
            except asyncio.CancelledError:
                self.close()
                raise
            except (EOFError, OSError) as gone:
                self.close()
                raise Unavailable("Working on the picture was interrupted. Try again.") from gone
        if error is not None:
            raise error
        result: T = value
        return result

    def close(self) -> None:
        """End the process. Safe to call twice."""
        if self._process is not None:
            self._process.kill()
            self._process = None

    def _running(self) -> Connection:
        if self._process is None or self._line is None or not self._process.is_alive():
            context = multiprocessing.get_context("spawn")
            self._line, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
        return self._line


def _asked(line: Connection, request: tuple[Callable[..., Any], tuple[Any, ...]]) -> tuple[Any, Exception | None]:
    line.send(request)
    answer: tuple[Any, Exception | None] = line.recv()
    return answer


def _serve(line: Connection) -> None:
    """Answer until the other end closes; end with the parent even in the midst of work."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    while True:
        try:
            work, args = line.recv()
        except EOFError:
            return
        try:
            line.send((work(*args), None))
        except Exception as error:  # noqa: BLE001 - it is told to whoever asked
            line.send((None, error))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
    os._exit(1)
