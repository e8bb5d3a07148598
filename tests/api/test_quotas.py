"""What an account may have: refused with words beyond it, never passed together, shown in /usage, and given back by deleting."""

import asyncio
from uuid import UUID

import aiohttp
import pytest

from harness.service import jpeg
from realstaging.domains.billing import rules
from realstaging.domains.billing.plans import QUOTAS
from realstaging.domains.staging.rules import MOST_OF_PHOTO
from realstaging.kit.ids import new_id
from realstaging.runtime.quotas import Places, Resource, Room, TooManyAtOnce
from realstaging.sandbox import oidc

FREE = QUOTAS["free"]
FILE = {"name": "a.jpg", "type": "image/jpeg", "size": 1000, "sha256": "0" * 64}


async def used(caller):
    return {quota["name"]: quota["used"] for quota in (await caller.ask("GET", "usage"))["quotas"]}


async def fill_photos(service, project, count):
    """Photos and their one original, straight into the tables."""
    database, original = service.platform.database, new_id()
    await database.execute(
        """insert into originals (id, account_id, sha256, key, mime, size, width, height)
           select $1::uuid, account_id, $1::uuid::text, 'originals/none', 'image/jpeg', 7, 8, 8 from projects where id = $2""",
        original,
        UUID(project["id"]),
    )
    await database.execute(
        "insert into photos (id, project_id, original_id, name) select unnest($1::uuid[]), $2, $3, 'filler.jpg'",
        [new_id() for _ in range(count)],
        UUID(project["id"]),
        original,
    )
    return original


async def announce(caller, project, count, status=201, **changed):
    body = {"project_id": project["id"], "files": [{**FILE, **changed}] * count}
    return (await caller.ask("POST", "uploads", status, json=body))["items"]


def test_every_plan_limits_everything():
    assert set(QUOTAS) == set(rules.PLANS)
    for limits in QUOTAS.values():
        assert set(limits) == set(Resource)
        assert all(number > 0 for number in limits.values())


async def test_projects_end_at_the_plans_limit_also_when_asked_for_at_once(service, ada):
    account = (await ada.ask("GET", "me"))["account"]["id"]
    await service.platform.database.execute(
        "insert into projects (id, account_id, name) select unnest($1::uuid[]), $2, 'filler'",
        [new_id() for _ in range(FREE[Resource.PROJECTS] - 3)],
        UUID(account),
    )

    async def one():
        async with ada.session.post("projects", json={"name": "mine"}) as answer:
            return answer.status, await answer.json()

    answers = await asyncio.gather(*(one() for _ in range(12)))
    assert sorted(status for status, _ in answers) == [201] * 3 + [402] * 9
    problem = next(body for status, body in answers if status == 402)
    assert problem["code"] == "quota_reached"
    assert problem["detail"] == (
        "Your plan holds 100 projects, and you have 100. Delete some, or choose a larger plan."
    )
    assert (await used(ada))["projects"] == 100
    # Somebody else is not concerned, and what is deleted is given back.
    async with service.signed_in(oidc.PEOPLE[1]) as ben:
        await ben.project()
    made = next(body for status, body in answers if status == 201)
    await ada.ask("DELETE", f"projects/{made['id']}", 204)
    await ada.project()
    # A larger plan holds more.
    await service.platform.database.execute(
        "update ledger_accounts set plan = 'pro' where account_id = $1", UUID(account)
    )
    await ada.project()


async def test_photos_announced_count_as_photos_and_a_part_of_a_request_may_fit(service, ada):
    project = await ada.project()
    await fill_photos(service, project, FREE[Resource.PHOTOS] - 7)
    answers = await asyncio.gather(*(announce(ada, project, 3) for _ in range(4)))
    items = [item for answer in answers for item in answer]
    assert sum(item["url"] is not None for item in items) == 7
    refused = [item["error"] for item in items if item["error"]]
    assert {error["code"] for error in refused} == {"quota_reached"}
    assert "1,000 photos" in refused[0]["message"]
    assert "Delete" in refused[0]["message"]
    assert (await used(ada))["photos"] == FREE[Resource.PHOTOS]
    # The photos of a deleted project are nobody's any more.
    await ada.ask("DELETE", f"projects/{project['id']}", 204)
    assert (await used(ada))["photos"] == 0


async def test_storage_counts_originals_announcements_and_results_once_each(service, ada):
    project = await ada.project()
    data = jpeg()
    photo = await ada.photo(project, data)
    await ada.photo(project, data, name="the same again.jpg")
    assert (await used(ada))["storage_bytes"] == len(data)
    async with service.working():
        [staging] = await ada.stage(photo)
        await ada.until(staging, "ready")
        await service.jobs_done()
    stored = sum(file.stat().st_size for file in service.platform.storage.path(f"results/{staging['id']}").rglob("*.*"))
    assert stored > 0
    assert (await used(ada))["storage_bytes"] == len(data) + stored
    [announced] = await announce(ada, project, 1, size=5000)
    assert announced["url"]
    assert (await used(ada))["storage_bytes"] == len(data) + stored + 5000
    await ada.ask("DELETE", f"stagings/{staging['id']}", 204)
    assert (await used(ada))["storage_bytes"] == len(data) + 5000


async def test_where_storage_is_full_nothing_is_announced_and_nothing_staged(service, ada):
    project = await ada.project()
    photo = await ada.photo(project)
    filler = await fill_photos(service, project, 1)
    await service.platform.database.execute(
        "update originals set size = $2 where id = $1", filler, FREE[Resource.STORAGE]
    )
    [item] = await announce(ada, project, 1)
    assert item["error"]["code"] == "quota_reached"
    assert "20.0 GB" in item["error"]["message"]
    body = {"items": [{"photo_id": photo["id"], "room_type": "living_room", "styles": ["modern"]}]}
    answer = await ada.ask("POST", "stagings", 207, json=body)
    assert answer["items"][0]["error"]["code"] == "quota_reached"


async def test_stagings_in_flight_end_at_the_limit_also_by_retries_at_once(service, ada):
    project = await ada.project()
    photo, other = await ada.photo(project), await ada.photo(project)
    first = await ada.stage(photo, styles=("modern", "farmhouse", "industrial"))
    for staging in first:
        await ada.ask("POST", f"stagings/{staging['id']}/cancel")
    await service.platform.database.execute(
        """insert into stagings (id, project_id, photo_id, job_id, room_type, style, seed, engine)
           select unnest($1::uuid[]), project_id, $3, job_id, room_type, style, seed, engine from stagings where id = $2""",
        [new_id() for _ in range(FREE[Resource.STAGINGS] - 3)],
        UUID(first[0]["id"]),
        UUID(other["id"]),
    )
    item = {"photo_id": photo["id"], "room_type": "living_room", "styles": ["modern", "farmhouse"]}
    answer = await ada.ask("POST", "stagings", 207, json={"items": [item, item, {**item, "styles": ["modern"]}]})
    assert [len(one["stagings"]) for one in answer["items"]] == [2, 0, 1]
    told = answer["items"][1]["error"]
    assert told["code"] == "too_many_at_once"
    assert told["message"].startswith("1,000 stagings may be under way at once, and 999 are.")

    async def again(staging):
        async with ada.session.post(f"stagings/{staging['id']}/retry") as refused:
            return refused.status, refused.headers.get("Retry-After")

    assert await asyncio.gather(*map(again, first)) == [(429, "15")] * 3
    for staging in answer["items"][0]["stagings"]:
        await ada.ask("POST", f"stagings/{staging['id']}/cancel")
    found = await asyncio.gather(*map(again, first))
    assert sorted(status for status, _ in found) == [200, 200, 429]
    assert (await used(ada))["stagings_in_flight"] == FREE[Resource.STAGINGS]


async def test_what_is_announced_and_never_completed_has_an_end(service, ada):
    project = await ada.project()
    for _ in range(FREE[Resource.UPLOADS] // 50):
        await announce(ada, project, 50)
    [item] = await announce(ada, project, 1)
    assert item["error"]["code"] == "too_many_at_once"
    assert "Complete them first" in item["error"]["message"]


async def test_open_event_streams_have_an_end_and_a_closed_one_is_given_back(service):
    headers = {"Authorization": f"Bearer {service.token()}"}
    most = FREE[Resource.TOKEN_STREAMS]
    async with (
        aiohttp.ClientSession(service.url, headers=headers, connector=aiohttp.TCPConnector(limit=0)) as session,
        asyncio.timeout(60),
    ):
        opened = await asyncio.gather(*(session.get("/api/v1/events") for _ in range(most + 5)))
        assert sorted(stream.status for stream in opened) == [200] * most + [429] * 5
        refused = next(stream for stream in opened if stream.status == 429)
        assert refused.headers["Retry-After"]
        problem = await refused.json(content_type=None)
        assert problem["code"] == "too_many_at_once"
        assert f"{most} pages" in problem["detail"]
        async with service.signed_in(oidc.PEOPLE[1]) as ben, ben.session.get("events") as stream:
            assert stream.status == 200
        next(stream for stream in opened if stream.status == 200).close()
        while True:
            async with session.get("/api/v1/events") as stream:
                if stream.status == 200:
                    break
            await asyncio.sleep(0.02)
        for stream in opened:
            stream.close()


def test_an_accounts_tokens_share_its_places():
    places, account = Places(), new_id()
    limits = {Resource.STREAMS: 2, Resource.TOKEN_STREAMS: 9}
    taken = [places.take(limits, account, token) for token in "ab"]
    assert places.of(account) == 2
    with pytest.raises(TooManyAtOnce):
        places.take(limits, account, "c")
    for place in taken:
        places.give_back(account, place)
    assert places.of(account) == 0
    assert not places._taken


def test_room_is_taken_whole_or_not_at_all():
    room = Room({Resource.PHOTOS: 3, Resource.STORAGE: 100}, {Resource.PHOTOS: 1, Resource.STORAGE: 10})
    assert room.take({Resource.PHOTOS: 1, Resource.STORAGE: 91}).details["resource"] == Resource.STORAGE
    assert room.take({Resource.PHOTOS: 2, Resource.STORAGE: 90}) is None
    assert room.take({Resource.PHOTOS: 1, Resource.STORAGE: 0}).details["used"] == 3


async def test_a_photo_keeps_so_many_stagings_whatever_became_of_them(service, ada):
    project = await ada.project()
    photo, other = await ada.photo(project), await ada.photo(project)
    [first] = await ada.stage(photo)
    await ada.ask("POST", f"stagings/{first['id']}/cancel")
    await service.platform.database.execute(
        """insert into stagings (id, project_id, photo_id, job_id, room_type, style, seed, engine, state, finished_at)
           select unnest($1::uuid[]), project_id, photo_id, job_id, room_type, style, seed, engine, state, finished_at
           from stagings where id = $2""",
        [new_id() for _ in range(MOST_OF_PHOTO - 2)],
        UUID(first["id"]),
    )
    item = {"photo_id": photo["id"], "room_type": "living_room", "styles": ["modern"]}
    items = [{**item, "styles": ["modern", "coastal"]}, item, item, {**item, "photo_id": other["id"]}]
    answer = await ada.ask("POST", "stagings", 207, json={"items": items})
    assert [len(one["stagings"]) for one in answer["items"]] == [0, 1, 0, 1]
    told = answer["items"][2]["error"]
    assert (told["code"], "Delete some of this photo's" in told["message"]) == ("quota_reached", True)
    await ada.ask("DELETE", f"stagings/{first['id']}", 204)
    await ada.ask("POST", "stagings", 201, json={"items": [item]})
    gallery = await ada.ask("GET", f"projects/{project['id']}/gallery")
    assert sorted(len(one["stagings"]) for one in gallery["photos"]) == [1, MOST_OF_PHOTO]
