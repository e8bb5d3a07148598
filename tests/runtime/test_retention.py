import asyncio
from datetime import timedelta

from realstaging import wiring
from realstaging.domains.staging import jobs as staging_jobs
from realstaging.kit.clock import utc_now
from realstaging.runtime import retention
from tests.service import jpeg
from tests.service import service as run_service


async def later(settings, days):
    """A platform whose clock is that many days ahead."""
    return wiring.platform(settings, engines={}, clock=lambda: utc_now() + timedelta(days=days))


async def no_job_is_open(platform):
    """A staging is ready a moment before its job is done: a worker stopped in between hands the job back."""
    async with asyncio.timeout(10):
        while await platform.database.fetchval("select count(*) from jobs where state <> 'done'"):
            await asyncio.sleep(0.02)


async def test_what_is_past_its_time_is_forgotten_and_nothing_else(tmp_path, database_url, redis_url):
    async with run_service(tmp_path, database_url, redis_url) as service, service.signed_in() as ada:
        project = await ada.project()
        abandoned = await ada.announce(project, jpeg())
        await ada.send(abandoned, jpeg())
        photo = await ada.photo(project, jpeg(400, 300))
        async with service.working():
            [staging] = await ada.stage(photo)
            await ada.until(staging, "ready")
            await no_job_is_open(service.platform)
        counts = {"events": 1, "jobs": 0, "idempotency_keys": 0, "uploads": 0}
        async with await later(service.settings, 31) as platform:
            await retention.forget(platform)
            await staging_jobs.free_uploads(platform)
            for table, left in counts.items():
                assert await platform.database.fetchval(f"select count(*) from {table}") == left, table
            assert await platform.storage.list("uploads/") == []
        kept = await ada.ask("GET", f"projects/{project['id']}/gallery")
        assert kept["photos"][0]["stagings"][0]["state"] == "ready"
        assert kept["last_event_id"] > 0


async def test_today_is_not_forgotten(tmp_path, database_url, redis_url):
    async with run_service(tmp_path, database_url, redis_url) as service, service.signed_in() as ada:
        project = await ada.project()
        upload = await ada.announce(project, jpeg())
        await ada.send(upload, jpeg())
        await retention.forget(service.platform)
        await staging_jobs.free_uploads(service.platform)
        body = {"project_id": project["id"], "upload_ids": [upload["upload_id"]]}
        assert (await ada.ask("POST", "photos", 201, json=body))["items"][0]["photo"]
