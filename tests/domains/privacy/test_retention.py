"""What settings say is kept no longer ends by itself, in turns; without them what is an account's stays."""

from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

import msgspec
import pytest

from harness.service import jpeg
from harness.service import service as run_service
from realstaging import wiring
from realstaging.domains.photos import originals, uploads
from realstaging.domains.photos import retention as photos
from realstaging.domains.projects import service as projects
from realstaging.domains.staging import retention as stagings
from realstaging.domains.upload_links import service as upload_links
from realstaging.kit.clock import utc_now
from realstaging.runtime.keeping import KeptFor
from realstaging.sandbox.oidc import PEOPLE
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


async def test_an_account_chooses_its_own_days_within_those_of_the_service(house):
    service, ada, project, photo, staging = house
    told = await ada.ask("GET", "account/retention")
    assert told["photos"] == {"days": None, "chosen": None, "least": 7, "most": 3650}
    assert (told["uploads"], told["in_force_from"]) == ({"days": 1, "chosen": None, "least": 1, "most": 1}, None)
    for wrong in (
        {"photos_days": 6},
        {"results_days": 3651},
        {"uploads_days": 2},
        {"photos_days": 0},
        {"logs_days": 9},
    ):
        await ada.ask("PATCH", "account/retention", 422, json=wrong)
    both = await ada.ask("PATCH", "account/retention", 422, json={"photos_days": 6, "uploads_days": 2})
    assert {error["key"] for error in both["errors"]} == {"photos_days", "uploads_days"}
    changed = await ada.ask("PATCH", "account/retention", json={"results_days": 10})
    assert (changed["results"]["days"], changed["photos"]["days"]) == (10, None)
    assert changed["in_force_from"] is not None
    again = await ada.ask("PATCH", "account/retention", json={"results_days": 10})
    assert again == changed, "the same again is no change"
    entries = (await ada.ask("GET", "audit", params={"action": "account.retention_changed"}))["items"]
    assert [entry["details"] for entry in entries] == [{"results": 10, "results_before": None}]
    async with service.signed_in(PEOPLE[1]) as stranger:
        other = await stranger.ask("GET", "account/retention")
        assert other["results"]["chosen"] is None
        theirs = await stranger.photo(await stranger.project())
    # Their own results end, and nobody else's things, nor anything on the day it was chosen.
    old = "update stagings set finished_at = finished_at - interval '30 days'"
    await service.platform.database.execute(old)
    async with later(service, 0.9) as platform:
        await turn(platform)
    await ada.ask("GET", f"stagings/{staging['id']}")
    async with later(service, 1.1) as platform:
        await turn(platform)
    await ada.ask("GET", f"stagings/{staging['id']}", 404)
    await ada.ask("GET", f"photos/{photo['id']}")
    # Whoever runs the service keeps them shorter: that is in force, whatever was chosen before.
    await ada.ask("PATCH", "account/retention", json={"photos_days": 3000})
    async with later(service, 2999, keep_results_days=0) as platform:
        await turn(platform)
    await ada.ask("GET", f"photos/{photo['id']}")
    async with later(service, 3001) as platform:
        await turn(platform)
    await ada.ask("GET", f"photos/{photo['id']}", 404)
    newer = await ada.photo(project, jpeg(330))
    async with service.signed_in(PEOPLE[1]) as stranger:
        await stranger.ask("GET", f"photos/{theirs['id']}")
        async with later(service, 20, keep_photos_days=10) as platform:
            await turn(platform)
        await stranger.ask("GET", f"photos/{theirs['id']}", 404)
    await ada.ask("GET", f"photos/{newer['id']}", 404)
    # Left to the service again, at once.
    back = await ada.ask("PATCH", "account/retention", json={"photos_days": None, "results_days": None})
    assert (back["photos"]["days"], back["results"]["days"]) == (None, None)


async def test_uploads_that_were_never_completed_go_as_their_account_chose(house):
    service, ada, project, *_ = house
    upload = await ada.announce(project, b"x" * 100)
    async with later(service, 1.5, keep_uploads_days=7) as platform:
        await uploads.free_uploads(platform)
        assert await count(service, "uploads") > 0
    before = await count(service, "uploads")
    await service.platform.database.execute("update accounts set keep_uploads_days = 1, keep_from = now()")
    async with later(service, 1.5, keep_uploads_days=7) as platform:
        await uploads.free_uploads(platform)
    assert (before, await count(service, "uploads")) == (2, 0), upload


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
        await originals.free_files(platform)
        await photos.forget_deleted(platform)
        assert await count(service, "photos") == 0
