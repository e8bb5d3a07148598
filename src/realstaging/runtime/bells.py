"""Bells: what wakes workers and browsers after a commit.

Nothing is known only to a bell. A job bell carries a job's id to a SAQ queue; an event bell carries the event to every API
process. When Valkey is away the rows wait, and the sweep rings again (decision 0003).
"""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError
from saq import Queue

from realstaging.kit.clock import utc_now

log = structlog.get_logger()

EVENTS: Final = "realstaging:events"
LANES: Final = ("cpu", "wait")
# SAQ takes a delivery back when its worker has been silent this long (seconds), and needs 5 s more to give it to another.
SILENCE: Final = 3
LONGEST_JOB: Final = 3600


class JobBell(msgspec.Struct, frozen=True):
    """One delivery of a job. The attempt is part of the key, so a retry is never mistaken for the try before it."""

    id: UUID
    lane: str
    attempt: int
    run_at: datetime
    turn: int = 0
    """Which half minute of its waiting this is. A delivery that died with its worker before the claim blocks its key until SAQ
    sweeps it, five seconds a piece; the next half minute has a key of its own."""


class EventBell(msgspec.Struct, frozen=True):
    """A committed event on its way to the browsers of one account."""

    id: int
    account_id: UUID
    kind: str
    data: msgspec.Raw


def connect(url: str) -> Redis:
    """A client whose blocking reads may wait for ever: redis-py would end them after its socket timeout."""
    return Redis.from_url(url, socket_timeout=None, socket_connect_timeout=3, health_check_interval=15)


class Bells:
    """Rings the bells of committed work."""

    def __init__(self, redis_url: str) -> None:
        self.redis = connect(redis_url)
        self.queues = {lane: Queue.from_url(redis_url, name=f"realstaging-{lane}") for lane in LANES}

    async def ring(self, jobs: Sequence[JobBell], events: Iterable[EventBell] = ()) -> None:
        """Wake workers and browsers. A failure is logged and left to the sweep: the rows are already safe."""
        try:
            async with asyncio.timeout(2):
                await asyncio.gather(self._tell(events), *(self._deliver(job) for job in jobs))
        except (RedisError, OSError, TimeoutError) as error:
            log.warning("bells.silent", error=repr(error), jobs=len(jobs))

    async def _tell(self, events: Iterable[EventBell]) -> None:
        pipeline = self.redis.pipeline(transaction=False)
        for event in events:
            pipeline.publish(EVENTS, msgspec.json.encode(event))
        await pipeline.execute()

    async def _deliver(self, job: JobBell) -> None:
        await self.queues[job.lane].enqueue(
            "run",
            key=f"{job.id}:{job.attempt}:{job.turn}",
            job_id=str(job.id),
            # SAQ looks at scheduled jobs once a second; a job that is due goes straight to the queue.
            scheduled=math.ceil(job.run_at.timestamp()) if job.run_at > utc_now() else 0,
            timeout=LONGEST_JOB,
            heartbeat=SILENCE,
            retries=5,
            ttl=1,
        )

    async def close(self) -> None:
        """Let go of Valkey; that it is away keeps no process from closing its other parts."""
        for queue in self.queues.values():
            with contextlib.suppress(RedisError, OSError):
                await queue.disconnect()
        await self.redis.aclose()
