"""A project with hundreds of photos is freed in parts (decision 125)."""

from uuid import UUID

import pytest

from harness.service import RectangleEngine, room
from harness.service import service as run_service
from realstaging.domains.billing import service as billing
from realstaging.domains.staging import jobs as staging_jobs
from realstaging.engines import catalog
from realstaging.kit import money
from realstaging.kit.ids import new_id
from realstaging.runtime.jobs import run_next
from realstaging.runtime.work import transaction

ENGINE = "replicate"  # the one that costs money; here it draws a rectangle
PHOTOS, STAGED_AT_ONCE = 230, 50
FREE = "staging.free_project"


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    engine = RectangleEngine(catalog.abilities(ENGINE))
    async with run_service(tmp_path, database_url, redis_url, lambda *_: {ENGINE: engine}) as running:
        yield running


async def filled(service, ada):
    """A project of so many photos, a staging of each that money is held for."""
    account_id = UUID((await ada.ask("GET", "me"))["account"]["id"])
    async with transaction(service.platform) as work:
        await billing.grant(work, account_id, 100 * money.DOLLAR, "tests", "")
        await billing.set_plan(work, account_id, "business", given=True)
    project = await ada.project()
    first = await ada.photo(project, room(300, 200))
    others = [new_id() for _ in range(PHOTOS - 1)]
    await service.platform.database.execute(
        """insert into photos (id, project_id, original_id, name)
           select unnest($1::uuid[]), project_id, original_id, name from photos where id = $2""",
        others,
        UUID(first["id"]),
    )
    photo_ids = [first["id"], *map(str, others)]
    for start in range(0, PHOTOS, STAGED_AT_ONCE):
        some = photo_ids[start : start + STAGED_AT_ONCE]
        items = [{"photo_id": one, "room_type": "living_room", "styles": ["modern"], "engine": ENGINE} for one in some]
        await ada.ask("POST", "stagings", 201, json={"items": items})
    return project


async def test_what_is_held_is_given_back_in_parts_and_before_any_file_is_removed(service):
    database = service.platform.database
    async with service.signed_in() as ada:
        project = await filled(service, ada)
        assert await database.fetchval("select count(*) from holds where state = 'held'") == PHOTOS
        await ada.ask("DELETE", f"projects/{project['id']}", 204)
        # Files cannot be removed yet: someone else has their row.
        async with database.acquire() as connection, connection.transaction():
            await connection.execute("select 1 from originals for update")
            assert await run_next(service.platform, {FREE: staging_jobs.HANDLERS[FREE]}, "general")
        released = await database.fetchrow(
            "select count(*) as holds, count(distinct xmin::text) as parts from holds where state = 'released'"
        )
        usage = await ada.ask("GET", "usage")
        assert (released["holds"], usage["held_usd"]) == (PHOTOS, "0.00")
        assert released["parts"] == -(-PHOTOS // staging_jobs.FREED_AT_ONCE) > 1
        assert await database.fetchval("select count(*) from originals where key is not null") == 1
        # The job comes again, and takes up where it was.
        await database.execute("update jobs set run_at = now() where kind = $1", FREE)
        assert await run_next(service.platform, {FREE: staging_jobs.HANDLERS[FREE]}, "general")
        assert await database.fetchval("select state from jobs where kind = $1", FREE) == "done"
        assert await service.platform.storage.list("originals/") == []
