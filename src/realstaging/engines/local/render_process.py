"""The render program as a child process: JSON lines in and out. It ends when its standard input does."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import msgspec

from realstaging.engines.local.scene import Scene
from realstaging.kit.children import ChildProcess
from realstaging.kit.errors import AppError, Unavailable


class _Request(msgspec.Struct):
    id: int
    scene: Scene
    folder: Path


class Band(msgspec.Struct, frozen=True):
    """Rows ``top`` to ``bottom`` of the crop lie in ``file``; its rows ``first`` to ``last`` count. Ends excluded."""

    file: Path
    top: int
    first: int
    last: int
    bottom: int


class Done(msgspec.Struct):
    """Where the furniture was written, how long it took, and the most memory the process held meanwhile."""

    bands: tuple[Band, ...]
    seconds: float
    peak_mb: float


class _Answer(msgspec.Struct):
    id: int | None = None
    ready: bool = False
    progress: float | None = None
    done: Done | None = None
    error: str | None = None


class RenderProcess:
    """One running render program. It serves one request at a time and is not used again once it failed."""

    def __init__(self, process: ChildProcess, complaints: IO[bytes]) -> None:
        self._process = process
        self._complaints = complaints
        self._answers = asyncio.StreamReader()
        self._line: asyncio.BaseTransport | None = None
        self._requests = 0

    @classmethod
    async def start(cls, python: Path, cores: int) -> RenderProcess:
        """Start the program and wait until it is ready (seconds). Raises Unavailable when it cannot start."""
        complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the process is
        try:
            process = ChildProcess(
                [python, "-m", "realstaging_render", "--cores", str(cores)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
            )
        except OSError as error:
            complaints.close()
            raise Unavailable(f"The renderer could not be started: {error}.") from error
        started = cls(process, complaints)
        try:
            await started._listen()
            await started._answer()
        except BaseException:
            await started.end()
            raise
        return started

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.alive

    @property
    def pid(self) -> int:
        """The process' number, which is also its group's."""
        return self._process.pid

    async def render(self, scene: Scene, folder: Path, on_progress: Callable[[float], None]) -> Done:
        """One request. Raises AppError for a scene that cannot be rendered, Unavailable when the process dies."""
        self._requests += 1
        request = msgspec.json.encode(_Request(self._requests, scene, folder), enc_hook=str) + b"\n"
        try:
            await asyncio.to_thread(self._send, request)
        except ConnectionError:
            raise self._died() from None
        while True:
            answer = await self._answer()
            if answer.error is not None:
                raise AppError(f"The scene could not be rendered. {answer.error}")
            if answer.done is not None:
                return answer.done
            if answer.progress is not None:
                on_progress(answer.progress)

    def memory_mb(self) -> float:
        """Memory the process holds now, MB; 0 when it is gone."""
        return self._process.resident() / 2**20

    async def end(self) -> None:
        """Kill the process and whatever it started, and wait until it is gone."""
        await asyncio.to_thread(self._process.kill)
        if self._line is not None:
            self._line.close()
        with contextlib.suppress(OSError):
            # What it has not read is lost with it.
            _pipe(self._process.stdin).close()
        self._complaints.close()

    async def _listen(self) -> None:
        loop, answers = asyncio.get_running_loop(), _pipe(self._process.stdout)
        self._line, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(self._answers), answers)

    def _send(self, request: bytes) -> None:
        stdin = _pipe(self._process.stdin)
        stdin.write(request)
        stdin.flush()

    async def _answer(self) -> _Answer:
        line = await self._answers.readline()
        if not line:
            raise self._died()
        return msgspec.json.decode(line, type=_Answer, dec_hook=_path)

    def _died(self) -> Unavailable:
        self._complaints.seek(0)
        lines = self._complaints.read().decode(errors="replace").strip().splitlines()
        return Unavailable("The renderer stopped by itself." + (f" Its last words: {lines[-1]}" if lines else ""))


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream


def _path(kind: type, value: str) -> Any:
    return kind(value)
