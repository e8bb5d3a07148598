"""Fifty photos at once through an engine that waits for others nine seconds each, on one worker."""

from __future__ import annotations

import asyncio
import time
from uuid import UUID

from benchmarks.figures import Figure
from benchmarks.stack import WaitingEngine, examined_beforehand, filled, running
from harness.service import Caller, Service
from realstaging.domains.billing import service as billing
from realstaging.runtime.work import transaction
from realstaging.wiring import Pools
from realstaging.wiring.jobs import HANDLERS
from realstaging.worker import places, serve

SECONDS = 9.0


async def measure() -> list[Figure]:
    with examined_beforehand() as shared:
        return [await fifty(shared)]


async def fifty(shared: Pools) -> Figure:
    async with running(shared) as (built, caller):
        built.platform.engines["replicate"] = WaitingEngine(SECONDS)
        project, photos = await filled(built, caller, 50, 0)
        await given_money(built, caller)
        stop = asyncio.Event()
        working = asyncio.create_task(serve(built.platform, HANDLERS, places(built.settings), stop))
        await asyncio.sleep(1)
        began = time.perf_counter()
        items = [
            {"photo_id": photo, "room_type": "living_room", "styles": ["modern"], "engine": "replicate"}
            for photo in photos
        ]
        await caller.ask("POST", "stagings", 201, json={"items": items})
        counting = "select count(*) from stagings where state = 'ready' and project_id = $1"
        while await built.platform.database.fetchval(counting, project["id"]) < len(photos):  # noqa: ASYNC110 - the truth is in the rows
            await asyncio.sleep(0.05)
        took = time.perf_counter() - began
        stop.set()
        await working
    return Figure("50 stagings of 9 s each, all ready, one worker", took, "s", 12, waits=9.0)


async def given_money(built: Service, caller: Caller) -> None:
    """Enough for every staging to be paid for."""
    account = (await caller.ask("GET", "me"))["account"]["id"]
    async with transaction(built.platform) as work:
        await billing.grant(work, UUID(account), 1_000_000_000, "benchmark", "for a measurement")
