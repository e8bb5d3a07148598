"""What wakes workers and tells browsers after a commit.

Nothing is known only to a message. A wake-up in a lane's SAQ queue says that the lane has work; an event's message carries it to
every API process. When Valkey is away the rows wait, and the sweep wakes again (decisions 1 and 64).
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import random
import socket
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError
from saq.job import Job, Status
from saq.queue.redis import RedisQueue
from saq.utils import now as milliseconds

from realstaging.kit.clock import utc_now
from realstaging.runtime.valkey import client

log = structlog.get_logger()

EVENTS: Final = "realstaging:events"
LANES: Final = ("cpu", "wait", "general", "packing", "spare", "webhooks")
# SAQ forgets a wake-up whose worker died between hearing it and its claim, after so many seconds; the sweep wakes another.
SILENCE: Final = 3
# Seconds that a worker waits for a delivery before it asks again, and that any other answer of Valkey may take.
PATIENCE: Final = 5.0
# Seconds more for the answer of a read that may last PATIENCE.
ANSWER: Final = 3.0
# Seconds before a worker's place asks again when Valkey did not answer.
PAUSE: Final = 1.0
# Places of a lane that ask for the next wake-up at once. An answer takes a millisecond, so that four hand out thousands a second.
ASKING: Final = 4


class WakeUp(msgspec.Struct, frozen=True):
    """Says that a lane has work, for a place that is free then; which work, the rows say. Not before ``run_at``."""

    lane: str
    run_at: datetime


class EventMessage(msgspec.Struct, frozen=True):
    """A committed event on its way to the browsers of one account.

    ``previous`` is the id of the account's event before it, 0 before the first: messages of commits at the same moment may come in
    either order, and one may be lost, so that a browser's place tells from it whether anything is missing in between.
    """

    id: int
    account_id: UUID
    kind: str
    data: msgspec.Raw
    previous: int = 0
    trace: str | None = None
    """The step that told it, as a traceparent."""


def connect(url: str, *, patience: float) -> Redis:
    """A client that waits at most ``patience`` seconds for an answer: a connection dropped without a word answers nothing.

    The kernel asks too, where it can, so that a connection on which nothing is awaited does not stay for ever (RFC 9293 §3.8.4).
    """
    probes = {"TCP_KEEPIDLE": 15, "TCP_KEEPINTVL": 5, "TCP_KEEPCNT": 3}
    return client(
        url,
        patience=patience,
        socket_keepalive=True,
        socket_keepalive_options={
            getattr(socket, name): value for name, value in probes.items() if hasattr(socket, name)
        },
        health_check_interval=15,
    )


class LaneQueue(RedisQueue):
    """A lane's queue. Of a worker's places only some ask Valkey for the next wake-up, and the others wait for their turn in this process:
    each question that waits for its answer has a connection of its own, and a hosted Valkey takes 250.

    SAQ's places ask again at once when a question failed: not while Valkey is away.
    """

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._turns = asyncio.Semaphore(ASKING)

    async def wake(self, run_ats: Sequence[datetime]) -> None:
        """A wake-up for each of these moments, all in one round trip: what SAQ's own ``enqueue`` writes, one call for each."""
        now = utc_now()
        # SAQ looks at scheduled jobs once a second; a job that is due goes straight to the queue.
        jobs = [self._wake_up(math.ceil(at.timestamp()) if at > now else 0) for at in run_ats]
        due = [job.id for job in jobs if not job.scheduled]
        pipeline = self.redis.pipeline(transaction=True)
        pipeline.mset({job.id: self.serialize(job) for job in jobs})
        pipeline.zadd(self.namespace("incomplete"), {job.id: job.scheduled for job in jobs})
        if due:
            pipeline.rpush(self.namespace("queued"), *due)
        await pipeline.execute()

    def _wake_up(self, scheduled: int) -> Job:
        # Each has a key of its own (SAQ's default): one for each job, so that as many places are woken as there are jobs.
        job = Job(
            "wake",
            queue=self,
            scheduled=scheduled,
            timeout=0,
            heartbeat=SILENCE,
            retries=1,
            # SAQ may be looking at it at this very moment, and asks once more.
            ttl=1,
        )
        job.queued, job.status = milliseconds(), Status.QUEUED
        return job

    async def dequeue(self, timeout: float = 0.0, poll_interval: float = 0.0) -> Job | None:
        async with self._turns:
            try:
                return await super().dequeue(timeout, poll_interval)
            except (RedisError, OSError) as error:
                log.warning("wake_ups.not_heard", queue=self.name, error=repr(error))
                await asyncio.sleep(random.uniform(0.5, 1) * PAUSE)
                return None


class WakeUps:
    """Wakes and tells for committed work. ``patience`` in seconds, as PATIENCE."""

    def __init__(self, redis_url: str, patience: float = PATIENCE) -> None:
        self.patience = patience
        self.redis = connect(redis_url, patience=patience)
        # A worker's read lasts up to ``patience`` without there being anything wrong; the answer is then "nothing".
        self.queues = {
            lane: LaneQueue(connect(redis_url, patience=patience + ANSWER), name=f"realstaging-wake-{lane}")
            for lane in LANES
        }

    async def send(self, jobs: Sequence[WakeUp], events: Iterable[EventMessage] = ()) -> None:
        """Wake workers and browsers. A failure is logged and left to the sweep: the rows are already safe."""
        try:
            async with asyncio.timeout(2):
                lanes = {lane: [job.run_at for job in jobs if job.lane == lane] for lane in {job.lane for job in jobs}}
                queues = [(self.queues[lane], run_ats) for lane, run_ats in lanes.items()]
                await asyncio.gather(self._tell(events), *(queue.wake(run_ats) for queue, run_ats in queues))
        except (RedisError, OSError, TimeoutError) as error:
            log.warning("wake_ups.silent", error=repr(error), jobs=len(jobs))
        except Exception:
            # Ours, and no reason to tell somebody that what was committed had failed.
            log.exception("wake_ups.mistaken", jobs=len(jobs))

    async def _tell(self, events: Iterable[EventMessage]) -> None:
        pipeline = self.redis.pipeline(transaction=False)
        for event in events:
            pipeline.publish(EVENTS, msgspec.json.encode(event))
        await pipeline.execute()

    async def unheard(self, lane: str) -> int:
        """How many wake-ups of the lane no worker has heard yet; 0 where Valkey does not answer."""
        try:
            async with asyncio.timeout(2):
                return await self.queues[lane].count("queued")
        except (RedisError, OSError, TimeoutError) as error:
            log.warning("wake_ups.silent", error=repr(error))
            return 0

    async def close(self) -> None:
        """Let go of Valkey; that it is away keeps no process from closing its other parts."""
        for queue in self.queues.values():
            with contextlib.suppress(RedisError, OSError):
                await queue.disconnect()
        await self.redis.aclose()
