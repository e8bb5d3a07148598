"""Stagings and holds that nobody would end, made by hand, since nothing makes them any more."""

from uuid import UUID

import pytest
from prometheus_client import REGISTRY

from harness.service import RectangleEngine
from harness.service import service as run_service
from realstaging.domains.staging import left_behind
from realstaging.engines import catalog
from tests.interleaving import left_open

ENGINE = "replicate"  # the one that costs money; here it draws a rectangle


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    engine = RectangleEngine(catalog.abilities(ENGINE))
    async with run_service(tmp_path, database_url, redis_url, lambda *_: {ENGINE: engine}) as running:
        yield running


def counted(what):
    return REGISTRY.get_sample_value("realstaging_left_behind_total", {"what": what}) or 0


async def test_every_way_to_be_left_behind_is_ended_rightly(service):
    database = service.platform.database
    async with service.signed_in() as ada:
        project, other = await ada.project(), await ada.project()
        photo, doomed = await ada.photo(project), await ada.photo(project)
        in_other = await ada.photo(other)
        [done, dead, missing, never, waiting] = [(await ada.stage(photo, engine=ENGINE))[0] for _ in range(5)]
        [of_photo] = await ada.stage(doomed, engine=ENGINE)
        [of_project] = await ada.stage(in_other, engine=ENGINE)
        [ready, failed] = await ada.stage(photo, ["modern", "coastal"], engine=ENGINE)

        async def job(staging, change):
            await database.execute(
                f"{change} where id = (select job_id from stagings where id = $1)", UUID(staging["id"])
            )

        for staging in (done, of_photo, of_project):
            await job(staging, "update jobs set state = 'done'")
        await job(dead, "update jobs set state = 'dead'")
        await job(missing, "delete from jobs")
        await job(never, "delete from jobs")
        await database.execute("update stagings set job_id = null where id = $1", UUID(never["id"]))
        for staging, state in ((ready, "ready"), (failed, "failed")):
            await database.execute("update stagings set state = $2 where id = $1", UUID(staging["id"]), state)
        await database.execute("update photos set deleted_at = now() where id = $1", UUID(doomed["id"]))
        await database.execute("update projects set deleted_at = now() where id = $1", UUID(other["id"]))
        before = counted("staging"), counted("hold")

        await left_behind.end(service.platform)

        assert (counted("staging") - before[0], counted("hold") - before[1]) == (6, 2)
        for staging in (done, dead, missing, never):
            now = await ada.ask("GET", f"stagings/{staging['id']}")
            assert (now["state"], now["error"]["code"]) == ("failed", "internal_error")
        rows = await database.fetch(
            "select state, deleted_at is not null as deleted from stagings where id = any($1)",
            [UUID(of_photo["id"]), UUID(of_project["id"])],
        )
        assert [tuple(row) for row in rows] == [("canceled", True)] * 2
        assert (await ada.ask("GET", f"stagings/{waiting['id']}"))["state"] == "queued", "its job is open"
        usage = await ada.ask("GET", "usage")
        assert (usage["available_usd"], usage["held_usd"], usage["spent_usd"]) == ("2.00", "0.25", "0.25")
        told = await database.fetch("select data ->> 'id' as id from events where data ->> 'state' = 'failed'")
        assert {row["id"] for row in told} == {staging["id"] for staging in (done, dead, missing, never)}

        await left_behind.end(service.platform)
        assert (counted("staging") - before[0], counted("hold") - before[1]) == (6, 2), "once"
        left = await left_open(database)
        assert (left["stagings that are not over"], left["open holds"]) == (1, 1)
