"""What takes long keeps from nothing that is short (decision 125)."""

import asyncio

import pytest

from harness.paid import house
from realstaging.domains.attempts.service import request_key_of
from realstaging.engines.attempts import Attempt, Crowded, NewAttempt
from realstaging.runtime.wake_ups import LANES
from realstaging.sandbox.replicate.predictions import Conduct
from realstaging.settings import Settings
from realstaging.worker import places
from tests.domains.files.test_check import made_ready


def test_a_worker_has_places_for_each_lane():
    assert set(places(Settings())) == set(LANES)


async def test_a_photo_is_freed_while_what_waits_for_a_model_has_every_place(tmp_path, database_url, redis_url):
    async with house(tmp_path, database_url, redis_url, Conduct(run_median=300)) as paid, paid.working(waiting=1):
        photo, deleted = await paid.photo(), await paid.photo()
        for _ in range(2):
            await paid.ada.stage(photo, engine="replicate")
        await until(paid, "select count(*) = 1 from attempts where sent_at is not null")
        await paid.ada.ask("DELETE", f"photos/{deleted['id']}", 204)
        await until(paid, "select bool_and(state = 'done') from jobs where kind = 'staging.free_photos'")
        states = await paid.database.fetch("select state from stagings order by state")
        assert [row["state"] for row in states] == ["queued", "running"]


async def test_who_waits_for_a_turn_waits_for_no_lock(tmp_path, database_url, redis_url):
    """Hundreds may ask every few seconds: the account's money and the day are others' meanwhile."""
    async with house(tmp_path, database_url, redis_url, more={"unpaid_day_percent": 5}) as paid:
        photo = await paid.photo()
        for _ in range(2):
            await paid.ada.stage(photo, engine="replicate")
        rows = await paid.database.fetch("update stagings set state = 'running' returning id, job_id")
        first, second = [request_key_of(row["id"], row["job_id"]) for row in rows]
        attempts, new = (
            paid.service.platform.engines["replicate"]._attempts,
            NewAttempt("m", None, 1, "1", 40_000, 120_000),
        )
        assert isinstance(await attempts.open(first, 1, new), Attempt)
        async with paid.database.acquire() as connection, connection.transaction():
            await connection.execute("select 1 from ledger_accounts for update")
            await connection.execute("select 1 from unpaid_days for update")
            with pytest.raises(Crowded):
                await attempts.open(second, 1, new)


async def until(paid, question):
    """Until the database says yes."""
    async with asyncio.timeout(60):
        while not await paid.database.fetchval(question):
            await asyncio.sleep(0.02)


async def test_zips_and_exports_have_few_places_of_their_own(tmp_path, database_url, redis_url):
    async with house(tmp_path, database_url, redis_url) as paid:
        photo = await paid.photo()
        [staging] = await paid.ada.stage(photo, engine="replicate")
        await made_ready(paid.service.platform, staging)
        await paid.ada.ask("POST", f"projects/{photo['project_id']}/archives", 201, json={"files": "jpg"})
        await paid.ada.ask("POST", "account/exports", 201)
        lanes = await paid.database.fetch("select kind, lane from jobs where kind like '%make' order by kind")
        assert [row["lane"] for row in lanes] == ["packing", "packing"]
