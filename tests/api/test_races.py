"""A photo or a project is deleted while something is being made of it: whoever comes second, nothing is left open."""

import asyncio
from functools import partial
from uuid import UUID

import msgspec
import pytest

from harness.service import RectangleEngine
from harness.service import service as run_service
from realstaging.domains.photos import uploads
from realstaging.domains.photos.schemas import NewFile
from realstaging.domains.staging import requests
from realstaging.domains.staging.schemas import NewStagings
from realstaging.engines import catalog
from realstaging.kit.errors import NotFound
from realstaging.runtime.work import transaction
from tests.interleaving import left_open, member, over_or_waiting, run_jobs

ENGINE = "replicate"  # the one that costs money; here it draws a rectangle


DELETE = {
    "photo": "update photos set deleted_at = now() where id = $1",
    "project": "update projects set deleted_at = now() where id = $1",
}


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    engine = RectangleEngine(catalog.abilities(ENGINE))
    both = {"local": RectangleEngine(), ENGINE: engine}
    async with run_service(tmp_path, database_url, redis_url, lambda *_: both) as running:
        running.engine = engine
        yield running


async def house(service, ada):
    """Somebody with a project, a photo in it, and a staging that was canceled."""
    project = await ada.project()
    photo = await ada.photo(project)
    [staging] = await ada.stage(photo, engine=ENGINE)
    await ada.ask("POST", f"stagings/{staging['id']}/cancel")
    return House(service, ada, await member(ada), project, photo, staging)


class House(msgspec.Struct):
    service: object
    ada: object
    caller: object
    project: dict
    photo: dict
    staging: dict

    async def request(self, work):
        item = {"photo_id": self.photo["id"], "room_type": "bedroom", "styles": ["modern", "coastal"], "engine": ENGINE}
        asked = msgspec.convert({"items": [item]}, NewStagings)
        [told] = (await requests.request(work, self.caller, asked)).items
        if told.error:
            raise NotFound

    async def retry(self, work):
        await requests.retry(work, self.caller, UUID(self.staging["id"]))

    async def announce(self, work):
        file = NewFile(name="late.jpg", size=1000, sha256="0" * 64)
        await uploads.announce(work, self.caller, self.project["id"], [file])

    def deletion(self, what):
        path = {"photo": f"photos/{self.photo['id']}", "project": f"projects/{self.project['id']}"}[what]
        return partial(self.ada.ask, "DELETE", path, 204)


PAIRS = [(made, deleted) for made in ("request", "retry", "announce") for deleted in ("photo", "project")]


async def test_what_was_being_made_goes_with_the_deletion_that_came_meanwhile(service, ada):
    """The deletion and its job come before the commit, where nothing keeps them from it."""
    database = service.platform.database
    for made, deleted in PAIRS:
        at = await house(service, ada)
        async with transaction(service.platform) as work:
            await getattr(at, made)(work)
            deleting = asyncio.create_task(at.deletion(deleted)())
            if await over_or_waiting(database, deleting):
                await run_jobs(service.platform, "staging.free_photos", "staging.free_project")
        await deleting
        await run_jobs(service.platform)
        assert await left_open(database) == {}, (made, deleted)
        assert (await ada.ask("GET", "usage"))["available_usd"] == "2.50", (made, deleted)


async def test_nothing_is_made_of_what_is_being_deleted(service, ada):
    database = service.platform.database
    for made, deleted in [pair for pair in PAIRS if pair != ("announce", "photo")]:
        at = await house(service, ada)

        async def make(at=at, made=made):
            async with transaction(service.platform) as work:
                await getattr(at, made)(work)

        async with transaction(service.platform) as work:
            await work.connection.execute(DELETE[deleted], UUID(getattr(at, deleted)["id"]))
            making = asyncio.create_task(make())
            assert not await over_or_waiting(database, making), f"{made} does not wait for the {deleted}'s deletion"
        with pytest.raises(NotFound):
            await making
    assert await database.fetchval("select count(*) from stagings where state <> 'canceled'") == 0
    assert await database.fetchval("select count(*) from holds where state = 'held'") == 0
