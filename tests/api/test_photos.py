import asyncio
from dataclasses import replace
from uuid import UUID

import aiohttp
import pytest
from prometheus_client import REGISTRY

from harness.service import jpeg, pools
from realstaging import wiring
from realstaging.domains.photos import uploads
from tests.interleaving import member


async def test_a_photo_goes_up_and_is_measured(service, ada):
    project = await ada.project()
    photo = await ada.photo(project, jpeg(320, 240))
    assert (photo["width"], photo["height"], photo["name"]) == (320, 240, "living.jpg")
    async with aiohttp.ClientSession() as browser:
        for kind in ("web", "thumb", "original"):
            async with browser.get(photo["urls"][kind]) as answer:
                assert answer.status == 200
                assert await answer.read()
    page = await ada.ask("GET", f"projects/{project['id']}/photos")
    assert [item["id"] for item in page["items"]] == [photo["id"]]
    assert page["items"][0]["urls"] == photo["urls"], "links are stable, so that browsers keep the picture"


async def test_the_same_picture_twice_is_stored_once(service, ada):
    project = await ada.project()
    first, second = await ada.photo(project), await ada.photo(project)
    assert first["id"] != second["id"]
    assert await service.platform.database.fetchval("select count(*) from originals") == 1


async def test_completing_twice_gives_the_same_photo(ada):
    project = await ada.project()
    data = jpeg()
    upload = await ada.announce(project, data)
    await ada.send(upload, data)
    body = {"project_id": project["id"], "upload_ids": [upload["upload_id"]]}
    first = await ada.ask("POST", "photos", 201, json=body)
    again = await ada.ask("POST", "photos", 201, json=body)
    assert first["items"][0]["photo"]["id"] == again["items"][0]["photo"]["id"]


async def test_photos_stand_in_the_order_in_which_they_were_chosen(ada):
    project = await ada.project()
    pictures = [jpeg(300, 200), jpeg(320, 240)]
    chosen = [await ada.announce(project, data) for data in pictures]
    arrived = []
    for upload, data in reversed(list(zip(chosen, pictures, strict=True))):
        await ada.send(upload, data)
        body = {"project_id": project["id"], "upload_ids": [upload["upload_id"]]}
        arrived += (await ada.ask("POST", "photos", 201, json=body))["items"]
    page = await ada.ask("GET", f"projects/{project['id']}/photos")
    shown = [item["id"] for item in page["items"]]
    assert shown == [item["photo"]["id"] for item in reversed(arrived)]


async def refused(ada, data, **announced):
    project = await ada.project()
    upload = await ada.announce(project, data, **announced)
    await ada.send(upload, data)
    body = {"project_id": project["id"], "upload_ids": [upload["upload_id"]]}
    error = (await ada.ask("POST", "photos", 207, json=body))["items"][0]["error"]
    assert error["code"] == "bad_photo"
    return error["message"]


@pytest.mark.parametrize("data", [b"not a picture at all", jpeg()[:-400], b"\xff\xd8\xff" + b"\0" * 5000])
async def test_a_broken_file_is_refused_with_a_reason(ada, data):
    assert await refused(ada, data)


@pytest.mark.parametrize(
    ("kind", "name"), [("image/png", "living.png"), ("", "CAMERA.HIF"), ("image/pjpeg", "a.heic"), ("image/x-new", "b")]
)
async def test_the_content_decides_not_the_name_nor_the_declared_type(service, ada, kind, name):
    project, data = await ada.project(), jpeg()
    upload = await ada.announce(project, data, name, kind)
    assert await ada.send(upload, data) == 200
    body = {"project_id": project["id"], "upload_ids": [upload["upload_id"]]}
    photo = (await ada.ask("POST", "photos", 201, json=body))["items"][0]["photo"]
    assert photo["name"] == name
    assert await service.platform.database.fetchval("select mime from originals") == "image/jpeg"


async def test_a_file_without_a_type_may_be_announced(ada):
    project = await ada.project()
    file = {"name": "a.hif", "size": 100, "sha256": "0" * 64}
    answer = await ada.ask("POST", "uploads", 201, json={"project_id": project["id"], "files": [file]})
    assert answer["items"][0]["error"] is None
    assert answer["items"][0]["headers"]["Content-Type"] == "application/octet-stream"


async def test_a_file_changed_on_its_way_is_refused(ada):
    assert "damaged" in await refused(ada, jpeg(), sha256="0" * 64)


async def test_a_file_that_never_came_is_told_apart(ada):
    project = await ada.project()
    upload = await ada.announce(project, jpeg())
    body = {"project_id": project["id"], "upload_ids": [upload["upload_id"]]}
    error = (await ada.ask("POST", "photos", 207, json=body))["items"][0]["error"]
    assert "not arrived" in error["message"]


async def test_what_cannot_be_used_is_said_before_a_byte_is_sent(ada):
    project = await ada.project()
    for changed, code in (
        ({"kind": "image/gif"}, "unsupported_type"),
        ({"size": 60 * 2**20}, "too_large"),
        ({"size": 0}, "empty_file"),
    ):
        assert (await ada.announce(project, jpeg(), **changed))["error"]["code"] == code


async def test_a_deleted_photo_frees_its_storage(service, ada):
    project = await ada.project()
    photo = await ada.photo(project)
    assert await service.platform.storage.list("originals/")
    await ada.ask("DELETE", f"photos/{photo['id']}", 204)
    await ada.ask("GET", f"photos/{photo['id']}", 404)
    async with service.working():
        while await service.platform.database.fetchval("select count(*) from jobs where state <> 'done'"):
            await ada.ask("GET", "me")
    assert await service.platform.storage.list("originals/") == []


async def complete(caller, project, *upload_ids):
    body = {"project_id": project["id"], "upload_ids": list(upload_ids)}
    return (await caller.ask("POST", "photos", 201, json=body))["items"]


def fetched():
    """How many uploads were fetched to be decoded, since this process began."""
    operation = {"operation": "download", "error_type": ""}
    return REGISTRY.get_sample_value("realstaging_storage_operation_duration_seconds_count", operation) or 0


async def arrived(caller, project, data):
    upload = await caller.announce(project, data)
    assert await caller.send(upload, data) in {200, 201, 204}
    return upload["upload_id"]


async def told_of(service):
    return await service.platform.database.fetchval("select count(*) from events where kind = 'photo.added'")


async def test_an_upload_that_is_named_often_is_completed_once(service, ada):
    project, before = await ada.project(), fetched()
    first, other = [await arrived(ada, project, data) for data in (jpeg(300, 200), jpeg(320, 240))]
    items = await complete(ada, project, *[first] * 49, other)
    assert [item["photo"]["id"] for item in items] == [first] * 49 + [other]
    assert (fetched() - before, await told_of(service)) == (2, 2)
    await complete(ada, project, first, first)
    assert (fetched() - before, await told_of(service)) == (2, 2)


async def test_requests_for_one_upload_complete_it_once(service, ada):
    project, before = await ada.project(), fetched()
    upload_id = await arrived(ada, project, jpeg(2400, 1600))
    answers = await asyncio.gather(*(complete(ada, project, upload_id) for _ in range(20)))
    assert {item["photo"]["id"] for [item] in answers} == {upload_id}
    assert (fetched() - before, await told_of(service)) == (1, 1)


async def test_two_processes_make_one_photo_and_tell_of_it_once(service, ada):
    project, caller, database = await ada.project(), await member(ada), service.platform.database
    upload_id, before = await arrived(ada, project, jpeg()), fetched()
    waiting = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    async with wiring.platform(service.settings, engines={}, shared=pools()) as other:
        # Both have decoded it before either may make it a photo.
        async with database.acquire() as connection, connection.transaction():
            await connection.fetchval("select id from uploads where id = $1 for update", UUID(upload_id))
            both = asyncio.gather(
                complete(ada, project, upload_id),
                uploads.complete(other, caller, UUID(project["id"]), [UUID(upload_id)]),
            )
            async with asyncio.timeout(20):
                while await database.fetchval(waiting) < 2:
                    await asyncio.sleep(0.002)
        [here], elsewhere = await both
    assert here["photo"]["id"] == str(elsewhere.answer.items[0].photo.id) == upload_id
    assert (fetched() - before, await told_of(service)) == (2, 1)


class Late:
    """Storage that is looked into only after something else was done."""

    def __init__(self, storage, before):
        self._storage, self._before = storage, before

    def __getattr__(self, name):
        return getattr(self._storage, name)

    async def head(self, key):
        await self._before()
        return await self._storage.head(key)


async def test_what_another_process_made_and_tidied_up_is_no_refusal(service, ada):
    project, caller = await ada.project(), await member(ada)
    upload_id, made = await arrived(ada, project, jpeg()), []

    async def meanwhile():
        made.extend(await complete(ada, project, upload_id))

    async with wiring.platform(service.settings, engines={}, shared=pools()) as other:
        late = replace(other, storage=Late(other.storage, meanwhile))
        [told] = (await uploads.complete(late, caller, UUID(project["id"]), [UUID(upload_id)])).answer.items
    assert (told.error, str(told.photo.id)) == (None, made[0]["photo"]["id"])
    assert await service.platform.database.fetchval("select count(*) from events where kind = 'photo.refused'") == 0
