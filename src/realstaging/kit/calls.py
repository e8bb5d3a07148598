"""Functions called in a child process: it starts with the standard library alone, is watched while it works, and is ended for good."""

from __future__ import annotations

import os
import pickle
import socket
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, Final

import psutil
import structlog

from realstaging.kit import call_server
from realstaging.kit.children import Allowance, ChildProcess
from realstaging.kit.errors import Unavailable

LOOKED_AT: Final = 0.03
"""Seconds between two looks at a process that works."""
START: Final = "import sys; from realstaging.kit.call_server import serve; serve(int(sys.argv[1]), int(sys.argv[2]))"

log = structlog.get_logger()


class Died(Unavailable):
    """Working on the picture was interrupted. Try again."""


class TookTooLong(Unavailable):
    """Working on the picture took too long and was ended. Try again."""


class TookTooMuch(Unavailable):
    """Working on the picture took too much memory and was ended. Try again."""


class CallProcess:
    """One process and the line to it. It takes one call at a time, of module-level functions with arguments by position."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        life, self._life = os.pipe()
        with theirs:
            descriptors = (theirs.fileno(), life)
            self._process = ChildProcess([sys.executable, "-c", START, *map(str, descriptors)], pass_fds=descriptors)
        os.close(life)
        self._line = Connection(ours.detach())
        self._line.send(sys.path)
        self.calls = 0
        self._ended_at = time.monotonic()

    @property
    def idle_for(self) -> float:
        """Seconds since the end of its last call."""
        return time.monotonic() - self._ended_at

    @property
    def alive(self) -> bool:
        """Whether it can be called."""
        return self._process.alive

    def call(self, call: bytes, allowance: Allowance) -> Any:
        """What a call (see ``written``) gives or raises there; blocks. Died, TookTooLong or TookTooMuch: it is ended then."""
        try:
            answer = self._answer(call, allowance)
        except BaseException:
            self.kill()
            raise
        return call_server.result(answer)

    def kill(self) -> None:
        """End it now. Safe to call twice, and while another thread waits for its answer: that one sees the line end."""
        self._process.kill()
        life, self._life = self._life, -1
        if life >= 0:
            os.close(life)

    def _answer(self, call: bytes, allowance: Allowance) -> bytes:
        self.calls += 1
        try:
            taken = self._process.watch()
            self._line.send_bytes(call)
            while not self._line.poll(LOOKED_AT):
                now = taken()
                if now.too_long(allowance):
                    log.warning("process.took_too_long", **now._asdict())
                    raise TookTooLong
                if now.too_much(allowance):
                    log.warning("process.took_too_much", **now._asdict())
                    raise TookTooMuch
            answer = self._line.recv_bytes()
            self._ended_at = time.monotonic()
            return answer
        except (EOFError, OSError, psutil.Error) as error:
            raise Died from error


def written(work: Callable[..., Any], args: Any, kwargs: Any) -> bytes:
    """A call as it crosses the process boundary."""
    if kwargs:
        raise TypeError("arguments by position only: they cross a process boundary")
    return pickle.dumps((work, args))
