"""TCP ports of this machine."""

from __future__ import annotations

import errno
import os
import socket
from typing import Final

from realstaging.dev.errors import CannotStart

LOOPBACK = "127.0.0.1"
LOCALHOST: Final = {socket.AF_INET: LOOPBACK, socket.AF_INET6: "::1"}
"""Where a browser looks for localhost. It takes whoever answers first."""
LAST_PORT: Final = 65535
ABSENT: Final = {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}
"""What a machine without IPv6 says of its addresses."""


def free_port() -> int:
    """A port of localhost that nobody listens on now. Another process may take it before you do."""
    while True:
        with socket.socket() as probe:
            probe.bind((LOOPBACK, 0))
            port: int = probe.getsockname()[1]
        if is_free(port):
            return port


def is_free(port: int) -> bool:
    """Whether a server could listen on ``port`` of localhost at this moment, and a browser would find that one."""
    return not _obstacle(port)


def take(port: int | None, name: str) -> int:
    """``port`` if nobody has it, any free one for None; raises :class:`CannotStart` when it is taken."""
    if port is not None and (why := _obstacle(port)):
        raise CannotStart(f"{name} cannot start: port {port} {why}.")
    return port or free_port()


def _obstacle(port: int) -> str:
    """Why nobody could listen on this port now; empty where nothing is in the way."""
    if port > LAST_PORT:
        return f"is none: the last is {LAST_PORT}"
    for family, address in LOCALHOST.items():
        code = _bound(family, address, port)
        if code == errno.EADDRINUSE:
            return "is taken by another program"
        if code and code not in ABSENT:
            return f"cannot be had ({os.strerror(code)})"
    return ""


def _bound(family: socket.AddressFamily, address: str, port: int) -> int:
    """What the system says to a server that would listen there: its number of an error, 0 for none."""
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
    except OSError as error:
        return error.errno or errno.EIO
    return 0
