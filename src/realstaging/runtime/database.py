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
"""The server is gone, going or coming, or a connection broke in the middle of something. Class 57 holds 57014 as well: a statement
ended by a time-out."""
CROWDED: Final = (
    asyncpg.TransactionRollbackError,
    asyncpg.InsufficientResourcesError,
    asyncpg.LockNotAvailableError,
    asyncpg.TransactionTimeoutError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.InvalidCachedStatementError,
    asyncpg.PostgresSystemError,
)
"""Others were in the way, or there was no room. By SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html):
class 40 deadlock, serialization failure · 53 too many connections, disk or memory full · 55P03 lock not available · 25P03, 25P04
a transaction ended by a time-out · 25006 a standby not yet promoted · 0A000 a plan older than a migration · 58 input and output."""
PASSING: Final = (*AWAY, *CROWDED)
"""What a statement may fail with through no fault of its own: nothing was written, and trying again may help. The one list of them."""
FAILURES: Final = (OSError, TimeoutError, asyncpg.PostgresError, *AWAY)
"""What a statement may end in, for loops that must outlive it."""

LOCK_ORDER: Final = (
    "idempotency_keys",
    "members",
    "projects",
    "uploads",
    "originals",
    "unclaimed_originals",
    "photos",
    "stagings",
    "archives",
    "notices",
    "attempts",
    "ledger_accounts",
    "jobs",
    "events",
)
"""The order in which a transaction locks rows that others know, so that no two wait for each other (decision 62): what holds
before what is held, then money, then the outbox. Several rows of one table are locked by ascending id."""
MONEY: Final = frozenset({"holds", "ledger_entries", "budget_alerts"})
"""Written only by who has locked the account's row of ``ledger_accounts``: they need no order among themselves."""


def passes(error: BaseException) -> bool:
    """Whether a failure of the database or the network may be gone at the next try."""
    return isinstance(error, (OSError, TimeoutError, *PASSING))


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
