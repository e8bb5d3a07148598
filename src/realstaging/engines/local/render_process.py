"""The render program as a child process: JSON lines in and out, in a session of its own so that it dies as a whole."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import msgspec

from realstaging.engines.local.scene import Scene
from realstaging.kit.errors import AppError, Unavailable

PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20


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

    def __init__(self, process: asyncio.subprocess.Process, complaints: IO[bytes]) -> None:
        self._process = process
        self._complaints = complaints
        self._requests = 0

    @classmethod
    async def start(cls, python: Path, cores: int) -> RenderProcess:
        """Start the program and wait until it is ready (seconds). Raises Unavailable when it cannot start."""
        complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the process is
        try:
            process = await asyncio.create_subprocess_exec(
                python,
                "-m",
                "realstaging_render",
                "--cores",
                str(cores),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=complaints,
                start_new_session=True,
            )
        except OSError as error:
            complaints.close()
            raise Unavailable(f"The renderer could not be started: {error}.") from error
        started = cls(process, complaints)
        try:
            await started._answer()
        except BaseException:
            await started.end()
            raise
        return started

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.returncode is None

    @property
    def pid(self) -> int:
        """The process' number, which is also its session's."""
        return self._process.pid

    async def render(self, scene: Scene, folder: Path, on_progress: Callable[[float], None]) -> Done:
        """One request. Raises AppError for a scene that cannot be rendered, Unavailable when the process dies."""
        self._requests += 1
        stdin = self._process.stdin
        assert stdin is not None
        try:
            stdin.write(msgspec.json.encode(_Request(self._requests, scene, folder), enc_hook=str) + b"\n")
            await stdin.drain()
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
        """Memory the process holds now, MB; 0 where the system does not tell."""
        try:
            return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * PAGE_MB
        except OSError:
            return 0.0

    async def end(self) -> None:
        """Kill the process and whatever it started, and wait until it is gone."""
        if self.alive:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._complaints.close()
        await self._process.wait()

    async def _answer(self) -> _Answer:
        stdout = self._process.stdout
        assert stdout is not None
        line: Any = await stdout.readline()
        if not line:
            raise self._died()
        return msgspec.json.decode(line, type=_Answer, dec_hook=_path)

    def _died(self) -> Unavailable:
        self._complaints.seek(0)
        lines = self._complaints.read().decode(errors="replace").strip().splitlines()
        return Unavailable("The renderer stopped by itself." + (f" Its last words: {lines[-1]}" if lines else ""))


def _path(kind: type, value: str) -> Any:
    return kind(value)
