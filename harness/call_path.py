"""The call path of one staging: which files of ours a request passes until the browser has its picture.

What counts (docs/decisions/0113): a file of `src/realstaging` whose functions are called in the API's or the worker's process, between `POST
/stagings` and the event that says `ready`, when both have done the same once before. What is not of this request is left out by who called
it: chores, and the worker's sweep. So are the tools that everything stands on (`kit`), and what makes and examines pictures (`engines`,
`fidelity`, `imaging`), most of it in processes of its own.
"""

from __future__ import annotations

import asyncio
import inspect
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, Final

import realstaging
from realstaging.runtime import chores

SOURCE: Final = Path(realstaging.__file__).parent
TOOLS: Final = ("kit",)
PICTURES: Final = ("engines", "fidelity", "imaging")
ELSEWHERE: Final = ("sandbox", "synthetic", "dev")
"""What stands in for others on the wire, beside the service in a process of tests."""
BESIDE: Final = frozenset({chores.keep_doing.__code__})
"""Who calls these files without anything having been asked."""


class CallPath:
    """Which functions were called, by file."""

    def __init__(self) -> None:
        self.passed: dict[str, set[str]] = {}
        self._known: set[CodeType] = set()

    def files(self, *left_out: str) -> list[str]:
        """Those that count, without the packages ``left_out``, in the order of their names."""
        return sorted(name for name in self.passed if name.split("/")[0] not in {*ELSEWHERE, *left_out})

    def called(self, frame: FrameType, event: str, _argument: Any) -> None:
        """What ``sys.setprofile`` takes."""
        code = frame.f_code
        if event != "call" or code in self._known or not code.co_filename.startswith(f"{SOURCE}/"):
            return
        # Neither a module nor the body of a class is a function: both run when they are imported.
        if not code.co_flags & inspect.CO_OPTIMIZED or BESIDE & set(_callers(frame)):
            return
        self._known.add(code)
        self.passed.setdefault(str(Path(code.co_filename).relative_to(SOURCE)), set()).add(code.co_qualname)


def _callers(frame: FrameType | None) -> Iterator[CodeType]:
    while frame is not None:
        yield frame.f_code
        frame = frame.f_back


@contextmanager
def recorded() -> Iterator[CallPath]:
    """The path of what this thread, and threads that begin within, do meanwhile."""
    path = CallPath()
    threading.setprofile(path.called)
    sys.setprofile(path.called)
    try:
        yield path
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


async def of_a_staging(caller: Any, photo: Any, done: Callable[[], Awaitable[None]]) -> CallPath:
    """The path of one staging of this photo, by somebody whose browser listens; a worker is running, and ``done`` waits until it rests.

    It is what the second one takes: what happens once a process, or once a day, is no part of it.
    """
    async with caller.session.get("events") as stream, asyncio.timeout(120):
        await _ready(caller, photo, stream, 1)
        await done()
        with recorded() as path:
            await _ready(caller, photo, stream, 2)
    return path


async def _ready(caller: Any, photo: Any, stream: Any, seed: int) -> None:
    """Ask for it, and listen until the stream says that it is ready."""
    [staging] = await caller.stage(photo, seed=seed)
    while line := await stream.content.readline():
        if staging["id"].encode() in line and b'"state":"ready"' in line:
            return
