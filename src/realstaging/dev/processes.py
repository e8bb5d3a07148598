"""The parts of the development set as child processes, and finding those that outlived an earlier run.

On Linux the kernel ends a child when its parent dies, however it dies. Elsewhere, and for the grandchildren, the next start looks
for leftovers: a server of ours is known by its program and its working directory, which is its data directory.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Final

from realstaging.dev.errors import CannotStart
from realstaging.kit.children import ChildProcess, Owner, completed

PROC: Final = Path("/proc")
# What is asked here runs on this machine, where no proxy of the environment would find it.
DIRECT: Final = urllib.request.build_opener(urllib.request.ProxyHandler({}))
LOOKING: Final = 10.0
"""Seconds that `ps` and `lsof` may take."""


def spawn(
    command: Sequence[str | Path],
    *,
    log: Path,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    owner: Owner | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
) -> ChildProcess:
    """Start ``command``, its output appended to ``log``. Call it from the main thread (see `ChildProcess`)."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return ChildProcess(
            command, stdout=output, stderr=subprocess.STDOUT, cwd=cwd, env=env, owner=owner, dies_by=death_signal
        )


def wait_until(
    ready: Callable[[], bool], process: ChildProcess, *, log: Path, name: str, patience: float = 30.0
) -> None:
    """Return when ``ready()``; raise :class:`CannotStart` when the process ends or ``patience`` seconds pass first."""
    deadline = time.monotonic() + patience
    while not ready():
        if process.poll() is not None:
            raise CannotStart(f"{name} did not start: {last_words(log)}")
        if time.monotonic() > deadline:
            process.stop()
            raise CannotStart(f"{name} did not answer within {patience:.0f} s: {last_words(log)}")
        time.sleep(0.01)


def answers(address: str, *, patience: float = 2.0) -> bool:
    """Whether an HTTP address of this machine answers with success."""
    try:
        with DIRECT.open(address, timeout=patience) as answer:
            return bool(HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES)
    except OSError:
        return False


def last_words(log: Path, lines: int = 3) -> str:
    """The end of a log, on one line."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 4096))
            text = file.read().decode(errors="replace")
    except FileNotFoundError:
        text = ""
    return " / ".join(text.strip().splitlines()[-lines:]) or "it left no message"


def note(process: ChildProcess, file: Path) -> None:
    """Write down who runs, for :func:`clear_noted` of the next start."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{process.pid} {_born(process.pid)}")


def clear_noted(file: Path, *, patience: float = 5.0) -> None:
    """End the process that an earlier run wrote down, unless that is gone. A reused id is told by its time of birth."""
    try:
        pid, born = file.read_text().split(maxsplit=1)
    except (FileNotFoundError, ValueError):
        return
    deadline = time.monotonic() + patience
    while _born(int(pid)) == born:
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(pid), signal.SIGTERM if time.monotonic() < deadline else signal.SIGKILL)
        time.sleep(0.05)
    file.unlink()


def _born(pid: int) -> str:
    """When a process started, in whatever words the system has for it; empty for none."""
    if not PROC.is_dir():
        return completed(["ps", "-o", "lstart=", "-p", str(pid)], within=LOOKING).said
    try:
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    state, started = fields[0], fields[19]
    return "" if state == "Z" else started


def leftovers(program: str, directory: Path) -> list[int]:
    """Ids of the processes that run ``program`` with ``directory`` as their working directory."""
    if not PROC.is_dir():
        found = completed(["lsof", "-t", "-a", "-d", "cwd", "-c", program, directory], within=LOOKING).said
        return [int(pid) for pid in found.split() if pid.isdigit()]
    return [int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit() and _is(entry, program, directory)]


def _is(entry: Path, program: str, directory: Path) -> bool:
    try:
        # The kernel marks a program whose file has been replaced since.
        running = (entry / "exe").readlink().name.removesuffix(" (deleted)")
        return running == program and (entry / "cwd").readlink() == directory.resolve()
    except OSError:
        return False


def clear_leftovers(program: str, directory: Path, *, how: signal.Signals, patience: float = 3.0) -> None:
    """End what an earlier run left behind: politely, then not."""
    deadline = time.monotonic() + patience
    sign = how
    while pids := leftovers(program, directory):
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, sign)
        time.sleep(0.05)
        if time.monotonic() > deadline:
            sign = signal.SIGKILL
