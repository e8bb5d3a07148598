"""What the two processes take of memory when they have nothing to do."""

from __future__ import annotations

import asyncio

from benchmarks.figures import Figure
from benchmarks.processes import process, ready, resident, settings


async def measure() -> list[Figure]:
    async with settings() as (chosen, _):
        with process("api", chosen) as api, process("worker", chosen) as worker:
            await ready(chosen)
            await asyncio.sleep(3)
            return [
                Figure("API process, resident", resident(api.pid), "MB", 120),
                Figure("worker process without an engine, resident", resident(worker.pid), "MB", 120),
            ]
