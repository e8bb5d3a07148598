"""Clients of Valkey whose failures are all redis-py's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from redis.asyncio import Connection, Redis, SSLConnection
from redis.driver_info import DriverInfo
from redis.exceptions import ConnectionError as Lost


class _Noticing(Connection):
    """Notices that it is closed.

    A link that is cut closes the transport below it, and redis-py finds out by the next write. With uvloop's transports that is a RuntimeError
    ("the handler is closed"), which redis-py neither tries again with a new connection nor tells as one of its own.
    """

    async def send_packed_command(self, command: bytes | str | Iterable[bytes], check_health: bool = True) -> None:
        try:
            await super().send_packed_command(command, check_health)
        except RuntimeError as error:
            raise Lost("The connection was closed.") from error


class _NoticingByTls(_Noticing, SSLConnection):
    """The same over TLS."""


CONNECTING: Final = 3.0
"""Seconds that a connection may take to be made."""
NOTICING: Final[dict[type[Any], type[Any]]] = {Connection: _Noticing, SSLConnection: _NoticingByTls}
"""By the kind that redis-py takes for an address."""
DRIVER: Final = DriverInfo()
"""What connections tell the server of redis-py. Made once: each that makes its own reads the package's metadata from disk, in 1 ms."""


def client(url: str, *, patience: float, **options: Any) -> Redis:
    """A client of the server at this address (redis:// or rediss://) that waits at most ``patience`` seconds for an answer, with options
    as redis-py has them.
    """
    redis = Redis.from_url(
        url, socket_timeout=patience, socket_connect_timeout=CONNECTING, driver_info=DRIVER, **options
    )
    pool = redis.connection_pool
    pool.connection_class = NOTICING.get(pool.connection_class, pool.connection_class)
    return redis
