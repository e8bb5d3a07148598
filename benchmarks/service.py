"""How long the service takes for what people do: ask for fifty stagings, open a gallery, see that something happened."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import msgspec

from benchmarks.figures import Figure, quantile
from benchmarks.stack import filled, running
from harness.service import Caller, Service
from harness.statements import counted
from realstaging.domains.billing.plans import QUOTAS
from realstaging.runtime.jobs import Claim, Handler, by_kind
from realstaging.runtime.platform import Platform
from realstaging.runtime.quotas import Resource
from realstaging.runtime.work import Event, Payload, transaction
from realstaging.worker import serve

ROUNDS = 60
# Rounds before what is counted.
WARM = 20
PHOTOS, VARIANTS = 50, 3


class Noop(Payload, frozen=True, tag="bench.noop"):
    pass


class Count(msgspec.Struct, frozen=True):
    number: int


class Counted(Event, frozen=True, tag="bench.counted"):
    data: Count


async def measure() -> list[Figure]:
    async with running() as (built, caller):
        return [
            *await job_start(built),
            *await fifty_stagings(built, caller),
            *await gallery(built, caller),
            *await event(built, caller),
        ]


async def job_start(built: Service, jobs: int = 400) -> list[Figure]:
    """From the commit of a job's row to the first line of its handler, one at a time."""
    began: asyncio.Queue[float] = asyncio.Queue()

    async def run(_platform: Platform, _job: Claim[Noop]) -> None:
        began.put_nowait(time.perf_counter())

    stop = asyncio.Event()
    handlers = by_kind(Handler(Noop, run))
    working = asyncio.create_task(serve(built.platform, handlers, {"cpu": 1, "general": 10}, stop))
    waits = []
    for number in range(jobs):
        async with transaction(built.platform) as work:
            work.enqueue(Noop())
            await work.connection.execute("select 1")
            committing = time.perf_counter()
        started = await began.get()
        if number >= WARM:
            waits.append((started - committing) * 1000)
        await asyncio.sleep(0.005)
    stop.set()
    await working
    return [
        Figure("commit → job start, p50", quantile(waits, 0.5), "ms", 5),
        Figure("commit → job start, p99", quantile(waits, 0.99), "ms", 20),
    ]


async def fifty_stagings(built: Service, caller: Caller) -> list[Figure]:
    _, photos = await filled(built, caller, 50, 0)
    took, counts = [], {}
    # None of them is worked on: as many rounds as may be under way at once, less those that are counted below.
    for _ in range(QUOTAS["free"][Resource.STAGINGS] // 50 - 2):
        began = time.perf_counter()
        await ask_for(caller, photos)
        took.append((time.perf_counter() - began) * 1000)
    for items in (5, 50):
        with counted(built) as statements:
            await ask_for(caller, photos[:items])
        counts[items] = len(statements)
    return [
        Figure("POST /stagings with 50 items, p50", quantile(took, 0.5), "ms", 60),
        Figure("statements of POST /stagings with 50 items", counts[50], "", counts[5]),
    ]


async def ask_for(caller: Caller, photos: list[Any]) -> None:
    items = [{"photo_id": photo, "room_type": "living_room", "styles": ["modern"]} for photo in photos]
    await caller.ask("POST", "stagings", 201, json={"items": items})


async def gallery(built: Service, caller: Caller) -> list[Figure]:
    project, _ = await filled(built, caller, PHOTOS, VARIANTS)
    took = []
    for number in range(ROUNDS):
        began = time.perf_counter()
        answer = await caller.ask("GET", f"projects/{project['id']}/gallery")
        if number >= WARM:
            took.append((time.perf_counter() - began) * 1000)
    assert sum(len(photo["stagings"]) for photo in answer["photos"]) == PHOTOS * VARIANTS
    return [Figure("gallery of 50 photos × 3 variants, one request, p50", quantile(took, 0.5), "ms", 15)]


async def event(built: Service, caller: Caller) -> list[Figure]:
    """From the commit of a change to its event in a browser."""
    account = (await caller.ask("GET", "me"))["account"]["id"]
    waits = []
    async with caller.session.get("events", headers={"Accept": "text/event-stream"}, timeout=None) as stream:
        await until(stream, b"event: snapshot")
        for number in range(ROUNDS * 2):
            async with transaction(built.platform) as work:
                work.publish(account, Counted(Count(number)))
                await work.connection.execute("select 1")
                committing = time.perf_counter()
            await until(stream, b'"number":%d' % number)
            waits.append((time.perf_counter() - committing) * 1000)
    return [Figure("commit → event in the browser, p50", quantile(waits, 0.5), "ms", 20)]


async def until(stream: Any, wanted: bytes) -> None:
    async for line in stream.content:
        if wanted in line:
            return
