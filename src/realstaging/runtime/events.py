"""One hub per process: a single subscription, fanned out to every browser connected here.

A browser is told what its account's rows say, in their order and without a gap. A message tells which event came before it: where
that one has not been heard of (messages may come in another order than their commits, or be lost), the rows in between are read. Now and
then, and whenever the hub subscribes, it looks up how far each account has come, so a silent Valkey loses nothing. A connection
that was dropped without a word looks like one on which nothing happens: the hub asks, and one that does not answer is given up.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Final, Protocol
from uuid import UUID

import asyncpg
import msgspec
import structlog
from redis.asyncio import Redis
from redis.asyncio.client import PubSub

from realstaging.kit.tasks import ended
from realstaging.runtime.database import Connection
from realstaging.runtime.wake_ups import EVENTS, EventMessage

log = structlog.get_logger()

REPLAYED: Final = 1000
WAITING: Final = 256
FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 10.0
# Seconds without a message before Valkey is asked whether it is there, and seconds it has to answer.
PATIENCE: Final = 5.0
# Seconds between two looks at how far the accounts have come, even while messages come: the last one may be lost alone, and a
# database put back to an earlier day.
LOOK: Final = 15.0
# The kind of a message that says no more than how far the account has come.
LOOK_UP: Final = "look up"
# 18 digits fit a bigint; no identity column gets so far.
LONGEST_ID: Final = 18


class Listener:
    """One browser's place: ``last_id`` is the newest event it has. A reader too slow to keep up is ended and comes back with that.

    ``withheld``: kinds of events that it is not told.
    """

    __slots__ = ("_waiting", "_waker", "account_id", "ended", "last_id", "session", "withheld")

    def __init__(
        self, account_id: UUID, last_id: int, session: UUID | None = None, withheld: AbstractSet[str] = frozenset()
    ) -> None:
        self.account_id = account_id
        self.session = session
        self.last_id = last_id
        self.withheld = withheld
        self.ended = False
        self._waiting: list[EventMessage] = []
        self._waker: asyncio.Future[None] | None = None

    def offer(self, event: EventMessage) -> None:
        if len(self._waiting) < WAITING:
            self._waiting.append(event)
            self._wake()
        else:
            self.end()

    def end(self) -> None:
        """Nothing more is taken or waited for."""
        self.ended = True
        self._wake()

    async def next_message(self, patience: float) -> EventMessage | None:
        """The next message, waited for at most ``patience`` seconds; None when none came, or at the end."""
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


class Watcher(Protocol):
    """Hears what every account's browsers are told."""

    def heard(self, event: EventMessage) -> None:
        """One message."""
        ...

    def missed(self) -> None:
        """Messages may have been lost."""
        ...


class Pace(msgspec.Struct, frozen=True):
    """How long Valkey may be silent, and how often it is looked how far each account has come, in seconds; ``most``: events of an account
    that are read at once.
    """

    patience: float = PATIENCE
    look: float = LOOK
    most: int = REPLAYED


class Hub:
    """Fans committed events out to listeners. ``ending``: kinds of events after which an account's listeners have to be let in anew."""

    def __init__(
        self,
        database: asyncpg.Pool,
        redis: Redis,
        pace: Pace | None = None,
        *,
        watchers: Sequence[Watcher] = (),
        ending: AbstractSet[str] = frozenset(),
    ) -> None:
        self._database = database
        self._redis = redis
        pace = pace or Pace()
        self._patience = pace.patience
        self._look = pace.look
        self._most = pace.most
        self._watchers = watchers
        self._ending = ending
        self._listeners: dict[UUID, set[Listener]] = {}
        self._task: asyncio.Task[None] | None = None
        self._look_at = 0.0

    def start(self) -> None:
        self._task = asyncio.create_task(self._listen())

    def dismiss(self) -> None:
        """End every listener: this process is stopping, and browsers find another."""
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.end()

    def end_session(self, session: UUID) -> None:
        """End the listeners of one sign-in."""
        for listeners in self._listeners.values():
            for listener in listeners:
                if listener.session == session:
                    listener.end()

    async def close(self) -> None:
        if self._task:
            await ended(self._task)

    def join(self, listener: Listener) -> None:
        self._listeners.setdefault(listener.account_id, set()).add(listener)

    def leave(self, listener: Listener) -> None:
        listeners = self._listeners.get(listener.account_id)
        if listeners:
            listeners.discard(listener)
            if not listeners:
                del self._listeners[listener.account_id]

    async def heard(self, listener: Listener, patience: float) -> list[EventMessage]:
        """What comes next for a listener, in order and without a gap, waited for at most ``patience`` seconds; [] where nothing came.

        Where too much was missed, the listener is ended and its browser looks anew.
        """
        message = await listener.next_message(patience)
        if message is None or message.id <= listener.last_id:
            return []
        new: list[EventMessage] | None = [message]
        if message.previous > listener.last_id:
            new = await missed(self._database, listener.account_id, listener.last_id, self._most)
        if new is None:
            listener.end()
            return []
        if any(event.kind in self._ending for event in new):
            # Its browser comes back with what it has, is let in anew or not, and told then.
            listener.end()
            return []
        if new:
            listener.last_id = new[-1].id
        return new

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
                await self._look_up()

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
        if message["type"] == "subscribe":
            for watcher in self._watchers:
                watcher.missed()
        # Subscribed for the first time, or again: redis-py mends a broken connection without a word.
        if message["type"] == "subscribe" or asyncio.get_running_loop().time() >= self._look_at:
            await self._look_up()

    def _take(self, data: bytes) -> None:
        try:
            event = msgspec.json.decode(data, type=EventMessage)
        except msgspec.MsgspecError as error:
            # A newer release may say more than this one understands. The row says the same; the next look reads it.
            log.warning("events.not_understood", error=repr(error))
        else:
            for watcher in self._watchers:
                watcher.heard(event)
            self._fan_out(event)

    async def _look_up(self) -> None:
        """Ring for every listener whose account has come further than it; end those that are further than their account."""
        self._look_at = asyncio.get_running_loop().time() + self._look
        places = [(listener, listener.last_id) for each in self._listeners.values() for listener in each]
        rows = await self._database.fetch(
            """select account, coalesce((select max(id) from events where account_id = account), 0) as newest
               from unnest($1::uuid[]) as account""",
            list(self._listeners),
        )
        newest = {row["account"]: row["newest"] for row in rows}
        for listener, place in places:
            furthest = newest[listener.account_id]
            if furthest < place:
                log.info("events.went_back", place=place, newest=furthest)
                listener.end()
            elif furthest > place:
                listener.offer(
                    EventMessage(furthest, listener.account_id, LOOK_UP, msgspec.Raw(b"null"), previous=furthest)
                )

    def _fan_out(self, event: EventMessage) -> None:
        for listener in self._listeners.get(event.account_id, ()):
            listener.offer(event)


async def newest(connection: Connection, account_id: UUID) -> int:
    """The id of the account's last committed event, 0 before the first."""
    return int(await connection.fetchval("select coalesce(max(id), 0) from events where account_id = $1", account_id))


def id_of(text: str) -> int | None:
    """The event id a browser names as its last; None where it names none of ours (WHATWG HTML §9.2.6 lets it be any text)."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_ID else None


async def missed(
    database: asyncpg.Pool, account_id: UUID, since: int, most: int = REPLAYED
) -> list[EventMessage] | None:
    """What the account's browser has not seen, oldest first.

    None where a fresh look is better: that is too much, or so old that the links in it may have run out, or ``since`` is an
    id that was not given yet (the database was put back to an earlier day), after which nothing would ever come.
    """
    rows = await database.fetch(
        """select id, kind, data::text, trace, created_at < now() - interval '1 hour' as old
           from events where account_id = $1 and id > $2 order by id limit $3""",
        account_id,
        since,
        most + 1,
    )
    if not rows and since > await newest(database, account_id):
        return None
    if len(rows) > most or any(row["old"] for row in rows):
        return None
    return [
        EventMessage(row["id"], account_id, row["kind"], msgspec.Raw(row["data"].encode()), trace=row["trace"])
        for row in rows
    ]
