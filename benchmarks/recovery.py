"""How long a staging waits for another worker when its own is killed by ``kill -9``."""

from __future__ import annotations

import time

import msgspec

from benchmarks.figures import Figure
from benchmarks.stack import running
from harness import doomed
from harness.killing import killed

STEP = "photo fetched, engine not started"
ROUNDS = 3


async def measure() -> list[Figure]:
    waits = []
    async with running() as (built, caller):
        project = await caller.project()
        for _ in range(ROUNDS):
            photo = await caller.photo(project)
            [staging] = await caller.stage(photo)
            await killed(doomed.run, msgspec.json.encode(built.settings), STEP)
            began = time.perf_counter()
            async with built.working():
                await caller.until(staging, "ready")
                waits.append(time.perf_counter() - began)
    return [Figure("kill -9 of the worker → ready on another, worst of 3", max(waits), "s", 10)]
