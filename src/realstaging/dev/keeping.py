"""Small files that outlive a run: who holds a directory, secrets and ports that stay the same."""

from __future__ import annotations

import fcntl
import os
import secrets
from pathlib import Path

from realstaging.dev.errors import CannotStart, out_of_reach
from realstaging.dev.ports import LAST_PORT


class Hold:
    """One process at a time holds a directory. The kernel lets go when that process ends, however it ends."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / "held"
        self._file: int | None = None

    def take(self) -> None:
        """Raises :class:`CannotStart` while another process (or another object here) holds the directory."""
        if self._file is not None:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise out_of_reach(error, self._path.parent) from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(file, 20).decode() or "unknown"
            os.close(file)
            raise CannotStart(f"{self._path.parent} is in use by process {holder}.") from error
        os.ftruncate(file, 0)
        os.write(file, str(os.getpid()).encode())
        self._file = file

    def release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def kept_secret(path: Path) -> str:
    """A random secret of 256 bits, made at the first call and read from ``path`` ever after."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, secrets.token_urlsafe(32))
    return path.read_text()


def kept_port(path: Path) -> int | None:
    """The port that was written to ``path``; None where no port stands there, as after a run that a full disk cut short."""
    text = path.read_text() if path.exists() else ""
    return int(text) if text.isdecimal() and 0 < int(text) <= LAST_PORT else None


def write_whole(path: Path, text: str) -> None:
    """Write a file that only we read: it has all of the text or is not there."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.touch(0o600)
    fresh.write_text(text)
    fresh.replace(path)
