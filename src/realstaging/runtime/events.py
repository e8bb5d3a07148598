"""One hub per process: a single subscription, fanned out to every browser connected here.

A browser is told what its account's rows say: first what it missed since its last event id, then what comes. When the
subscription breaks, the hub reads the rows it may have missed before it goes on, so a silent Valkey loses nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import Final
from uuid import UUID

import asyncpg
import msgspec
import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from realstaging.runtime.bells import EVENTS, EventBell
from realstaging.runtime.database import FAILURES

log = structlog.get_logger()

REPLAYED: Final = 1000
WAITING: Final = 256
PAUSE: Final = 0.5


class Listener:
    """One browser's place. A reader too slow to keep up is ended and comes back with its last event id."""

    __slots__ = ("_waiting", "_waker", "account_id", "ended", "last_id")

    def __init__(self, account_id: UUID, last_id: int) -> None:
        self.account_id = account_id
        self.last_id = last_id
        self.ended = False
        self._waiting: list[EventBell] = []
        self._waker: asyncio.Future[None] | None = None

    def offer(self, event: EventBell) -> None:
        if len(self._waiting) < WAITING:
            self._waiting.append(event)
            self._wake()
        else:
            self.end()

    def end(self) -> None:
        """Nothing more is taken or waited for."""
        self.ended = True
        self._wake()

    async def next(self, patience: float) -> EventBell | None:
        """The next event, waited for at most ``patience`` seconds; None when none came, or at the end."""
        if not self._waiting and not self.ended:
            loop = asyncio.get_running_loop()
            self._waker = loop.create_future()
            timer = loop.call_later(patience, self._wake)
            try:
                await self._waker
            finally:
                timer.cancel()
                self._waker = None
        return self._waiting.pop(0) if self._waiting and not self.ended else None

    def _wake(self) -> None:
        if self._waker and not self._waker.done():
            self._waker.set_result(None)


class Hub:
    """Fans committed events out to listeners."""

    def __init__(self, database: asyncpg.Pool, redis: Redis) -> None:
        self._database = database
        self._redis = redis
        self._listeners: dict[UUID, set[Listener]] = {}
        self._task: asyncio.Task[None] | None = None
        self._last_id = 0

    def start(self) -> None:
        self._task = asyncio.create_task(self._listen())

    def dismiss(self) -> None:
        """End every listener: this process is stopping, and browsers find another."""
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.end()

    async def close(self) -> None:
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def join(self, listener: Listener) -> None:
        self._listeners.setdefault(listener.account_id, set()).add(listener)

    def leave(self, listener: Listener) -> None:
        listeners = self._listeners.get(listener.account_id)
        if listeners:
            listeners.discard(listener)
            if not listeners:
                del self._listeners[listener.account_id]

    async def _listen(self) -> None:
        while True:
            try:
                async with self._redis.pubsub() as subscription:
                    await subscription.subscribe(EVENTS)
                    await self._catch_up()
                    async for message in subscription.listen():
                        if message["type"] == "message":
                            self._fan_out(msgspec.json.decode(message["data"], type=EventBell))
            except (RedisError, *FAILURES) as error:
                log.warning("events.interrupted", error=repr(error))
                await asyncio.sleep(PAUSE)
                with contextlib.suppress(*FAILURES):
                    await self._catch_up()

    async def _catch_up(self) -> None:
        if not self._last_id:
            self._last_id = await self._database.fetchval("select coalesce(max(id), 0) from events")
            return
        rows = await self._database.fetch(
            "select id, account_id, kind, data from events where id > $1 and account_id = any($2) order by id limit $3",
            self._last_id,
            list(self._listeners),
            REPLAYED,
        )
        for row in rows:
            self._fan_out(as_bell(row))

    def _fan_out(self, event: EventBell) -> None:
        self._last_id = max(self._last_id, event.id)
        for listener in self._listeners.get(event.account_id, ()):
            listener.offer(event)


def as_bell(row: asyncpg.Record) -> EventBell:
    return EventBell(row["id"], row["account_id"], row["kind"], msgspec.Raw(msgspec.json.encode(row["data"])))


async def newest(database: asyncpg.Pool, account_id: UUID) -> int:
    """The id of the account's last committed event, 0 before the first."""
    return int(await database.fetchval("select coalesce(max(id), 0) from events where account_id = $1", account_id))


async def missed(database: asyncpg.Pool, account_id: UUID, since: int) -> list[EventBell] | None:
    """What the account's browser has not seen, oldest first.

    None where that is too much, or so old that the links in it may have run out: a fresh look is better then.
    """
    rows = await database.fetch(
        """select id, account_id, kind, data, created_at < now() - interval '1 hour' as old
           from events where account_id = $1 and id > $2 order by id limit $3""",
        account_id,
        since,
        REPLAYED + 1,
    )
    return None if len(rows) > REPLAYED or any(row["old"] for row in rows) else [as_bell(row) for row in rows]
