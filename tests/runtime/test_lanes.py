"""Workers on their lanes: what they hear, and whose job is next."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace

from realstaging.runtime.bells import Bells
from realstaging.runtime.jobs import Handler
from realstaging.runtime.work import transaction
from realstaging.worker import serve
from tests.runtime.mute import network


@asynccontextmanager
async def working(platform, handlers, **places):
    stop = asyncio.Event()
    task = asyncio.create_task(serve(platform, handlers, places, stop))
    try:
        yield
    finally:
        stop.set()
        await task


async def test_a_worker_whose_connections_went_silent_hears_again(platform, redis_url):
    ran = asyncio.Queue()

    async def note(_, job):
        ran.put_nowait(job.payload["number"])

    async def enqueue(number):
        async with transaction(platform) as work:
            work.enqueue("note", {"number": number}, lane="wait")

    async with network(redis_url) as (between, url):
        bells = Bells(url, patience=0.3)
        async with working(replace(platform, bells=bells), {"note": Handler(note)}, wait=2), asyncio.timeout(15):
            await enqueue(1)
            assert await ran.get() == 1
            between.silence()
            # Both places hear again, so that no wake-up is lost and none is left to the sweep.
            await between.asked(b"BLMOVE", 2)
            for number in (2, 3):
                await enqueue(number)
            assert {await ran.get(), await ran.get()} == {2, 3}
        await bells.close()
