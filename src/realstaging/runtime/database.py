"""The connection pool. JSON goes in and out through msgspec."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final, TypeVar, cast, overload

import asyncpg
import msgspec
from asyncpg.pool import PoolConnectionProxy
from prometheus_client import Counter

from realstaging.kit.errors import Overloaded

T = TypeVar("T")

SHED: Final = Counter(
    "realstaging_database_shed_total", "Waits for a database connection that were ended or not begun."
)

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
    "heartbeats",
    "last_done",
    "switches",
    "incidents",
    "erasures",
    "idempotency_keys",
    "accounts",
    "people",
    "erased_sign_ins",
    "members",
    "sessions",
    "devices",
    "ended_sessions",
    "api_keys",
    "quotas",
    "invitations",
    "invitation_letters",
    "model_settings",
    "projects",
    "upload_links",
    "uploads",
    "originals",
    "unclaimed_originals",
    "photos",
    "stagings",
    "project_figures",
    "archives",
    "exports",
    "notices",
    "attempts",
    "customers",
    "checkout_sessions",
    "subscriptions",
    "payments",
    "give_backs",
    "ledger_accounts",
    "free_grants",
    "unpaid_days",
    "credit_backs",
    "staging_batches",
    "letters",
    "letter_choices",
    "suppressed_addresses",
    "reconciliations",
    "stripe_events",
    "jobs",
    "lane_turns",
    "webhook_completions",
    "webhook_endpoints",
    "webhook_deliveries",
    "audit_entries",
    "events",
)
"""The order in which a transaction locks rows that others know, so that no two wait for each other (decision 62): what holds
before what is held, then money, then the outbox. Several rows of one table are locked by ascending id. Some names stand for locks by
key: ``people`` who sign in for the first time, ``quotas`` of an account, ``staging_batches``, the unfinished ``archives`` and ``exports`` of one, the ``free_grants`` of a mailbox, an address or a device, the ``webhook_completions`` of a project; ``model_settings`` is locked as a whole. ``project_figures`` are
locked by triggers of ``photos`` and ``stagings``, those of one project in a transaction (decision 88). Entries of
the audit trail wait for nobody but another sign-in of the same device."""
MONEY: Final = frozenset({"holds", "ledger_entries", "lots", "lot_entries", "budget_alerts"})
"""Written only by who has locked the account's row of ``ledger_accounts``: they need no order among themselves."""


def passes(error: BaseException) -> bool:
    """Whether a failure of the database or the network may be gone at the next try."""
    return isinstance(error, (OSError, TimeoutError, *PASSING))


NUL: Final = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


class _Stateless(asyncpg.Connection):
    """Returned to the pool as it is: no statement of ours leaves anything behind in the session but a transaction, which asyncpg
    itself rolls back. The default reset costs every use of a connection one more round trip, a quarter of all there are.
    """

    def get_reset_query(self) -> str:
        return ""


class Bounds(msgspec.Struct, frozen=True):
    """How long things may take, in seconds: waiting for a connection, a statement, waiting for a lock, an idle transaction."""

    wait: float
    statement: float
    lock: float
    idle: float


# Somebody waits for the answer: sooner told to come back than kept.
REQUESTS: Final = Bounds(wait=2, statement=10, lock=5, idle=30)
# Nobody waits; what fails is tried again.
WORK: Final = Bounds(wait=30, statement=30, lock=15, idle=60)
# The client's own end of waiting for a statement lies this much after the server's (seconds): the server's says why.
LATER: Final = 5


class _Pool(asyncpg.Pool):
    """A pool that is waited for only so long. Once a wait has failed nobody else waits until a connection is free again: a queue in
    front of a database that does not keep up would only make every answer late.
    """

    def __init__(self, *arguments: Any, wait: float, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._wait = wait
        self._exhausted = False

    # asyncpg's one way to a connection, for its own methods as well; there is no public one to bound.
    async def _acquire(self, timeout: float | None) -> PoolConnectionProxy:
        if self._exhausted:
            self._exhausted = self.get_size() >= self.get_max_size() and self.get_idle_size() == 0
        if self._exhausted:
            SHED.inc()
            raise Overloaded
        try:
            above = cast("Any", super())  # the stubs know only what is public
            connection: PoolConnectionProxy = await above._acquire(self._wait if timeout is None else timeout)  # noqa: SLF001 - as said
            return connection
        except TimeoutError as error:
            self._exhausted = True
            SHED.inc()
            raise Overloaded from error


def _bound(bounds: Bounds) -> str:
    """Statements, not parameters of the connection: pgbouncer refuses those it does not know (a session of its own is needed). Days
    and months are those of UTC, whatever the server or the database is set to.
    """
    return (
        "set timezone = 'UTC'; "
        f"set statement_timeout = {round(bounds.statement * 1000)}; set lock_timeout = {round(bounds.lock * 1000)}; "
        f"set idle_in_transaction_session_timeout = {round(bounds.idle * 1000)}"
    )


def _json(value: object) -> str:
    """JSON that PostgreSQL can keep: a provider's log may hold NUL, which jsonb can't; the replacement character stands for it."""
    return NUL.sub(r"\1\\ufffd", msgspec.json.encode(value).decode())


async def _prepare(connection: asyncpg.Connection) -> None:
    for name in ("json", "jsonb"):
        await connection.set_type_codec(
            name,
            schema="pg_catalog",
            encoder=_json,
            decoder=msgspec.json.decode,
        )


def one(row: asyncpg.Record | None) -> asyncpg.Record:
    """The row of a statement that always gives one, such as an insert that returns."""
    if row is None:
        raise LookupError("A statement that always gives a row gave none.")
    return row


def count_of(told: str) -> int:
    """How many rows a statement changed, as PostgreSQL tells it: ``DELETE 12``."""
    return int(told.rpartition(" ")[2])


FORGOTTEN_AT_ONCE: Final = 5000
"""Rows that one statement forgets: it ends well within its time, however many are past theirs."""


async def in_parts(forget: Callable[[int], Awaitable[int]], at_once: int = FORGOTTEN_AT_ONCE) -> None:
    """Forget some after others until none is left. ``forget`` takes how many at most, and gives how many there were."""
    while await forget(at_once) == at_once:
        pass


@overload
def struct_of(kind: type[T], row: asyncpg.Record) -> T: ...
@overload
def struct_of(kind: type[T], row: asyncpg.Record | None) -> T | None: ...
def struct_of(kind: type[T], row: asyncpg.Record | None) -> T | None:
    """A row as the struct whose fields are its columns, checked field by field: what leaves a store (decision 87).

    JSON columns become the structs that their fields say. msgspec.ValidationError where a column is missing or of another type.
    """
    return None if row is None else msgspec.convert(dict(row), kind)


def structs_of(kind: type[T], rows: Iterable[asyncpg.Record]) -> list[T]:
    """As `struct_of`, all of them at once."""
    found: list[T] = msgspec.convert([dict(row) for row in rows], list[kind])  # type: ignore[valid-type]
    return found


async def open_pool(url: str, *, smallest: int = 1, largest: int = 10, bounds: Bounds = WORK) -> asyncpg.Pool:
    """Connect to PostgreSQL. ``largest`` bounds the connections this process may hold, ``bounds`` every wait."""

    async def prepare(connection: asyncpg.Connection) -> None:
        await connection.execute(_bound(bounds))
        await _prepare(connection)

    return await _Pool(
        url,
        wait=bounds.wait,
        min_size=smallest,
        max_size=largest,
        max_queries=50_000,
        loop=None,
        init=prepare,
        connection_class=_Stateless,
        record_class=asyncpg.Record,
        timeout=10,
        command_timeout=bounds.statement + LATER,
        max_inactive_connection_lifetime=300,
    )
