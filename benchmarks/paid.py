"""The paid engine against Replicate's stand-in: fifty at once, how soon a result is told, what five hundred in flight take."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import msgspec
import psutil

from benchmarks.figures import Figure, quantile
from benchmarks.processes import resident
from benchmarks.stack import examined_beforehand, filled, servers
from harness.paid import Paid, drawn, house
from harness.service import room
from harness.statements import counted
from realstaging.domains.staging.deliverables import Labels, deliver
from realstaging.engines.replicate import models, padding
from realstaging.engines.replicate.abilities import abilities
from realstaging.engines.replicate.asking import Timing
from realstaging.engines.replicate.outputs import picture_of
from realstaging.fidelity.assurance import assure, overlay_of
from realstaging.fidelity.report import Operation
from realstaging.runtime.processes import RESTED
from realstaging.sandbox.replicate import pictures
from realstaging.sandbox.replicate.predictions import Conduct
from realstaging.wiring import Pools

SECONDS = 9.0
IN_FLIGHT = 500
# A process of its own: one that was forked would share memory with this one.
WORKER = "import sys; from harness import doomed_paid; doomed_paid.run(sys.stdin.buffer.read(), '-')"


async def measure() -> list[Figure]:
    with examined_beforehand() as shared:
        return [
            await fifty("paid engine: 50 stagings of 9 s each, all ready, one worker", 10.5, shared),
            await fifty("paid engine: the same 50 with gate and composite"),
            await one_by_one(
                "paid engine: prediction ended → browser event besides gate and composite, p50", 150, shared
            ),
            await one_by_one("paid engine: prediction ended → browser event with gate and composite, p50"),
            *await asking(),
            *steps(),
            *await five_hundred(),
            *await after_batches(),
        ]


@asynccontextmanager
async def paid_house(seconds: float, shared: Pools | None = None) -> AsyncIterator[Paid]:
    conduct = Conduct(run_median=seconds, run_sigma=0.0, picture=drawn())
    async with (
        servers() as (database_url, redis_url, folder),
        house(folder, database_url, redis_url, conduct, shared=shared, timing=Timing()) as paid,
    ):
        await paid.credit(1_000)
        yield paid


async def fifty(name: str, most: float | None = None, shared: Pools | None = None) -> Figure:
    async with paid_house(SECONDS, shared) as paid:
        _, photos = await filled(paid.service, paid.ada, 50, 0)
        async with paid.working(waiting=200):
            await warm(paid, photos[0])
            began = time.perf_counter()
            await request(paid, photos)
            await paid.quiet(120)
            took = time.perf_counter() - began
        await all_ready(paid)
    return Figure(name, took, "s", most, waits=SECONDS)


async def one_by_one(name: str, most: float | None = None, shared: Pools | None = None) -> Figure:
    """From the end of a prediction to the committed event."""
    async with paid_house(1.0, shared) as paid:
        _, photos = await filled(paid.service, paid.ada, 1, 0)
        async with paid.working():
            await warm(paid, photos[0])
            paid.sandbox.predictions.clear()
            for _ in range(10):
                await request(paid, photos)
                await paid.quiet(30)
        await all_ready(paid)
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
    return Figure(name, quantile(waits, 0.5), "ms", most)


async def asking() -> list[Figure]:
    """Fifty stagings asked for in one request, each with its own hold in the ledger. No worker takes them."""
    async with paid_house(SECONDS) as paid:
        _, photos = await filled(paid.service, paid.ada, 50, 0)
        took, counts = [], {}
        for items in (50, 5, *[50] * 9):
            began = time.perf_counter()
            with counted(paid.service) as statements:
                await request(paid, photos[:items])
            took.append((time.perf_counter() - began) * 1000)
            counts[items] = len(statements)
    return [
        Figure("paid engine: POST /stagings with 50 items, p50", quantile(took[2:], 0.5), "ms", 60),
        Figure("paid engine: statements of POST /stagings with 50 items", counts[50], "", counts[5]),
    ]


async def all_ready(paid: Paid) -> None:
    """A figure of stagings that failed, or took two tries, would say nothing."""
    rows = await paid.database.fetch("select state, error_message from stagings where state <> 'ready'")
    if rows:
        raise RuntimeError(f"{len(rows)} stagings did not end as they should: {rows[0]}")


@asynccontextmanager
async def own_worker(paid: Paid) -> AsyncIterator[psutil.Process]:
    """A worker in a process of its own."""
    worker = await asyncio.create_subprocess_exec(sys.executable, "-c", WORKER, stdin=asyncio.subprocess.PIPE)
    assert worker.stdin
    worker.stdin.write(msgspec.json.encode(paid.service.settings))
    worker.stdin.close()
    try:
        yield psutil.Process(worker.pid)
    finally:
        worker.kill()
        await worker.wait()


async def after_batches() -> list[Figure]:
    """What is left of memory once two batches are done and everybody rests; what each of their stagings took of the processors."""
    async with paid_house(2.0) as paid:
        _, photos = await filled(paid.service, paid.ada, 50, 0)
        async with own_worker(paid) as worker:
            for _ in range(2):
                await request(paid, photos)
                await paid.quiet(240)
            processes = [worker, *worker.children(recursive=True)]
            processor = sum(sum(one.cpu_times()[:2]) for one in processes) / (2 * len(photos))
            await asyncio.sleep(RESTED + 5)
            left = sum(one.memory_full_info().pss for one in [worker, *worker.children(recursive=True)]) / 2**20
    return [
        Figure("paid engine: worker after two batches of 50, PSS of all its processes", left, "MB", 300),
        Figure("paid engine: processor time of a worker for each of 100 stagings of 450 x 300", processor, "s"),
    ]


async def five_hundred() -> list[Figure]:
    async with paid_house(60.0) as paid:
        _, photos = await filled(paid.service, paid.ada, IN_FLIGHT, 0)
        async with own_worker(paid) as worker:
            for start in range(0, IN_FLIGHT, 50):
                await request(paid, photos[start : start + 50])
            async with asyncio.timeout(120):
                while len(paid.sandbox.predictions) < IN_FLIGHT:  # noqa: ASYNC110 - the stand-in does not tell
                    await asyncio.sleep(0.1)
            taken = resident(worker.pid)
    return [Figure(f"paid engine: worker with {IN_FLIGHT} stagings in flight, resident", taken, "MB", 350)]


async def warm(paid: Paid, photo: Any) -> None:
    """A few stagings before the clock starts: every process for pixels is up, the webhook's secret is known."""
    await asyncio.sleep(1)
    await request(paid, [photo] * 4)
    await paid.quiet(60)


async def request(paid: Paid, photos: list[Any]) -> None:
    items = [
        {"photo_id": photo, "room_type": "living_room", "styles": ["modern"], "engine": "replicate"} for photo in photos
    ]
    await paid.ada.ask("POST", "stagings", 201, json={"items": items})


def steps() -> list[Figure]:
    """What a model's picture of 1 MP goes through on its way to a published one of the photo's 3 MP, one step after another."""
    photo_bytes = room(2048, 1365)
    answer = pictures.stage(photo_bytes, pictures.FAITHFUL, "webp", 1)
    model = models.find("qwen/qwen-image-edit-plus")
    with tempfile.TemporaryDirectory() as name:
        photo, staged, master = (Path(name) / file for file in ("photo.jpg", "staged.png", "master.png"))
        photo.write_bytes(photo_bytes)
        took: dict[str, list[float]] = {"prepare the photo": [], "gate and composite": [], "encode the files": []}
        for _ in range(3):
            with _timed(took["prepare the photo"]):
                _, frame = padding.prepare(photo, model.size, None)
            padding.cut_back(picture_of(answer), frame, staged)
            with _timed(took["gate and composite"]):
                assure(photo, staged, master, Operation.STAGE, own_pixels=False)
            with _timed(took["encode the files"]):
                deliver(photo, master, overlay_of(master), Labels(abilities().source_type, ""))
    return [Figure(f"paid engine, 3 MP photo: {step}", min(seconds), "s") for step, seconds in took.items()]


@contextmanager
def _timed(into: list[float]) -> Iterator[None]:
    began = time.perf_counter()
    yield
    into.append(time.perf_counter() - began)
