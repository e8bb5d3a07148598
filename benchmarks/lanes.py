"""Whose job is next: one account with 550 renders queued, and a claim with ten thousand jobs waiting."""

from __future__ import annotations

import asyncio
import time
from uuid import UUID

from benchmarks.figures import Figure, quantile
from benchmarks.stack import running
from harness.service import Service
from realstaging.kit.ids import new_id
from realstaging.runtime import lanes
from realstaging.runtime.jobs import Claim, Handler, by_kind
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import Payload, transaction
from realstaging.worker import serve

QUEUED = 550
KIND = "bench.render"
ROUNDS = 300


class Render(Payload, frozen=True, tag=KIND):
    pass


async def measure() -> list[Figure]:
    async with running() as (built, _):
        return [await fairness(built), *await claims(built)]


async def fairness(built: Service) -> Figure:
    """How many of the first account's renders start between a second account's request and its photo, one place."""
    started: asyncio.Queue[UUID] = asyncio.Queue()

    async def render(_platform: Platform, job: Claim[Render]) -> None:
        started.put_nowait(job.id)
        await asyncio.sleep(0.02)

    await queue(built, new_id(), QUEUED)
    stop = asyncio.Event()
    working = asyncio.create_task(serve(built.platform, by_kind(Handler(Render, render)), {"cpu": 1}, stop))
    for _ in range(5):
        await started.get()
    before = started.qsize()
    [second] = await queue(built, new_id(), 1)
    behind = -before - started.qsize()
    while await started.get() != second:
        behind += 1
    stop.set()
    await working
    return Figure("renders started before a second account's photo, 550 queued", max(0, behind), "", 0)


async def queue(built: Service, account_id: UUID, number: int) -> list[UUID]:
    async with transaction(built.platform) as work:
        return [work.enqueue(Render(), lane="cpu", account_id=account_id) for _ in range(number)]


async def claims(built: Service) -> list[Figure]:
    """10,000 jobs of twenty accounts wait, 300 run, 200,000 are done."""
    database = built.platform.database
    await database.execute("delete from jobs")
    await database.execute(
        """insert into jobs (id, kind, lane, payload, state, account_id, run_at, lease_until, finished_at)
           select gen_random_uuid(), $1, 'cpu', '{}', state, md5((n % 20)::text)::uuid, now() - n * interval '1 ms',
             case when state = 'running' then now() + interval '1 hour' end, case when state = 'done' then now() end
           from (select n, case when n <= 200000 then 'done' when n <= 200300 then 'running' else 'queued' end as state
                 from generate_series(1, 210300) as n) as given""",
        KIND,
    )
    await database.execute("vacuum analyze jobs")
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        assert await lanes.claim(database, "cpu", [KIND])
        took.append((time.perf_counter() - began) * 1000)
    return [
        Figure("claim with 10,000 jobs waiting and 300 running, p50", quantile(took, 0.5), "ms", 5),
        Figure("claim with 10,000 jobs waiting and 300 running, p99", quantile(took, 0.99), "ms", 20),
    ]
