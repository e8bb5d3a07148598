"""Pixels are worked on in processes, so that the event loop never computes and a decoder's crash costs one photo.

Each call has a process to itself, which is watched: one that takes too long or too much memory is killed, and that call fails;
the others go on, and a new process takes the place.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import os
import pickle
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from typing import Any, Final, ParamSpec, TypeVar

import msgspec
import psutil
import structlog

from realstaging.kit.errors import Unavailable
from realstaging.runtime import pooled

P = ParamSpec("P")
T = TypeVar("T")

CALLS: Final = 200
"""A process is replaced after so many: what libraries leak does not add up."""
LOOKED_AT: Final = 0.03
"""Seconds between two looks at a process that works."""
START: Final = "import sys; from realstaging.runtime.pooled import serve; serve(int(sys.argv[1]), int(sys.argv[2]))"

log = structlog.get_logger()


class Died(Unavailable):
    """Working on the picture was interrupted. Try again."""


class TookTooLong(Unavailable):
    """Working on the picture took too long and was ended. Try again."""


class TookTooMuch(Unavailable):
    """Working on the picture took too much memory and was ended. Try again."""


class Allowance(msgspec.Struct, frozen=True):
    """What one call may take of a process."""

    seconds: float = 300.0
    """From its start to its answer. The longest piece of work takes 20 s of a quiet machine; a busy one may be ten times slower."""
    processor_seconds: float = 240.0
    resident: int = 4 * 2**30
    """Bytes of memory of the process."""


class Processes:
    """A small pool; a process is started when it is first needed."""

    def __init__(self, workers: int, allowance: Allowance | None = None) -> None:
        self._allowance = allowance or Allowance()
        self._free = workers
        self._waiting: list[tuple[bool, int, asyncio.Future[None]]] = []
        self._order = itertools.count()
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="processes")
        self._idle: list[_Process] = []
        self._all: set[_Process] = set()
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
        if kwargs:
            raise TypeError("arguments by position only: they cross a process boundary")
        call = pickle.dumps((work, args))
        await self._turn(waits=waits)
        try:
            working = asyncio.get_running_loop().run_in_executor(self._threads, self._call, call)
        except RuntimeError as closed:
            self._pass_on()
            raise Unavailable from closed
        # The work goes on where nobody waits for it any more, and has its turn until it ends.
        working.add_done_callback(self._ended)
        result: T = await asyncio.shield(working)
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
            answer = process.ask(call, self._allowance)
        except BaseException as error:
            self._forget(process)
            if self._closed:
                raise Unavailable from error
            raise
        if process.calls < CALLS:
            self._idle.append(process)
        else:
            self._forget(process)
        return pooled.result(answer)

    def _take(self) -> _Process:
        with self._lock:
            if self._closed:
                raise Unavailable
            while self._idle:
                process = self._idle.pop()
                if process.lives:
                    return process
                self._all.discard(process)
            process = _Process()
            self._all.add(process)
            return process

    def _forget(self, process: _Process) -> None:
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


class _Process:
    """One process and the line to it."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        life, self._life = os.pipe()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", START, str(theirs.fileno()), str(life)],
                stdin=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(), life),
            )
        os.close(life)
        self._line = Connection(ours.detach())
        self._line.send(sys.path)
        self._seen = psutil.Process(self._process.pid)
        self.calls = 0

    @property
    def lives(self) -> bool:
        return self._process.poll() is None

    def ask(self, call: bytes, allowance: Allowance) -> bytes:
        """The answer. Died, TookTooLong or TookTooMuch: then it is to be killed."""
        self.calls += 1
        try:
            began, used = time.monotonic(), self._processor_seconds()
            self._line.send_bytes(call)
            while not self._line.poll(LOOKED_AT):
                self._watch(allowance, time.monotonic() - began, self._processor_seconds() - used)
            return self._line.recv_bytes()
        except (EOFError, OSError, psutil.Error) as error:
            raise Died from error

    def _watch(self, allowance: Allowance, seconds: float, processor_seconds: float) -> None:
        resident = self._seen.memory_info().rss
        taken = {"seconds": round(seconds, 1), "processor_seconds": round(processor_seconds, 1), "resident": resident}
        if seconds > allowance.seconds or processor_seconds > allowance.processor_seconds:
            log.warning("process.took_too_long", **taken)
            raise TookTooLong
        if resident > allowance.resident:
            log.warning("process.took_too_much", **taken)
            raise TookTooMuch

    def _processor_seconds(self) -> float:
        times = self._seen.cpu_times()
        return float(times.user + times.system)

    def kill(self) -> None:
        """End it now. Safe to call twice, and while another thread waits for its answer: that one sees the line end."""
        self._process.kill()
        self._process.wait()
        if self._life >= 0:
            os.close(self._life)
            self._life = -1
