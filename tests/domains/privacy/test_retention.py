"""What settings say is kept no longer ends by itself, in turns; without them what is an account's stays."""

from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

import msgspec
import pytest

from harness.service import service as run_service
from realstaging import wiring
from realstaging.domains.photos import retention as photos
from realstaging.domains.projects import service as projects
from realstaging.domains.staging import retention as stagings
from realstaging.domains.upload_links import service as upload_links
from realstaging.kit.clock import utc_now
from realstaging.runtime.keeping import KeptFor
from realstaging.settings import Settings
from realstaging.wiring.jobs import CHORES
from tests.domains.files.test_check import made_ready
from tests.interleaving import run_jobs


@pytest.fixture
async def house(tmp_path, database_url, redis_url):
    async with run_service(tmp_path, database_url, redis_url) as service, service.signed_in() as ada:
        project = await ada.project()
        photo = await ada.photo(project)
        [staging] = await ada.stage(photo)
        await made_ready(service.platform, staging)
        await service.platform.database.execute(
            "update stagings set finished_at = now() where id = $1", UUID(staging["id"])
        )
        yield service, ada, project, photo, staging


@asynccontextmanager
async def later(service, days, **settings):
    changed = msgspec.structs.replace(service.settings, **settings)
    async with wiring.platform(changed, engines={}, clock=lambda: utc_now() + timedelta(days=days)) as platform:
        yield platform


async def turn(platform):
    """What the chores of one hour do, in the worst of orders."""
    for chore in (
        projects.forget_deleted,
        upload_links.forget,
        photos.forget_deleted,
        stagings.forget_deleted,
        stagings.end_old,
        photos.end_old,
    ):
        await chore(platform)


async def all_run(service):
    """Also what was asked for by a clock of days ahead."""
    await service.platform.database.execute("update jobs set run_at = now() where state = 'queued'")
    await run_jobs(service.platform)


async def count(service, table):
    return await service.platform.database.fetchval(f"select count(*) from {table}")


def test_by_default_what_is_an_accounts_stays_and_the_rest_is_as_it_was():
    assert Settings().kept_for == KeptFor()
    assert KeptFor().photos is KeptFor().results is None
    done = {chore.run for chore in CHORES}
    assert {photos.end_old, stagings.end_old, photos.forget_deleted, stagings.forget_deleted} <= done
    assert {projects.forget_deleted, upload_links.forget} <= done


async def test_nothing_ends_that_no_setting_ends(house):
    service, ada, _, photo, staging = house
    async with later(service, 5000) as platform:
        await turn(platform)
    await ada.ask("GET", f"photos/{photo['id']}")
    await ada.ask("GET", f"stagings/{staging['id']}")


async def test_results_end_after_their_days_and_photos_stay(house):
    service, ada, _, photo, staging = house
    [waiting] = await ada.stage(photo, ["scandinavian"])
    async with later(service, 9, keep_results_days=10) as platform:
        await turn(platform)
    await ada.ask("GET", f"stagings/{staging['id']}")
    async with later(service, 11, keep_results_days=10) as platform:
        await turn(platform)
    await ada.ask("GET", f"stagings/{staging['id']}", 404)
    await ada.ask("GET", f"photos/{photo['id']}")
    assert (await ada.ask("GET", f"stagings/{waiting['id']}"))["state"] == "queued", "what is not over is not old"


async def test_photos_end_with_everything_made_of_them_and_no_row_is_left_a_month_later(house):
    service, ada, project, photo, staging = house
    await ada.ask("POST", f"projects/{project['id']}/upload-links", 201, json={"days": 1})
    async with later(service, 11, keep_photos_days=10) as platform:
        await turn(platform)
    await ada.ask("GET", f"photos/{photo['id']}", 404)
    await all_run(service)
    await ada.ask("GET", f"stagings/{staging['id']}", 404)
    assert await service.platform.storage.list(f"results/{staging['id']}/") == []
    await ada.ask("DELETE", f"projects/{project['id']}", 204)
    await all_run(service)
    await service.platform.database.execute("delete from uploads")
    async with later(service, 20) as platform:
        for _ in range(4):
            await turn(platform)
    assert [await count(service, table) for table in ("stagings", "photos", "projects")] == [1, 1, 1]
    async with later(service, 40) as platform:
        for _ in range(4):
            await turn(platform)
    assert [await count(service, table) for table in ("stagings", "photos", "projects", "upload_links")] == [0] * 4


async def test_a_photo_whose_files_are_still_there_is_not_forgotten(house):
    """A job that was given up left them: the chore that frees them finds them by the row."""
    service, ada, _, photo, _ = house
    await ada.ask("DELETE", f"photos/{photo['id']}", 204)
    await service.platform.database.execute("delete from stagings")
    async with later(service, 40) as platform:
        await photos.forget_deleted(platform)
        assert await count(service, "photos") == 1
        await wiring.photos_service.free_files(platform)
        await photos.forget_deleted(platform)
        assert await count(service, "photos") == 0
