"""The connection pool. JSON goes in and out through msgspec."""

from __future__ import annotations

from typing import Final

import asyncpg
import msgspec
from asyncpg.pool import PoolConnectionProxy

Connection = asyncpg.Connection | PoolConnectionProxy | asyncpg.Pool
"""Anything a statement can be sent to. Only `Work` holds one inside a transaction."""

AWAY: Final = (
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
"""The server is gone, going or coming, or a connection broke in the middle of something. Trying again may help."""
FAILURES: Final = (OSError, TimeoutError, asyncpg.PostgresError, *AWAY)
"""What a statement may end in, for loops that must outlive it."""


class _Stateless(asyncpg.Connection):
    """Returned to the pool as it is: no statement of ours leaves anything behind in the session but a transaction, which asyncpg
    itself rolls back. The default reset costs every use of a connection one more round trip, a quarter of all there are.
    """

    def get_reset_query(self) -> str:
        return ""


async def _prepare(connection: asyncpg.Connection) -> None:
    for name in ("json", "jsonb"):
        await connection.set_type_codec(
            name,
            schema="pg_catalog",
            encoder=lambda value: msgspec.json.encode(value).decode(),
            decoder=msgspec.json.decode,
        )


def one(row: asyncpg.Record | None) -> asyncpg.Record:
    """The row of a statement that always gives one, such as an insert that returns."""
    if row is None:
        raise LookupError("A statement that always gives a row gave none.")
    return row


async def open_pool(url: str, *, smallest: int = 1, largest: int = 10) -> asyncpg.Pool:
    """Connect to PostgreSQL. ``largest`` bounds the connections this process may hold."""
    return await asyncpg.create_pool(
        url,
        min_size=smallest,
        max_size=largest,
        init=_prepare,
        connection_class=_Stateless,
        command_timeout=30,
        max_inactive_connection_lifetime=300,
    )
