"""TCP ports of this machine."""

from __future__ import annotations

import socket

from realstaging.dev.errors import CannotStart

LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """A port of the loopback interface that nobody listens on now. Another process may take it before you do."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """Whether a server could listen on ``port`` at this moment."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def take(port: int | None, name: str) -> int:
    """``port`` if nobody has it, any free one for None; raises :class:`CannotStart` when it is taken."""
    if port is not None and not is_free(port):
        raise CannotStart(f"{name} cannot start: port {port} is taken by another program.")
    return port or free_port()
