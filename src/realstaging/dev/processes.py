"""Child processes that never outlive us, and finding those that did all the same.

On Linux the kernel ends a child when its parent dies, however it dies. Elsewhere, and for the grandchildren, the next start looks
for leftovers: a server of ours is known by its program and its working directory, which is its data directory.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from realstaging.dev.errors import CannotStart

Process = subprocess.Popen[bytes]

# linux/prctl.h
PR_SET_PDEATHSIG = 1
PROC = Path("/proc")


def _tied_to_us(death_signal: signal.Signals) -> Callable[[], None] | None:
    """What the child does between fork and exec so that the kernel signals it when we are gone."""
    if sys.platform != "linux":
        return None
    prctl, parent = ctypes.CDLL(None).prctl, os.getpid()

    def tie() -> None:
        prctl(PR_SET_PDEATHSIG, int(death_signal))
        if os.getppid() != parent:
            os._exit(1)

    return tie


def spawn(
    command: Sequence[str | Path],
    *,
    log: Path,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    uid: int | None = None,
    gid: int | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
) -> Process:
    """Start ``command`` in a session of its own, its output appended to ``log``, ``env`` added to our environment.

    Call it from the main thread: the kernel takes the end of the calling thread for the end of the parent.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            # Handed on, not read: settings.py alone reads it.
            env={**os.environ, **(env or {})},
            user=uid,
            group=gid,
            extra_groups=None if uid is None else [],
            start_new_session=True,
            # Setting the user clears the death signal, and Popen sets the user first.
            preexec_fn=_tied_to_us(death_signal),  # noqa: PLW1509
        )


def stop(process: Process, *, how: signal.Signals = signal.SIGTERM, patience: float = 10.0) -> None:
    """Ask ``process`` to end; after ``patience`` seconds make it."""
    if process.poll() is not None:
        return
    process.send_signal(how)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        kill(process)


def kill(process: Process) -> None:
    """End ``process`` and all of its session at once, as ``kill -9`` does."""
    if process.poll() is None:
        # Its id cannot be another's before we have waited for it.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(ready: Callable[[], bool], process: Process, *, log: Path, name: str, patience: float = 30.0) -> None:
    """Return when ``ready()``; raise :class:`CannotStart` when the process ends or ``patience`` seconds pass first."""
    deadline = time.monotonic() + patience
    while not ready():
        if process.poll() is not None:
            raise CannotStart(f"{name} did not start: {last_words(log)}")
        if time.monotonic() > deadline:
            stop(process)
            raise CannotStart(f"{name} did not answer within {patience:.0f} s: {last_words(log)}")
        time.sleep(0.01)


def answers(address: str, *, patience: float = 2.0) -> bool:
    """Whether an HTTP address answers with success."""
    try:
        with urllib.request.urlopen(address, timeout=patience) as answer:  # noqa: S310 - an address of ours
            return bool(200 <= answer.status < 300)
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


def note(process: Process, file: Path) -> None:
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
        asked = ["ps", "-o", "lstart=", "-p", str(pid)]
        return subprocess.run(asked, capture_output=True, check=False, text=True).stdout.strip()
    try:
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    state, started = fields[0], fields[19]
    return "" if state == "Z" else started


def leftovers(program: str, directory: Path) -> list[int]:
    """Ids of the processes that run ``program`` with ``directory`` as their working directory."""
    if not PROC.is_dir():
        asked = ["lsof", "-t", "-a", "-d", "cwd", "-c", program, str(directory)]
        found = subprocess.run(asked, capture_output=True, check=False).stdout
        return [int(pid) for pid in found.split()]
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
