"""Pixels are worked on in processes, so that the event loop never computes and a decoder's crash costs one photo.

Each call has a process to itself, which is watched: one that takes too long or too much memory is killed, and that call fails;
the others go on, and a new process takes the place.
"""

from __future__ import annotations

import asyncio
import contextlib
import heapq
import itertools
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

from realstaging.kit import calls
from realstaging.kit.calls import CallProcess, Died, TookTooLong, TookTooMuch
from realstaging.kit.children import Allowance
from realstaging.kit.errors import BadPhoto, Unavailable

P = ParamSpec("P")
T = TypeVar("T")

CALLS: Final = 200
"""A process is replaced after so many: what libraries leak does not add up."""

RESTED: Final = 30.0
"""Seconds without a call after which all processes but one end: the one that stays has everything loaded for who comes next."""


async def opened(decoders: Processes, work: Callable[[Path], T], path: Path) -> T:
    """What ``work`` makes of a picture that a stranger sent, in a process that may be lost over it. BadPhoto where it is none, or where
    two are lost over it.
    """
    try:
        try:
            return await decoders.run(work, path)
        except Died:
            return await decoders.run(work, path)
    except TookTooLong as error:
        raise BadPhoto("This photo takes longer to read than a photo may. Export it as JPEG and try again.") from error
    except TookTooMuch as error:
        raise BadPhoto("This photo takes more memory than a photo may. Export it as JPEG and try again.") from error
    except Died as error:
        raise BadPhoto("This photo cannot be read. Export it as JPEG and try again.") from error


class Processes:
    """A small pool; a process is started when it is first needed."""

    def __init__(self, workers: int, allowance: Allowance | None = None, rested: float = RESTED) -> None:
        self._allowance = allowance or Allowance()
        self._rested = rested
        self._free = workers
        self._waiting: list[tuple[bool, int, asyncio.Future[None]]] = []
        self._order = itertools.count()
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="processes")
        self._idle: list[CallProcess] = []
        self._all: set[CallProcess] = set()
        self._lock = threading.Lock()
        self._closed = False

    @property
    def idle(self) -> bool:
        """Whether a process has nothing to do."""
        return self._free > 0

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a module-level function in another process.

        Unavailable (and worth a retry) when that process dies (Died), or is killed for what it takes (TookTooLong, TookTooMuch).
        """
        return await self._run(work, args, kwargs, waits=True)

    async def run_next(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same, before all that wait: for the last part of something, so that fifty at once end one by one."""
        return await self._run(work, args, kwargs, waits=False)

    async def _run(self, work: Callable[..., T], args: Any, kwargs: Any, *, waits: bool) -> T:
        call = calls.written(work, args, kwargs)
        await self._turn(waits=waits)
        try:
            working = asyncio.get_running_loop().run_in_executor(self._threads, self._call, call)
        except RuntimeError as closed:
            self._pass_on()
            raise Unavailable from closed
        # The work goes on where nobody waits for it any more, and has its turn until it ends.
        working.add_done_callback(self._ended)
        try:
            result: T = await asyncio.shield(working)
        except asyncio.CancelledError:
            # Closed before a thread took it up: whoever waits is told so, unless they are canceled themselves.
            waiting = asyncio.current_task()
            if working.cancelled() and not (waiting and waiting.cancelling()):
                raise Unavailable from None
            raise
        return result

    async def _turn(self, *, waits: bool) -> None:
        if self._free:
            self._free -= 1
            return
        place = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (waits, next(self._order), place))
        try:
            await place
        except asyncio.CancelledError:
            if not place.cancelled():
                self._pass_on()
            raise

    def _ended(self, working: asyncio.Future[Any]) -> None:
        if not working.cancelled():
            working.exception()  # whoever no longer waits does not want to hear of it
        self._pass_on()
        asyncio.get_running_loop().call_later(self._rested, self._rest)

    def _rest(self) -> None:
        """End the processes that have had nothing to do for long enough, all but one."""
        spare: list[CallProcess] = []
        with self._lock:
            # Who comes next takes the last of them: those that have rested longest are the first.
            while len(self._idle) > 1 and self._idle[0].idle_for >= self._rested:
                spare.append(self._idle.pop(0))
            self._all.difference_update(spare)
        with contextlib.suppress(RuntimeError):  # all of them end just now
            for process in spare:
                self._threads.submit(process.kill)

    def _pass_on(self) -> None:
        """Give the turn to whoever is next."""
        while self._waiting:
            *_, place = heapq.heappop(self._waiting)
            if not place.done():
                place.set_result(None)
                return
        self._free += 1

    def _call(self, call: bytes) -> Any:
        """In a thread: one call, in a process that nobody else has meanwhile."""
        process = self._take()
        try:
            return process.call(call, self._allowance)
        except Unavailable as error:
            if self._closed:
                raise Unavailable from error
            raise
        finally:
            if process.alive and process.calls < CALLS:
                self._idle.append(process)
            else:
                self._forget(process)

    def _take(self) -> CallProcess:
        with self._lock:
            if self._closed:
                raise Unavailable
            while self._idle:
                process = self._idle.pop()
                if process.alive:
                    return process
                self._all.discard(process)
                process.kill()
            process = CallProcess()
            self._all.add(process)
            return process

    def _forget(self, process: CallProcess) -> None:
        with self._lock:
            self._all.discard(process)
        process.kill()

    def close(self) -> None:
        """End every process, whatever it works on."""
        with self._lock:
            self._closed = True
            for process in self._all:
                process.kill()
            self._all.clear()
        self._threads.shutdown(wait=False, cancel_futures=True)
