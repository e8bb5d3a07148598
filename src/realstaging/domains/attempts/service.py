"""The attempts of stagings in PostgreSQL, as the engine keeps them, and what others do with them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import asyncpg
import msgspec
import structlog

from realstaging.domains.attempts import store
from realstaging.domains.attempts.store import Cost as Cost
from realstaging.domains.billing import unpaid
from realstaging.domains.billing.errors import UnpaidPaused
from realstaging.domains.billing.rules import Wanted
from realstaging.engines.brief import RoomType
from realstaging.engines.replicate import choice, models
from realstaging.engines.replicate.attempts import (
    NEVER_CREATED,
    Attempt,
    Crowded,
    NewAttempt,
    NotWanted,
    Verdict,
    new_token,
)
from realstaging.engines.replicate.choice import Chain
from realstaging.engines.replicate.engine import ReplicateEngine
from realstaging.engines.replicate.predictions import Prediction
from realstaging.engines.replicate.webhook import Notice
from realstaging.fidelity.report import Operation
from realstaging.kit.clock import Clock, utc_now
from realstaging.kit.errors import CannotStage
from realstaging.runtime.database import Connection
from realstaging.runtime.platform import Platform
from realstaging.runtime.unpaid import Caps
from realstaging.runtime.work import Work

log = structlog.get_logger()

# One question for all that wait in this process; a notice is seen this much later on average, halved.
LISTEN: Final = 0.05
# Between questions that fail, seconds; who waits looks at the provider itself meanwhile.
LONGEST_PAUSE: Final = 2.0


def wish_of(staging_id: UUID, job_id: UUID) -> str:
    """Names one request for one staging: asking again after a failure is a new wish, an interrupted job is the same."""
    return f"{staging_id}:{job_id}"


def _staging_of(wish: str) -> UUID:
    return UUID(wish.partition(":")[0])


class StoredAttempts:
    """`Attempts` in PostgreSQL, shared by all workers."""

    def __init__(self, database: asyncpg.Pool, caps: Caps, clock: Clock = utc_now) -> None:
        self._database = database
        self._caps = caps
        self._clock = clock
        self._waiting: dict[str, asyncio.Future[Prediction | None]] = {}
        self._listener: asyncio.Task[None] | None = None

    async def of(self, wish: str) -> list[Attempt]:
        return await store.of(self._database, wish)

    async def before(self, wish: str) -> int:
        return await store.before(self._database, _staging_of(wish), wish)

    async def open(self, wish: str, number: int, new: NewAttempt) -> Attempt:
        try:
            return await self._open(wish, number, new)
        except UnpaidPaused:
            # The transaction that found it is taken back: this has to stay.
            await unpaid.paused(self._database, self._caps, self._clock())
            raise

    async def _open(self, wish: str, number: int, new: NewAttempt) -> Attempt:
        staging_id, job_id = _staging_of(wish), UUID(wish.partition(":")[2])
        async with self._database.acquire() as connection, connection.transaction():
            account_id = await store.account_of(connection, staging_id, job_id)
            if account_id is None:
                raise NotWanted
            wanted = Wanted(staging_id, wish, new.price, new.stake)
            stake = await unpaid.stake(connection, self._caps, account_id, self._clock(), wanted)
            if not stake:
                raise Crowded
            opened = store.NewRow(new_token(), wish, number, staging_id, account_id, stake)
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

    async def answered(self, token: str, prediction: Prediction) -> None:
        await write_answer(self._database, token, prediction)

    async def judged(self, token: str, verdict: Verdict, reason: str) -> None:
        await store.judged(self._database, token, verdict, reason, verdict in NEVER_CREATED)

    async def never_created(self, token: str) -> None:
        await store.never_created(self._database, token)

    async def unknown(self, token: str) -> None:
        await store.unknown(self._database, token)

    async def told(self, token: str, seconds: float) -> Prediction | None:
        future = self._waiting.setdefault(token, asyncio.get_running_loop().create_future())
        if self._listener is None or self._listener.done():
            self._listener = asyncio.create_task(self._listen())
        try:
            async with asyncio.timeout(seconds):
                return await asyncio.shield(future)
        except TimeoutError:
            return None
        finally:
            self._waiting.pop(token, None)

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
        future = self._waiting.get(answered.token)
        if future is None or future.done():
            return
        try:
            answer = msgspec.convert(answered.answer, Prediction)
        except msgspec.ValidationError as error:
            # Who waits for this one asks the provider; the others' answers are none the worse.
            log.warning("attempts.answer_not_understood", token=answered.token, error=repr(error))
            future.set_result(None)
        else:
            future.set_result(answer)


async def write_answer(connection: Connection, token: str, prediction: Prediction) -> None:
    """Keep how a prediction ended, and what it cost. An attempt nobody knows is none of ours."""
    price = await store.price(connection, token)
    if price is not None:
        cost = prediction.cost(price)
        await store.answered(connection, token, prediction.id, _kept(prediction), cost)


def _kept(prediction: Prediction) -> object:
    """All but the input, which may hold a secret and addresses that open pictures."""
    return msgspec.to_builtins(msgspec.structs.replace(prediction, input=None))


async def take(work: Work, token: str, notice: Notice) -> None:
    """Write a verified notice down once; a job acts on it."""
    if await store.keep_notice(work.connection, notice.id, token, _kept(notice.prediction)):
        work.enqueue("attempts.notice", {"notice_id": notice.id})


async def stop(work: Work, staging_ids: Sequence[UUID]) -> None:
    """These stagings are over: end what still runs for them, after the commit."""
    for wish in await store.stopping(work.connection, staging_ids):
        work.enqueue("attempts.stop", {"wish": wish})


def paid_engine(platform: Platform) -> ReplicateEngine | None:
    engine = platform.engines.get(ReplicateEngine.name)
    return engine if isinstance(engine, ReplicateEngine) else None


def picture_price(platform: Platform, operation: str, room: str, settings: dict[str, Any] | None) -> int:
    """What the paid engine's first picture of a staging would cost us; 0 where no model can do it, or there is no such engine."""
    engine = paid_engine(platform)
    if engine is None:
        return 0
    asked = msgspec.convert(settings, Chain) if settings else engine.chain
    try:
        chain = choice.able(asked, Operation(operation), RoomType(room), models.catalogue())
    except CannotStage:
        return 0
    return models.find(chain.models[0].model).price.micro


async def costs(platform: Platform, since: datetime) -> list[Cost]:
    """By project, dearest first."""
    return await store.costs(platform.database, since)
