"""The attempts of stagings in PostgreSQL, as the engine keeps them, and what others do with them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import asyncpg
import msgspec
import structlog

from realstaging.domains.attempts import payloads, store
from realstaging.domains.attempts.store import Cost as Cost
from realstaging.domains.attempts.store import Made as Made
from realstaging.domains.billing import unpaid
from realstaging.domains.billing.errors import UnpaidPaused
from realstaging.domains.billing.unpaid import Wanted
from realstaging.engines import catalog
from realstaging.engines.attempts import (
    NEVER_CREATED,
    Attempt,
    Crowded,
    NewAttempt,
    NotWanted,
    Outcome,
    new_token,
)
from realstaging.engines.brief import RoomType
from realstaging.engines.engine import Engine
from realstaging.engines.paid import Answer, Chain, Notice, Paid
from realstaging.fidelity.report import Operation
from realstaging.kit.clock import Clock, utc_now
from realstaging.runtime import switches
from realstaging.runtime.database import Connection
from realstaging.runtime.platform import Platform
from realstaging.runtime.switches import Switch
from realstaging.runtime.unpaid import Caps
from realstaging.runtime.work import Work

log = structlog.get_logger()

# One question for all that wait in this process; a notice is seen this much later on average, halved.
LISTEN: Final = 0.05
# Between questions that fail, seconds; who waits looks at the provider itself meanwhile.
LONGEST_PAUSE: Final = 2.0


def request_key_of(staging_id: UUID, job_id: UUID) -> str:
    """Names one request for one staging: asking again after a failure is a new request, an interrupted job is the same."""
    return f"{staging_id}:{job_id}"


def _staging_of(request_key: str) -> UUID:
    return UUID(request_key.partition(":")[0])


class StoredAttempts:
    """`Attempts` in PostgreSQL, shared by all workers."""

    def __init__(self, database: asyncpg.Pool, caps: Caps, clock: Clock = utc_now) -> None:
        self._database = database
        self._caps = caps
        self._clock = clock
        self._waiting: dict[str, list[asyncio.Future[dict[str, Any]]]] = {}
        self._listener: asyncio.Task[None] | None = None

    async def of(self, request_key: str) -> list[Attempt]:
        return await store.of(self._database, request_key)

    async def before(self, request_key: str) -> int:
        return await store.before(self._database, _staging_of(request_key), request_key)

    async def open(self, request_key: str, number: int, new: NewAttempt) -> Attempt:
        try:
            return await self._open(request_key, number, new)
        except UnpaidPaused:
            # The transaction that found it is taken back: this has to stay.
            await unpaid.paused(self._database, self._caps, self._clock())
            raise

    async def _open(self, request_key: str, number: int, new: NewAttempt) -> Attempt:
        staging_id, job_id = _staging_of(request_key), UUID(request_key.partition(":")[2])
        async with self._database.acquire() as connection, connection.transaction():
            account_id = await store.account_of(connection, staging_id, job_id)
            if account_id is None:
                raise NotWanted
            await switches.require_row(connection, Switch.PAID_ENGINE)
            wanted = Wanted(staging_id, request_key, new.price, new.stake)
            stake = await unpaid.stake(connection, self._caps, account_id, self._clock(), wanted)
            if not stake:
                raise Crowded
            opened = store.NewRow(new_token(), request_key, number, staging_id, account_id, stake)
            attempt = await store.open_attempt(connection, opened, new)
        if attempt is None:
            raise NotWanted
        return attempt

    async def send(self, token: str) -> bool:
        return await store.send(self._database, token)

    async def unsend(self, token: str) -> None:
        await store.unsend(self._database, token)

    async def created(self, token: str, prediction_id: str) -> None:
        await store.created(self._database, token, prediction_id)

    async def answered(self, token: str, answer: Answer) -> None:
        await write_answer(self._database, token, answer)

    async def concluded(self, token: str, outcome: Outcome, reason: str) -> None:
        await store.concluded(self._database, token, outcome, reason, outcome in NEVER_CREATED)

    async def never_created(self, token: str) -> None:
        await store.never_created(self._database, token)

    async def unknown(self, token: str) -> None:
        await store.unknown(self._database, token)

    async def told(self, token: str, seconds: float) -> dict[str, Any] | None:
        future: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(token, []).append(future)
        if self._listener is None or self._listener.done():
            self._listener = asyncio.create_task(self._listen())
        try:
            async with asyncio.timeout(seconds):
                return await future
        except TimeoutError:
            return None
        finally:
            self._waiting[token].remove(future)
            if not self._waiting[token]:
                del self._waiting[token]

    async def _listen(self) -> None:
        """Ask for all answers waited for, until nobody waits, whatever goes wrong meanwhile."""
        failures = 0
        while self._waiting:
            try:
                for answered in await store.answers(self._database, list(self._waiting)):
                    self._tell(answered)
                failures = 0
            except Exception as error:  # noqa: BLE001 - all stagings of this process wait for this task
                failures += 1
                log.warning("attempts.listening_failed", error=repr(error), failures=failures)
            await asyncio.sleep(min(LONGEST_PAUSE, LISTEN * 2 ** min(failures, 10)))

    def _tell(self, answered: store.Answered) -> None:
        for future in self._waiting.get(answered.token, ()):
            if not future.done():
                future.set_result(answered.answer)


async def write_answer(connection: Connection, token: str, answer: Answer) -> None:
    """Keep how a prediction ended, and what it cost. An attempt nobody knows is none of ours."""
    price = await store.price(connection, token)
    if price is not None:
        await store.answered(connection, token, answer.prediction_id, answer.document, answer.pictures * price)


async def take(work: Work, token: str, notice: Notice) -> None:
    """Write a verified notice down once; a job acts on it."""
    if await store.keep_notice(work.connection, notice.id, token, notice.document):
        work.enqueue(payloads.Notice(notice.id))


async def stop(work: Work, staging_ids: Sequence[UUID]) -> None:
    """These stagings are over: end what still runs for them, after the commit."""
    for request_key in await store.stopping(work.connection, staging_ids):
        work.enqueue(payloads.Stop(request_key))


def paid_side(platform: Platform) -> Paid | None:
    """Of the engine that pays a provider, where this process runs one."""
    return next((engine.paid for engine in catalog.running(platform.engines).values() if engine.paid), None)


def picture_price(engine: Engine, operation: Operation, room: RoomType, settings: Mapping[str, Any] | None) -> int:
    """What an engine's first picture of a staging would cost us; 0 where it costs nothing or no model can do it."""
    if engine.paid is None:
        return 0
    return engine.paid.picture_price(
        operation, room, msgspec.convert(settings, Chain) if settings else engine.paid.chain
    )


async def made(connection: Connection, staging_id: UUID) -> Made | None:
    """Which model made the staging's picture; None where it was none of a provider's."""
    return await store.made(connection, staging_id)


async def costs(platform: Platform, since: datetime) -> list[Cost]:
    """By project, dearest first."""
    return await store.costs(platform.database, since)
