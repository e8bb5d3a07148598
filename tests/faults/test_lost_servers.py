"""A server goes away while stagings are under way, and comes back: nothing is lost, nothing is there twice."""

import asyncio
import shutil

import pytest
from redis.asyncio import Redis

from harness.service import jpeg
from harness.service import service as run_service
from realstaging.dev.ports import free_port
from realstaging.dev.postgres import EmbeddedPostgres
from realstaging.dev.valkey import EmbeddedValkey
from realstaging.runtime import migrations


@pytest.fixture
def postgres(servers_dir, tmp_path):
    """A PostgreSQL of this test alone, durable as in life."""
    folder = servers_dir / f"postgres-{tmp_path.name}"
    server = EmbeddedPostgres(folder, free_port(), durable=True)
    yield server
    server.stop()
    shutil.rmtree(folder)


@pytest.fixture
def valkey(servers_dir, tmp_path):
    folder = servers_dir / f"valkey-{tmp_path.name}"
    server = EmbeddedValkey(folder, free_port(), durable=True)
    yield server
    server.stop()
    shutil.rmtree(folder)


@pytest.fixture
async def service(postgres, valkey, tmp_path):
    database_url = postgres.start()
    await migrations.upgrade(database_url)
    async with run_service(tmp_path, database_url, valkey.start()) as running:
        yield running


@pytest.fixture
async def ada(service):
    async with service.signed_in() as caller:
        yield caller


async def finished(service, ada, project, stagings):
    for staging in stagings:
        ready = await ada.until(staging, "ready", "failed")
        assert ready["error"] is None
    await service.jobs_done()
    for staging in stagings:
        assert len(await service.platform.storage.list(f"results/{staging['id']}/")) == 7
    gallery = await ada.ask("GET", f"projects/{project['id']}/gallery")
    shown = [item for photo in gallery["photos"] for item in photo["stagings"]]
    assert sorted(item["id"] for item in shown) == sorted(item["id"] for item in stagings)
    told = await service.platform.database.fetch(
        "select data ->> 'id' as id from events where kind = 'staging.changed' and data ->> 'state' = 'ready'"
    )
    assert sorted(row["id"] for row in told) == sorted(item["id"] for item in stagings)


async def test_postgresql_is_killed_and_comes_back(service, ada, postgres):
    project = await ada.project()
    photo = await ada.photo(project)
    service.engine.gate.clear()
    async with service.working():
        stagings = await ada.stage(photo, ["modern", "scandinavian", "coastal"])
        while not service.engine.calls:
            await asyncio.sleep(0.02)
        await asyncio.to_thread(postgres.kill)
        service.engine.gate.set()
        async with ada.session.get("projects") as answer:
            assert answer.status == 503
            assert (await answer.json())["code"] == "unavailable"
        await asyncio.to_thread(postgres.start)
        await finished(service, ada, project, stagings)


@pytest.mark.long
async def test_valkey_forgets_everything(service, ada):
    project = await ada.project()
    photo = await ada.photo(project)
    stagings = await ada.stage(photo, ["modern", "scandinavian", "coastal"])
    async with Redis.from_url(service.settings.redis_url) as redis:
        await redis.flushall()
    async with service.working():
        await finished(service, ada, project, stagings)


@pytest.mark.long  # thirty seconds are thirty seconds
async def test_valkey_is_away_for_thirty_seconds(service, ada, valkey):
    """Requests are still taken, the browser still sees a result that was being made, and the rest follows."""
    project = await ada.project()
    photo = await ada.photo(project)
    service.engine.gate.clear()
    async with service.working():
        [begun] = await ada.stage(photo)
        while not service.engine.calls:
            await asyncio.sleep(0.02)
        await asyncio.to_thread(valkey.kill)
        away_until = asyncio.get_running_loop().time() + 30
        requested = await ada.stage(photo, ["scandinavian"])
        service.engine.gate.set()
        await ada.until(begun, "ready")
        await asyncio.sleep(away_until - asyncio.get_running_loop().time())
        await asyncio.to_thread(valkey.start)
        await finished(service, ada, project, [begun, *requested])


@pytest.mark.long
async def test_storage_fails_and_mends(service, ada, tmp_path):
    project = await ada.project()
    photo = await ada.photo(project)
    files = tmp_path / "files"
    results = files / "results"
    # A file where the folder of the results should be: every write fails as on a broken disk.
    results.write_text("in the way")
    async with service.working():
        stagings = await ada.stage(photo)
        while not await service.platform.database.fetchval("select count(*) from jobs where error is not null"):
            await asyncio.sleep(0.02)
        results.unlink()
        await finished(service, ada, project, stagings)


async def test_an_upload_that_storage_refuses_can_be_sent_again(service, ada, tmp_path):
    project = await ada.project()
    data = jpeg()
    upload = await ada.announce(project, data)
    blocker = tmp_path / "files" / "uploads"
    blocker.parent.mkdir(parents=True, exist_ok=True)
    blocker.write_text("in the way")
    assert await ada.send(upload, data) == 503
    blocker.unlink()
    assert await ada.send(upload, data) == 200
    body = {"project_id": project["id"], "upload_ids": [upload["upload_id"]]}
    assert (await ada.ask("POST", "photos", 201, json=body))["items"][0]["photo"]
