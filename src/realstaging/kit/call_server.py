"""The other side of `calls`: a process that calls what it is told to, one call after another.

It begins with the standard library alone, so that it holds what its calls import and nothing that the program that started it
had loaded.
"""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import sys
import threading
import traceback
from multiprocessing.connection import Connection
from typing import Any, Final

REST: Final = 1.0
"""Seconds without a call after which memory is given back."""


class Elsewhere(Exception):
    """The traceback of an error raised in another process, kept as the cause of that error here."""


def serve(line: int, life: int) -> None:
    """Answer calls on the file descriptor ``line`` until it closes. ``life`` is one that closes when the owner ends, however."""
    os.nice(5)  # pixels can wait where somebody's request cannot
    threading.Thread(target=_end_with, args=(life,), daemon=True).start()
    with Connection(line) as connection:
        sys.path[:] = connection.recv()
        while True:
            if not connection.poll(REST):
                _give_back()
            try:
                call = connection.recv_bytes()
            except EOFError:
                return
            connection.send_bytes(_answer(call))


def _give_back() -> None:
    """Nobody wants anything now: what calls have left behind goes back to the system, where the C library can (glibc)."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)


def _answer(call: bytes) -> bytes:
    """Pickled: what came of it, or what was raised and where."""
    try:
        work, args = pickle.loads(call)  # noqa: S301 - from the process that started this one
        return pickle.dumps((work(*args), None, ""))
    except Exception as error:  # noqa: BLE001 - it is the caller's, whatever it is
        where = traceback.format_exc()
        try:
            return pickle.dumps((None, error, where))
        except Exception:  # noqa: BLE001 - an error that does not travel: what it says does
            return pickle.dumps((None, RuntimeError(repr(error)), where))


def result(answer: bytes) -> Any:
    """What came of a call; raises what it raised."""
    value, error, where = pickle.loads(answer)  # noqa: S301 - from a process of our own
    if error is not None:
        raise error from Elsewhere(where)
    return value


def _end_with(life: int) -> None:
    """A process waits for work for ever, also when whoever would send it was killed."""
    os.read(life, 1)
    os._exit(1)
