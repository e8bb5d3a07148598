import asyncio
from datetime import timedelta
from functools import partial

import pytest

from harness.service import jpeg
from harness.service import service as run_service
from harness.statements import counted
from realstaging import wiring
from realstaging.domains.attempts import jobs as attempts_jobs
from realstaging.domains.attempts import store as attempts_store
from realstaging.domains.photos import uploads
from realstaging.kit.clock import utc_now
from realstaging.kit.ids import id_of
from realstaging.runtime import retention
from realstaging.runtime.database import in_parts
from realstaging.storage.contract import StorageUnavailable


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
            await uploads.free_uploads(platform)
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
        await uploads.free_uploads(service.platform)
        body = {"project_id": project["id"], "upload_ids": [upload["upload_id"]]}
        assert (await ada.ask("POST", "photos", 201, json=body))["items"][0]["photo"]


async def test_an_upload_whose_file_cannot_be_removed_now_keeps_its_row(tmp_path, database_url, redis_url):
    """Files first, then rows: whatever ends the chore in between, the next turn finds what is left."""
    async with run_service(tmp_path, database_url, redis_url) as service, service.signed_in() as ada:
        upload = await ada.announce(await ada.project(), jpeg())
        await ada.send(upload, jpeg())
        [key] = await service.platform.storage.list("uploads/")
        file = tmp_path / "files" / key
        file.rename(aside := tmp_path / "aside")
        # A folder with something in it, where the file should be: it cannot be removed, as on a broken disk.
        file.mkdir()
        (file / "in-the-way").touch()
        async with await later(service.settings, 2) as platform:
            with pytest.raises(StorageUnavailable):
                await uploads.free_uploads(platform)
            assert await platform.database.fetchval("select count(*) from uploads") == 1
            (file / "in-the-way").unlink()
            file.rmdir()
            aside.rename(file)
            await uploads.free_uploads(platform)
            assert await platform.storage.list("uploads/") == []
            assert await platform.database.fetchval("select count(*) from uploads") == 0


async def test_more_old_uploads_than_one_batch_are_all_removed(tmp_path, database_url, redis_url):
    async with run_service(tmp_path, database_url, redis_url) as service, service.signed_in() as ada:
        project = await ada.project()
        for _ in range(5):
            await ada.announce(project, jpeg())
        async with await later(service.settings, 2) as platform:
            await uploads.free_uploads(platform, at_once=2)
            assert await platform.database.fetchval("select count(*) from uploads") == 0


async def old_rows(database, ada, count):
    """So many of each kind that are past their time."""
    await ada.ask("GET", "me")
    account_id = await database.fetchval("select id from accounts limit 1")
    past = utc_now() - timedelta(days=40)
    for number in range(count):
        await database.execute(
            "insert into jobs (id, kind, lane, payload, state, finished_at) values ($1, 'old', 'general', '{}', 'done', $2)",
            id_of(past),
            past,
        )
        await database.execute(
            "insert into events (account_id, kind, data, created_at) values ($1, 'old', '{}', $2)", account_id, past
        )
        await database.execute(
            "insert into idempotency_keys (account_id, key, fingerprint, created_at) values ($1, $2, '', $3)",
            account_id,
            str(number),
            past,
        )
        await database.execute(
            "insert into lane_turns (lane, account_id, served_at) values ($1, $2, $3)", f"old{number}", account_id, past
        )
        await database.execute(
            "insert into notices (id, token, prediction, received_at) values ($1, 't', '{}', $2)", str(number), past
        )


OLD = {
    "jobs": "kind = 'old'",
    "events": "kind = 'old'",
    "idempotency_keys": "fingerprint = ''",
    "lane_turns": "lane like 'old%'",
    "notices": "token = 't'",
}


async def old_left(database):
    return {
        table for table, which in OLD.items() if await database.fetchval(f"select count(*) from {table} where {which}")
    }


async def test_much_is_forgotten_a_little_at_once(service, ada):
    database = service.platform.database
    await old_rows(database, ada, 5)
    # Newer than all of them: the newest event stays whatever its age.
    await ada.project()
    with counted(service) as statements:
        await retention.forget(service.platform, at_once=2)
        await in_parts(partial(attempts_store.forget_notices, database, attempts_jobs.NOTICES_KEPT), at_once=2)
    assert await old_left(database) == set()
    for table in OLD:
        assert len([one for one in statements if one.startswith(f"delete from {table}")]) == 3, table


async def test_a_table_that_cannot_be_tidied_keeps_no_other_from_it(service, ada):
    database = service.platform.database
    await old_rows(database, ada, 1)
    await database.execute(
        """create function kept() returns trigger language plpgsql as $$ begin raise exception 'kept'; end $$;
           create trigger kept before delete on events for each row execute function kept()"""
    )
    await ada.project()
    with pytest.raises(ExceptionGroup) as failed:
        await retention.forget(service.platform)
    assert [str(error) for error in failed.value.exceptions] == ["kept"]
    assert await old_left(database) == {"events", "notices"}
    await attempts_jobs.sweep(service.platform)
    assert await old_left(database) == {"events"}
