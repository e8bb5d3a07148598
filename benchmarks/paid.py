"""The paid engine against Replicate's stand-in: fifty at once, how soon a result is told, what five hundred in flight take."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec

from benchmarks.figures import Figure, quantile
from benchmarks.processes import resident
from benchmarks.stack import filled, servers
from realstaging.sandbox.replicate.predictions import Conduct
from tests.faults.paid import Paid, house

SECONDS = 9.0
IN_FLIGHT = 500


async def measure() -> list[Figure]:
    return [*await fifty(), *await one_by_one(), *await five_hundred()]


@asynccontextmanager
async def paid_house(seconds: float) -> AsyncIterator[Paid]:
    conduct = Conduct(run_median=seconds, run_sigma=0.0)
    async with servers() as (database_url, redis_url, folder), house(folder, database_url, redis_url, conduct) as paid:
        await paid.credit(1_000)
        yield paid


async def fifty() -> list[Figure]:
    async with paid_house(SECONDS) as paid:
        _, photos = await filled(paid.service, paid.ada, 50, 0)
        async with paid.working(places=200):
            await warm(paid, photos[0])
            began = time.perf_counter()
            await request(paid, photos)
            await paid.settled(120)
            took = time.perf_counter() - began
    return [Figure("50 stagings of 9 s each by the paid engine, all ready, one worker", took, "s", 10.5)]


async def one_by_one() -> list[Figure]:
    """From the end of a prediction to the committed event; download, gate and encoding are in it."""
    async with paid_house(1.0) as paid:
        _, photos = await filled(paid.service, paid.ada, 1, 0)
        async with paid.working():
            await warm(paid, photos[0])
            paid.sandbox.predictions.clear()
            for _ in range(10):
                await request(paid, photos)
                await paid.settled(30)
        rows = await paid.database.fetch(
            """select prediction_id, events.created_at from attempts join events
                 on kind = 'staging.changed' and data ->> 'id' = staging_id::text and data ->> 'state' = 'ready'"""
        )
        ended = {one.id: one.completed_at for one in paid.sandbox.predictions.values()}
        waits = [
            (row["created_at"] - ended[row["prediction_id"]]).total_seconds() * 1000
            for row in rows
            if row["prediction_id"] in ended
        ]
    return [
        Figure("prediction ended to browser event, with download, gate and encoding, p50", quantile(waits, 0.5), "ms")
    ]


async def five_hundred() -> list[Figure]:
    async with paid_house(60.0) as paid:
        _, photos = await filled(paid.service, paid.ada, IN_FLIGHT, 0)
        settings = paid.service.settings.storage_url.removeprefix("file://") + ".json"
        with open(settings, "wb") as file:  # noqa: PTH123, ASYNC230 - a few bytes
            file.write(msgspec.json.encode(paid.service.settings))
        worker = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.faults.doomed_paid", settings, "-")
        try:
            for start in range(0, IN_FLIGHT, 50):
                await request(paid, photos[start : start + 50])
            async with asyncio.timeout(120):
                while len(paid.sandbox.predictions) < IN_FLIGHT:  # noqa: ASYNC110 - the stand-in does not tell
                    await asyncio.sleep(0.1)
            taken = resident(worker.pid)
        finally:
            worker.kill()
            await worker.wait()
    return [Figure(f"worker with {IN_FLIGHT} paid stagings in flight, resident", taken, "MB", 350)]


async def warm(paid: Paid, photo: Any) -> None:
    """One staging before the clock starts: the process for pixels is up, the webhook's secret is known."""
    await asyncio.sleep(1)
    await request(paid, [photo])
    await paid.settled(60)


async def request(paid: Paid, photos: list[Any]) -> None:
    items = [
        {"photo_id": photo, "room_type": "living_room", "styles": ["modern"], "engine": "replicate"} for photo in photos
    ]
    await paid.ada.ask("POST", "stagings", 201, json={"items": items})
