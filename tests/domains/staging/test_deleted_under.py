"""A photo or a project is deleted while its stagings wait or run, and the job that frees it comes much later."""

from uuid import UUID

import pytest

from harness.service import RectangleEngine
from harness.service import service as run_service
from realstaging.domains.attempts import store as attempts_store
from realstaging.domains.staging import account_data, left_behind_store, runners_store
from realstaging.domains.staging import jobs as staging_jobs
from realstaging.engines import catalog
from realstaging.kit.errors import CannotStage
from realstaging.runtime.work import transaction
from tests.domains.staging.test_runners import WRITERS, claimed, row_of
from tests.interleaving import left_open, member, run_jobs

ENGINE = "replicate"  # the one that costs money; here it draws a rectangle
DELETED = ["photo", "project"]


class Interrupted(RectangleEngine):
    """Does something before it makes a picture."""

    async def before(self):
        """Nothing, until a test says what."""

    async def stage(self, *arguments, **more):
        await self.before()
        return await super().stage(*arguments, **more)


@pytest.fixture
def engine():
    return Interrupted(catalog.abilities(ENGINE))


@pytest.fixture
async def service(tmp_path, database_url, redis_url, engine):
    async with run_service(tmp_path, database_url, redis_url, lambda *_: {ENGINE: engine}) as running:
        yield running


@pytest.fixture
async def staging(ada):
    [staging] = await ada.stage(await ada.photo(await ada.project()), engine=ENGINE)
    return staging


async def delete(ada, staging, what):
    await ada.ask("DELETE", f"{what}s/{staging[f'{what}_id']}", 204)


async def nothing_is_left(service, ada, staging):
    """The staging is over, nothing was charged, and nobody has to be woken for it."""
    database = service.platform.database
    row = await row_of(service, staging)
    assert (row["state"], row["deleted_at"] is not None) == ("canceled", True)
    assert await left_behind_store.left_behind(database, 1) == []
    usage = await ada.ask("GET", "usage")
    assert (usage["available_usd"], usage["held_usd"], usage["spent_usd"]) == ("2.50", "0.00", "0.00")
    await run_jobs(service.platform)
    assert await left_open(database) == {}
    assert await service.platform.storage.list(f"results/{staging['id']}/") == []


@pytest.mark.parametrize("what", DELETED)
async def test_what_is_deleted_while_it_is_made_is_not_charged(service, ada, staging, engine, what):
    engine.before = lambda: delete(ada, staging, what)
    await run_jobs(service.platform, "staging.stage")
    await nothing_is_left(service, ada, staging)


@pytest.mark.parametrize("what", DELETED)
async def test_what_waits_for_a_place_is_ended_when_it_is_taken(service, ada, staging, what):
    await delete(ada, staging, what)
    await run_jobs(service.platform, "staging.stage")
    await nothing_is_left(service, ada, staging)


@pytest.mark.parametrize("what", DELETED)
async def test_what_fails_meanwhile_is_ended_as_deleted(service, ada, staging, engine, what):
    async def before():
        await delete(ada, staging, what)
        raise CannotStage("no")

    engine.before = before
    await run_jobs(service.platform, "staging.stage")
    await nothing_is_left(service, ada, staging)


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("what", DELETED)
async def test_nobody_changes_a_staging_of_what_is_deleted(service, ada, staging, what, writer):
    job = await claimed(service, staging, "wait")
    runner = runners_store.Runner(UUID(staging["id"]), job.id, job.run)
    await staging_jobs._begin(service.platform, runner.staging_id, job)
    of_account = await attempts_store.account_of(service.platform.database, runner.staging_id, job.id)
    assert of_account, "a picture may be asked for"
    await delete(ada, staging, what)
    before = await row_of(service, staging)
    assert await WRITERS[writer](service.platform, runner) is None
    assert await row_of(service, staging) == before
    assert await attempts_store.account_of(service.platform.database, runner.staging_id, job.id) is None


@pytest.mark.parametrize("what", [*DELETED, "staging"])
async def test_what_was_on_its_way_to_storage_when_it_was_deleted_is_removed_later(service, ada, staging, what):
    """The runner hears of it a heartbeat later, and what it has sent by then nobody names."""
    platform, left = service.platform, f"results/{staging['id']}/0-late/master.png"
    job = await claimed(service, staging, "wait")
    await staging_jobs._begin(platform, UUID(staging["id"]), job)
    await (ada.ask("DELETE", f"stagings/{staging['id']}", 204) if what == "staging" else delete(ada, staging, what))
    await run_jobs(platform)
    await platform.storage.put(left, b"pixels", "image/png")
    await platform.database.execute("update jobs set run_at = now() where state = 'queued'")
    await run_jobs(platform)
    assert await platform.storage.head(left) is None


async def test_it_is_removed_where_an_account_is_erased_as_well(service, ada, staging):
    platform, left = service.platform, f"results/{staging['id']}/0-late/master.png"
    job = await claimed(service, staging, "wait")
    await staging_jobs._begin(platform, UUID(staging["id"]), job)
    async with transaction(platform) as work:
        await account_data.erase(work, (await member(ada)).account.id, 1)
    await platform.storage.put(left, b"pixels", "image/png")
    await platform.database.execute("update jobs set run_at = now() where state = 'queued'")
    await run_jobs(platform)
    assert await platform.storage.head(left) is None
