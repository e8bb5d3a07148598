"""Running jobs: claim the row, keep its lease, do the work, write the outcome.

A job's row is the truth. A delivery may come twice, late or never: the claim is a compare-and-set, so one worker runs it, and
the sweep rings for rows nobody runs. A job whose row was taken away (cancelled, or claimed anew after a silence) is stopped at
its next heartbeat.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import asyncpg
import msgspec
import structlog

from realstaging.kit.errors import AppError
from realstaging.runtime.bells import JobBell
from realstaging.runtime.database import FAILURES, passes
from realstaging.runtime.platform import Platform
from realstaging.runtime.telemetry import JOBS, span
from realstaging.runtime.work import Work, transaction

log = structlog.get_logger()

LEASE: Final = timedelta(seconds=4)
HEARTBEAT: Final = 1.0
MOST_ATTEMPTS: Final = 5
# A bell that should have led to a claim by now has been lost.
LOST_BELL: Final = timedelta(seconds=8)


class Claim(msgspec.Struct, frozen=True):
    """A job this process may run, and the number of its attempt (1 is the first)."""

    id: UUID
    kind: str
    lane: str
    payload: dict[str, Any]
    attempt: int

    @property
    def last(self) -> bool:
        """Whether a failure now is final."""
        return self.attempt >= MOST_ATTEMPTS


Run = Callable[[Platform, Claim], Awaitable[None]]
Bury = Callable[[Work, Claim, str], Awaitable[None]]


class Handler(msgspec.Struct, frozen=True):
    """How a kind of job is run, and what to write when it is given up (in the transaction that gives it up)."""

    run: Run
    bury: Bury | None = None


async def claim(platform: Platform, job_id: UUID) -> Claim | None:
    """Take the job, if it waits or its runner has fallen silent."""
    row = await platform.database.fetchrow(
        """update jobs set state = 'running', attempt = attempt + 1, lease_until = now() + $2, error = null
           where id = $1 and ((state = 'queued' and run_at <= now() + interval '1 second') or (state = 'running' and lease_until < now()))
           returning id, kind, lane, payload, attempt""",
        job_id,
        LEASE,
    )
    return Claim(**row) if row else None


async def _renew(platform: Platform, job: Claim) -> bool:
    row = await platform.database.fetchval(
        "update jobs set lease_until = now() + $3 where id = $1 and attempt = $2 and state = 'running' returning true",
        job.id,
        job.attempt,
        LEASE,
    )
    return bool(row)


async def _finish(platform: Platform, job: Claim) -> None:
    await platform.database.execute(
        """update jobs set state = 'done', lease_until = null, finished_at = now()
           where id = $1 and attempt = $2 and state = 'running'""",
        job.id,
        job.attempt,
    )


class _TakenAway(Exception):
    """The row is another runner's by now: nothing of this one's outcome is written."""


async def _give_up(platform: Platform, handler: Handler, job: Claim, error: str) -> None:
    with contextlib.suppress(_TakenAway):
        async with transaction(platform) as work:
            # What the job was for before its row: one lock order (decision 62).
            if handler.bury:
                await handler.bury(work, job, error)
            ours = await work.connection.fetchval(
                """update jobs set state = 'dead', error = $3, lease_until = null, finished_at = now()
                   where id = $1 and attempt = $2 and state = 'running' returning true""",
                job.id,
                job.attempt,
                error,
            )
            if not ours:
                raise _TakenAway


async def _retry(platform: Platform, job: Claim, delay: float, error: str) -> None:
    run_at = platform.clock() + timedelta(seconds=delay)
    row = await platform.database.fetchval(
        """update jobs set state = 'queued', error = $4, lease_until = null, run_at = $3, rung_at = $3
           where id = $1 and attempt = $2 and state = 'running' returning true""",
        job.id,
        job.attempt,
        run_at,
        error,
    )
    if row:
        await platform.bells.ring([JobBell(job.id, job.lane, job.attempt, run_at)])


def backoff(error: BaseException, attempt: int) -> float:
    """Seconds to wait before the next attempt: what the error asks for, doubled each time, at most five minutes."""
    base = error.retry_after if isinstance(error, AppError) and error.retry_after is not None else 1.0
    return float(min(300.0, base * 2 ** (attempt - 1)))


def heals(error: BaseException) -> bool:
    """Whether trying again may help. It does with trouble of database and network; not with our own mistakes and bad photos."""
    if isinstance(error, AppError):
        return error.retry_after is not None
    return passes(error)


async def run(
    platform: Platform, handlers: Mapping[str, Handler], job_id: UUID, alive: Callable[[], Awaitable[None]]
) -> None:
    """Run one delivered job to its outcome. ``alive`` is called at every heartbeat."""
    job = await _claim_whole(platform, job_id)
    if job is None:
        return
    structlog.contextvars.bind_contextvars(job=str(job.id), kind=job.kind, attempt=job.attempt)
    handler = handlers[job.kind]
    task = asyncio.ensure_future(_observed(handler, platform, job))
    keeper = asyncio.create_task(_keep(platform, job, task, alive))
    try:
        await asyncio.shield(asyncio.wait({task}))
        await _settle(platform, handler, job, task)
    except asyncio.CancelledError:
        # The process is stopping: end the work, hand the job back at once.
        task.cancel()
        await asyncio.wait({task}, timeout=5)
        await asyncio.shield(_retry(platform, job, 0.0, "handed back"))
        raise
    finally:
        keeper.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeper


async def _observed(handler: Handler, platform: Platform, job: Claim) -> None:
    began, outcome = time.perf_counter(), "failed"
    try:
        with span(f"job {job.kind}", job=str(job.id), attempt=job.attempt):
            await handler.run(platform, job)
        outcome = "done"
    except asyncio.CancelledError:
        outcome = "stopped"
        raise
    finally:
        JOBS.labels(job.kind, outcome).observe(time.perf_counter() - began)


async def _claim_whole(platform: Platform, job_id: UUID) -> Claim | None:
    """Claim; a process told to stop meanwhile hands back what it may just have got."""
    claiming = asyncio.ensure_future(claim(platform, job_id))
    try:
        return await asyncio.shield(claiming)
    except asyncio.CancelledError:
        job = await claiming
        if job:
            await _retry(platform, job, 0.0, "handed back")
        raise


async def _keep(
    platform: Platform, job: Claim, task: asyncio.Future[None], alive: Callable[[], Awaitable[None]]
) -> None:
    while not task.done():
        await asyncio.sleep(HEARTBEAT)
        try:
            if not await _renew(platform, job):
                log.info("job.taken_away")
                task.cancel()
                return
            await alive()
        except FAILURES as error:
            # The database may be restarting. Work on; if it stays away, another worker takes the job and the claim decides.
            log.warning("job.heartbeat_failed", error=repr(error))


async def _settle(platform: Platform, handler: Handler, job: Claim, task: asyncio.Future[None]) -> None:
    if task.cancelled():
        return
    error = task.exception()
    if error is None:
        await _insist(lambda: _finish(platform, job))
    elif heals(error) and not job.last:
        delay = backoff(error, job.attempt)
        log.warning("job.retry", error=repr(error), delay=delay)
        await _insist(lambda: _retry(platform, job, delay, repr(error)))
    else:
        log.error("job.dead", error=repr(error), exc_info=error)
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


async def sweep(platform: Platform, handlers: Mapping[str, Handler]) -> int:
    """Ring for every job nobody runs: bells lost on the way, and runners fallen silent. Returns how many."""
    worn_out = await platform.database.fetch(
        """select id, kind, lane, payload, attempt from jobs
           where state = 'running' and lease_until < now() and attempt >= $1""",
        MOST_ATTEMPTS,
    )
    for row in worn_out:
        job = Claim(**row)
        await _give_up(platform, handlers[job.kind], job, "its worker died at every attempt")
    rows = await platform.database.fetch(
        """update jobs set rung_at = now()
           where (state = 'queued' and run_at <= now() and rung_at < now() - $1::interval)
              or (state = 'running' and lease_until < now())
           returning id, lane, attempt, run_at, (extract(epoch from now() - run_at) / 30)::int as turn""",
        LOST_BELL,
    )
    await platform.bells.ring([JobBell(**row) for row in rows])
    return len(rows) + len(worn_out)


async def replay(platform: Platform, job_id: UUID) -> bool:
    """Give a dead job a new life. Returns whether there was one."""
    row = await platform.database.fetchrow(
        """update jobs set state = 'queued', attempt = 0, run_at = now(), rung_at = now(), error = null, finished_at = null
           where id = $1 and state = 'dead' returning id, lane, run_at""",
        job_id,
    )
    if row:
        await platform.bells.ring([JobBell(row["id"], row["lane"], 0, row["run_at"])])
    return row is not None


async def dead(platform: Platform, most: int = 200) -> list[asyncpg.Record]:
    """Jobs that were given up, newest first: id, kind, attempt, error, finished_at, payload."""
    return await platform.database.fetch(
        """select id, kind, attempt, error, finished_at, payload from jobs where state = 'dead'
           order by finished_at desc limit $1""",
        most,
    )
