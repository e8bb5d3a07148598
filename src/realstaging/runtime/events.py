"""One hub per process: a single subscription, fanned out to every browser connected here.

A browser is told what its account's rows say: first what it missed since its last event id, then what comes. Whenever the hub
subscribes, it reads the rows it may have missed, so a silent Valkey loses nothing. A connection that was dropped without a word
looks like one on which nothing happens: the hub asks, and one that does not answer is given up.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from typing import Final
from uuid import UUID

import asyncpg
import msgspec
import structlog
from redis.asyncio import Redis
from redis.asyncio.client import PubSub

from realstaging.runtime.bells import EVENTS, EventBell

log = structlog.get_logger()

REPLAYED: Final = 1000
WAITING: Final = 256
FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 10.0
# Seconds without a message before Valkey is asked whether it is there, and seconds it has to answer.
PATIENCE: Final = 5.0
# Rows are looked at this often even while messages come: a message may be lost alone, and a database put back to an earlier day.
LOOK: Final = 15.0
# 18 digits fit a bigint; no identity column gets so far.
LONGEST_ID: Final = 18


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
    """Fans committed events out to listeners. ``patience`` and ``look`` in seconds, as PATIENCE and LOOK."""

    def __init__(
        self,
        database: asyncpg.Pool,
        redis: Redis,
        patience: float = PATIENCE,
        look: float = LOOK,
        most: int = REPLAYED,
    ) -> None:
        self._database = database
        self._redis = redis
        self._patience = patience
        self._look = look
        self._most = most
        self._listeners: dict[UUID, set[Listener]] = {}
        self._task: asyncio.Task[None] | None = None
        self._last_id: int | None = None
        self._look_at = 0.0

    def start(self) -> None:
        self._task = asyncio.create_task(self._listen())

    def dismiss(self) -> None:
        """End every listener: this process is stopping, and browsers find another; or they must look anew."""
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
        """Hear for as long as the process lives, whatever ends a subscription."""
        failures = 0
        while True:
            try:
                async with self._redis.pubsub() as subscription:
                    await subscription.subscribe(EVENTS)
                    while True:
                        await self._hear(subscription)
                        failures = 0
            except Exception as error:  # noqa: BLE001 - a hub that has ended is deaf for ever
                failures += 1
                log.warning("events.interrupted", error=repr(error), failures=failures)
            await asyncio.sleep(min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(failures - 1, 10)) * random.uniform(0.5, 1))
            # Valkey may stay away: until it is back browsers are told what the rows say.
            with contextlib.suppress(Exception):
                await self._catch_up()

    async def _hear(self, subscription: PubSub) -> None:
        """Take the next message. TimeoutError where nothing comes, not even an answer."""
        message = await subscription.get_message(timeout=self._patience)
        if message is None:
            await subscription.ping()
            message = await subscription.get_message(timeout=self._patience)
        if message is None:
            raise TimeoutError("Valkey does not answer on the subscription.")
        if message["type"] == "message":
            self._take(message["data"])
        # Subscribed for the first time, or again: redis-py mends a broken connection without a word.
        if message["type"] == "subscribe" or asyncio.get_running_loop().time() >= self._look_at:
            await self._catch_up()

    def _take(self, data: bytes) -> None:
        try:
            event = msgspec.json.decode(data, type=EventBell)
        except msgspec.MsgspecError as error:
            # A newer release may say more than this one understands. The row says the same; the next look reads it.
            log.warning("events.not_understood", error=repr(error))
        else:
            self._fan_out(event)

    async def _catch_up(self) -> None:
        """Fan out what was committed and not heard of. Where that is too much, or ids went back, browsers must look anew."""
        self._look_at = asyncio.get_running_loop().time() + self._look
        newest = int(await self._database.fetchval("select coalesce(max(id), 0) from events"))
        known = self._last_id
        if known is None:
            self._last_id = newest
        elif newest < known:
            log.warning("events.went_back", known=known, newest=newest)
            self._start_anew(newest)
        elif newest > known:
            await self._replay(known, newest)

    async def _replay(self, known: int, newest: int) -> None:
        rows = await self._database.fetch(
            "select id, account_id, kind, data from events where id > $1 and account_id = any($2) order by id limit $3",
            known,
            list(self._listeners),
            self._most + 1,
        )
        if len(rows) > self._most:
            self._start_anew(newest)
            return
        for row in rows:
            self._fan_out(as_bell(row))
        self._last_id = max(self._last_id or 0, newest)

    def _start_anew(self, newest: int) -> None:
        self._last_id = newest
        self.dismiss()

    def _fan_out(self, event: EventBell) -> None:
        self._last_id = max(self._last_id or 0, event.id)
        for listener in self._listeners.get(event.account_id, ()):
            listener.offer(event)


def as_bell(row: asyncpg.Record) -> EventBell:
    return EventBell(row["id"], row["account_id"], row["kind"], msgspec.Raw(msgspec.json.encode(row["data"])))


async def newest(database: asyncpg.Pool, account_id: UUID) -> int:
    """The id of the account's last committed event, 0 before the first."""
    return int(await database.fetchval("select coalesce(max(id), 0) from events where account_id = $1", account_id))


def id_of(text: str) -> int | None:
    """The event id a browser names as its last; None where it names none of ours (WHATWG HTML §9.2.6 lets it be any text)."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_ID else None


async def missed(database: asyncpg.Pool, account_id: UUID, since: int) -> list[EventBell] | None:
    """What the account's browser has not seen, oldest first.

    None where a fresh look is better: that is too much, or so old that the links in it may have run out, or ``since`` is an
    id that was not given yet (the database was put back to an earlier day), after which nothing would ever come.
    """
    rows = await database.fetch(
        """select id, account_id, kind, data, created_at < now() - interval '1 hour' as old
           from events where account_id = $1 and id > $2 order by id limit $3""",
        account_id,
        since,
        REPLAYED + 1,
    )
    if not rows and since > await newest(database, account_id):
        return None
    return None if len(rows) > REPLAYED or any(row["old"] for row in rows) else [as_bell(row) for row in rows]
