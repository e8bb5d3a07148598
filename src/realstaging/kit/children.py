"""Child processes: started so that they do not outlive us, watched for what they take, ended with all they started.

Whatever way we end, a child ends too. A program that knows nothing of us is signalled by the kernel (``dies_by``; Linux alone,
elsewhere the next start looks for leftovers). A program of ours holds one end of a pipe, and ends when the other end closes: its
standard input, or the descriptor that `call_server` watches. A pipe works on every system and from every thread.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Final, NamedTuple

import msgspec
import psutil

# linux/prctl.h
PR_SET_PDEATHSIG: Final = 1
Stream = int | IO[bytes] | None


class Allowance(msgspec.Struct, frozen=True):
    """What a child may take for one piece of work."""

    seconds: float = 300.0
    """From its start to its answer. The longest piece of work takes 20 s of a quiet machine; a busy one may be ten times slower."""
    processor_seconds: float = 240.0
    resident: int = 4 * 2**30
    """Bytes of memory."""


class Taken(NamedTuple):
    """Since the watch began, but for ``resident``: bytes held now."""

    seconds: float
    processor_seconds: float
    resident: int

    def too_long(self, allowed: Allowance) -> bool:
        """Whether it took more time than it may."""
        return self.seconds > allowed.seconds or self.processor_seconds > allowed.processor_seconds

    def too_much(self, allowed: Allowance) -> bool:
        """Whether it holds more memory than it may."""
        return self.resident > allowed.resident


class Owner(NamedTuple):
    """The user and group that a child runs as."""

    uid: int
    gid: int


class ChildProcess(subprocess.Popen[bytes]):
    """A process in a group of its own, which is ended as a whole. (Not in a session: those share the processor as equals.)

    ``env`` is added to our environment; ``dies_by``: what the kernel sends it when we end. Then call this from the main thread:
    the kernel takes the end of the calling thread for ours.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        stdin: Stream = subprocess.DEVNULL,
        stdout: Stream = None,
        stderr: Stream = None,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        owner: Owner | None = None,
        pass_fds: Sequence[int] = (),
        dies_by: signal.Signals | None = None,
    ) -> None:
        self._ending = threading.Lock()
        super().__init__(
            [str(part) for part in command],
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            cwd=cwd,
            # Handed on, not read: settings.py alone reads it.
            env={**os.environ, **(env or {})},
            user=owner.uid if owner else None,
            group=owner.gid if owner else None,
            extra_groups=[] if owner else None,
            pass_fds=pass_fds,
            process_group=0,
            # Setting the user clears the death signal, and Popen sets the user first.
            preexec_fn=_tied_to_us(dies_by) if dies_by else None,
        )

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self.poll() is None

    def stop(self, *, how: signal.Signals = signal.SIGTERM, patience: float = 10.0) -> None:
        """Ask it to end; after ``patience`` seconds make it."""
        if not self.alive:
            return
        self.send_signal(how)
        try:
            self.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it and all of its group at once, as ``kill -9`` does. Safe to call twice, and from any thread."""
        with self._ending:
            if self.alive:
                # Its id cannot be another's before we have waited for it.
                os.killpg(self.pid, signal.SIGKILL)
                self.wait()

    def watch(self) -> Callable[[], Taken]:
        """From now on: what it has taken. The call raises psutil.Error when the process is gone."""
        seen, began = psutil.Process(self.pid), time.monotonic()

        def used() -> float:
            times = seen.cpu_times()
            return float(times.user + times.system)

        used_before = used()
        return lambda: Taken(time.monotonic() - began, used() - used_before, seen.memory_info().rss)

    def resident(self) -> int:
        """Bytes of memory it holds now; 0 when it is gone."""
        try:
            return int(psutil.Process(self.pid).memory_info().rss)
        except psutil.Error:
            return 0


class Completed(NamedTuple):
    """How a program ended, and what it said (both streams)."""

    code: int
    said: str


def completed(
    command: Sequence[str | Path], *, within: float, cwd: Path | None = None, owner: Owner | None = None
) -> Completed:
    """Run a program to its end. Raises TimeoutError when it takes longer than ``within`` seconds; then it is killed."""
    child = ChildProcess(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=cwd, owner=owner)
    with child:
        try:
            said, _ = child.communicate(timeout=within)
        except subprocess.TimeoutExpired as late:
            raise TimeoutError(f"{command[0]} took longer than {within:.0f} s") from late
        finally:
            child.kill()
    return Completed(child.returncode, said.decode(errors="replace").strip())


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
