"""Running jobs: claim the row, keep its lease, do the work, write the outcome.

A job's row is the truth. A wake-up may come twice, late or never: the claim (`runtime/lanes.py`) gives a row to one worker, and
the sweep wakes workers for rows nobody runs. A job whose row was taken away (cancelled, or claimed anew after a silence) is
stopped at its next heartbeat.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

import msgspec
import structlog

from realstaging.kit import tracing
from realstaging.kit.errors import AppError
from realstaging.kit.tasks import ended
from realstaging.kit.tracing import Kind
from realstaging.runtime import acting, error_tracking, lanes
from realstaging.runtime.database import FAILURES, passes, structs_of
from realstaging.runtime.lanes import LEASE, MOST_FAILURES, Taken
from realstaging.runtime.platform import Platform
from realstaging.runtime.telemetry import JOBS
from realstaging.runtime.trail import Action
from realstaging.runtime.wake_ups import LANES, WakeUp
from realstaging.runtime.work import Payload, Work, transaction

P = TypeVar("P", bound=Payload)

log = structlog.get_logger()

HEARTBEAT: Final = 1.0
# Seconds after which a run has failed. The longest takes minutes.
LONGEST_JOB: Final = 3600.0
# Seconds that work has to end when it is told to.
ENDING: Final = 5.0
# A wake-up that should have led to a claim by now has been lost.
LOST: Final = timedelta(seconds=8)
# As many as a worker has places. More would find no one to wake.
MOST_WAKE_UPS: Final = 200
# A job of a kind that this worker does not know waits for a newer one (a release is rolled out worker by worker), not for ever.
UNKNOWN: Final = timedelta(days=1)


class Claim(msgspec.Struct, Generic[P], frozen=True):
    """A job this process may run: `lanes.Taken`, with what it is about read."""

    id: UUID
    payload: P
    run: int
    failures: int = 0

    @property
    def last(self) -> bool:
        """Whether a failure now is final."""
        return self.failures >= MOST_FAILURES - 1


Run = Callable[[Platform, Claim[P]], Awaitable[None]]
Bury = Callable[[Work, Claim[P], str], Awaitable[None]]


class Handler(msgspec.Struct, Generic[P], frozen=True):
    """How a kind of job is run, and what to write when it is given up (in the transaction that gives it up)."""

    payload: type[P]
    run: Run[P]
    bury: Bury[P] | None = None

    @property
    def kind(self) -> str:
        """What jobs of it are called."""
        return str(self.payload.__struct_config__.tag)

    def claim(self, job: Taken) -> Claim[P]:
        """The job, read. msgspec.ValidationError where its payload is not what it should be."""
        return Claim(job.id, msgspec.convert(job.payload, self.payload), job.run, job.failures)


def by_kind(*handlers: Handler[Any]) -> dict[str, Handler[Any]]:
    return {handler.kind: handler for handler in handlers}


async def claim(platform: Platform, lane: str, kinds: Sequence[str]) -> Taken | None:
    """Take the next job of a lane, if there is one of these kinds."""
    return await lanes.claim(platform.database, lane, kinds)


async def _renew(platform: Platform, job: Taken) -> bool:
    row = await platform.database.fetchval(
        "update jobs set lease_until = now() + $3 where id = $1 and attempt = $2 and state = 'running' returning true",
        job.id,
        job.run,
        LEASE,
    )
    return bool(row)


async def _finish(platform: Platform, job: Taken) -> None:
    await platform.database.execute(
        """update jobs set state = 'done', lease_until = null, finished_at = now()
           where id = $1 and attempt = $2 and state = 'running'""",
        job.id,
        job.run,
    )


class _TakenAway(Exception):
    """The row is another runner's by now: nothing of this one's outcome is written."""


async def _give_up(platform: Platform, handler: Handler[Any], job: Taken, error: str) -> None:
    acting.on_behalf_of(job.asked_by)
    with contextlib.suppress(_TakenAway):
        async with transaction(platform) as work:
            # What the job was for before its row: one lock order (decision 62).
            if handler.bury and (claim := _readable(handler, job)):
                await handler.bury(work, claim, error)
            ours = await work.connection.fetchval(
                """update jobs set state = 'dead', error = $3, lease_until = null, finished_at = now()
                   where id = $1 and attempt = $2 and state = 'running' returning true""",
                job.id,
                job.run,
                error,
            )
            if not ours:
                raise _TakenAway


def _readable(handler: Handler[P], job: Taken) -> Claim[P] | None:
    """None where nobody can tell what the job was about: it ends, and what it was for is found by the chore that ends what is left behind."""
    try:
        return handler.claim(job)
    except msgspec.ValidationError as error:
        log.error("job.not_understood", job=str(job.id), kind=job.kind, error=repr(error))  # noqa: TRY400 - what it says is in the message
        return None


async def _retry(platform: Platform, job: Taken, delay: float, error: str) -> None:
    """The run failed; there will be another."""
    await _requeue(platform, job, delay, error, job.failures + 1)


async def _hand_back(platform: Platform, job: Taken) -> None:
    """The run was ended by us; that is no failure of the job."""
    await _requeue(platform, job, 0.0, "handed back", job.failures)


async def _requeue(platform: Platform, job: Taken, delay: float, error: str, failures: int) -> None:
    # By the database's clock, as claims are: a worker whose own is an hour ahead must not put its jobs off for so long.
    run_at = await platform.database.fetchval(
        """update jobs set state = 'queued', error = $4, lease_until = null, run_at = now() + $3::interval, failures = $5
           where id = $1 and attempt = $2 and state = 'running' returning run_at""",
        job.id,
        job.run,
        timedelta(seconds=delay),
        error,
        failures,
    )
    if run_at:
        await platform.wake_ups.send([WakeUp(job.lane, run_at)])


def backoff(error: BaseException, failures: int) -> float:
    """Seconds to wait after so many failures: what the error asks for, doubled each time, at most five minutes."""
    base = error.retry_after if isinstance(error, AppError) and error.retry_after is not None else 1.0
    return float(min(300.0, base * 2 ** (failures - 1)))


def heals(error: BaseException) -> bool:
    """Whether trying again may help. It does with trouble of database and network; not with our own mistakes and bad photos."""
    if isinstance(error, AppError):
        return error.retry_after is not None
    return passes(error)


async def nothing() -> None:
    """For who need not be told."""


async def run_next(
    platform: Platform,
    handlers: Mapping[str, Handler[Any]],
    lane: str,
    claimed: Callable[[], Awaitable[None]] = nothing,
) -> bool:
    """Run a lane's next job to its outcome; False where there was none. ``claimed`` is called once it is ours."""
    job = await _claim_whole(platform, lane, list(handlers))
    if job is None:
        return False
    structlog.contextvars.bind_contextvars(job=str(job.id), kind=job.kind, run=job.run)
    # Every task of this run is begun below, and inherits it.
    acting.on_behalf_of(job.asked_by)
    with _traced(job):
        await _run(platform, handlers[job.kind], job, claimed)
    return True


def _traced(job: Taken) -> tracing.Span:
    """This run as a step of the trace that asked for the job; it points to the run before it."""
    asked = tracing.read(job.trace, trusted=True) if job.trace else None
    return tracing.Span(
        f"{tracing.PROCESS} {job.kind}",
        Kind.CONSUMER,
        {
            tracing.MESSAGING: "realstaging",
            tracing.OPERATION: tracing.PROCESS,
            tracing.OPERATION_TYPE: tracing.PROCESS,
            tracing.DESTINATION: job.lane,
            tracing.MESSAGE: str(job.id),
            tracing.RUN: job.run,
        },
        parent=asked,
        context=tracing.of_run(job.id, job.run, asked),
        links=[tracing.of_run(job.id, job.run - 1, asked)] if job.run > 1 else [],
    )


async def _run(platform: Platform, handler: Handler[Any], job: Taken, claimed: Callable[[], Awaitable[None]]) -> None:
    task = asyncio.ensure_future(_observed(handler, platform, job))
    keeper = asyncio.create_task(_keep(platform, job, task))
    settling: asyncio.Future[None] | None = None
    try:
        await claimed()
        await asyncio.wait({task}, timeout=LONGEST_JOB)
        settling = asyncio.ensure_future(_settle(platform, handler, job, task))
        await asyncio.shield(settling)
    except asyncio.CancelledError:
        # This process is stopping; nothing else cancels a run.
        await asyncio.shield(settling or asyncio.ensure_future(_stop(platform, job, task)))
        raise
    finally:
        await ended(keeper)


async def _stop(platform: Platform, job: Taken, task: asyncio.Future[None]) -> None:
    """End the work and hand the job back at once, unless it has just come to its end."""
    await _end(task)
    if task.done() and not task.cancelled() and task.exception() is None:
        await _insist(lambda: _finish(platform, job))
    else:
        await _insist(lambda: _hand_back(platform, job))


async def _end(task: asyncio.Future[None]) -> None:
    task.cancel()
    await asyncio.wait({task}, timeout=ENDING)


async def _observed(handler: Handler[Any], platform: Platform, job: Taken) -> None:
    began, outcome, span = time.perf_counter(), "failed", tracing.current()
    try:
        await handler.run(platform, handler.claim(job))
        outcome = "done"
    except asyncio.CancelledError:
        outcome = "stopped"
        raise
    except BaseException as error:
        if span:
            span.fail(type(error).__name__)
        raise
    finally:
        if span:
            span.attributes[tracing.OUTCOME] = outcome
        JOBS.labels(job.kind, outcome).observe(time.perf_counter() - began, span.exemplar if span else None)


async def _claim_whole(platform: Platform, lane: str, kinds: Sequence[str]) -> Taken | None:
    """Claim; a process told to stop meanwhile hands back what it may just have got."""
    claiming = asyncio.ensure_future(claim(platform, lane, kinds))
    try:
        return await asyncio.shield(claiming)
    except asyncio.CancelledError:
        job = await claiming
        if job:
            await _hand_back(platform, job)
        raise


async def _keep(platform: Platform, job: Taken, task: asyncio.Future[None]) -> None:
    while not task.done():
        await asyncio.sleep(HEARTBEAT)
        try:
            if not await _renew(platform, job):
                log.info("job.taken_away")
                await ended(task, again=ENDING)
        except Exception as error:  # noqa: BLE001 - without heartbeats another worker would run the job too
            # The database may be restarting. Work on; if it stays away, another worker takes the job and the claim decides.
            log.warning("job.heartbeat_failed", error=repr(error))


async def _settle(platform: Platform, handler: Handler[Any], job: Taken, task: asyncio.Future[None]) -> None:
    if task.done():
        if task.cancelled():
            return
        error = task.exception()
    else:
        await _end(task)
        error = TimeoutError(f"It was not done after {LONGEST_JOB:.0f} s.")
    if error is None:
        await _insist(lambda: _finish(platform, job))
    elif heals(error) and not job.last:
        delay = backoff(error, job.failures + 1)
        log.warning("job.retry", error=repr(error), delay=delay)
        await _insist(lambda: _retry(platform, job, delay, repr(error)))
    else:
        log.error("job.dead", error=repr(error), exc_info=error)
        error_tracking.caught(error, job_kind=job.kind)
        await _insist(lambda: _give_up(platform, handler, job, repr(error)))


async def _insist(write: Callable[[], Awaitable[None]]) -> None:
    """Write an outcome even when the database is just restarting; past the lease the sweep takes over."""
    for pause in (0.2, 0.5, 1.0, 2.0, None):
        try:
            return await write()
        except FAILURES as error:
            if pause is None:
                log.warning("job.outcome_unwritten", error=repr(error))
                return None
            await asyncio.sleep(pause)
    return None


async def sweep(platform: Platform, handlers: Mapping[str, Handler[Any]]) -> int:
    """Wake workers for jobs that nobody runs: wake-ups were lost on the way, or runners fell silent. Returns how many are woken.

    Then end what has no hope: jobs that silenced every runner, and jobs of kinds that nobody has known for a day.
    """
    kinds = list(handlers)
    woken = await _wake(platform, await lanes.overdue(platform.database, kinds, LOST))
    unknown = await lanes.give_up_unknown(platform.database, kinds, UNKNOWN)
    for one in unknown:
        log.error("job.unknown_kind", job=str(one.id), kind=one.kind)
    failed: list[Exception] = []
    for job in await lanes.worn_out(platform.database, kinds):
        try:
            await _give_up(platform, handlers[job.kind], job, "its worker died at every run")
        except Exception as error:  # noqa: BLE001 - one that cannot be ended keeps no other from its end
            failed.append(error)
    if failed:
        raise ExceptionGroup("Some jobs could not be given up.", failed)
    return woken


async def _wake(platform: Platform, overdue: Mapping[str, int]) -> int:
    """Ring for what waits too long and has no wake-up in the queue any more; those there will be heard."""
    woken = 0
    for lane in LANES:
        if waiting := min(overdue.get(lane, 0), MOST_WAKE_UPS):
            missing = max(0, waiting - await platform.wake_ups.unheard(lane))
            await platform.wake_ups.send([WakeUp(lane, platform.clock())] * missing)
            woken += missing
    return woken


async def replay(platform: Platform, job_id: UUID) -> bool:
    """Give a dead job a new life. Returns whether there was one. Its runs count on: files and rows carry their numbers."""
    async with transaction(platform) as work:
        row = await work.connection.fetchrow(
            """update jobs set state = 'queued', failures = 0, run_at = now(), error = null, finished_at = null
               where id = $1 and state = 'dead' returning lane, run_at, account_id, kind""",
            job_id,
        )
        if row:
            work.record(row["account_id"], Action.JOB_REPLAYED, job_id, kind=row["kind"])
    if row:
        await platform.wake_ups.send([WakeUp(row["lane"], row["run_at"])])
    return row is not None


class Dead(msgspec.Struct, frozen=True):
    """A job that was given up."""

    id: UUID
    kind: str
    run: int
    error: str | None
    finished_at: datetime
    payload: dict[str, Any]


async def dead(platform: Platform, most: int = 200) -> list[Dead]:
    """Jobs that were given up, newest first."""
    rows = await platform.database.fetch(
        """select id, kind, attempt as run, error, finished_at, payload from jobs where state = 'dead'
           order by finished_at desc limit $1""",
        most,
    )
    return structs_of(Dead, rows)
