"""Upload links: photos come from people who do not sign in, held to everything that holds the account's own."""

import asyncio
import hashlib
from datetime import timedelta
from uuid import UUID

import aiohttp
import pytest

from harness.service import Caller, jpeg
from harness.service import service as run_service
from realstaging import wiring
from realstaging.domains.photos import store as photos_store
from realstaging.domains.photos import uploads
from realstaging.domains.upload_links import store
from realstaging.kit import bearer_texts
from realstaging.kit.clock import utc_now
from realstaging.sandbox.oidc import PEOPLE
from tests.api.test_people import calls


async def link(caller, project, **asked):
    """A new link: what is shown of it, and the token in its address."""
    shown = await caller.ask("POST", f"projects/{project['id']}/upload-links", 201, json=asked)
    return shown["link"], shown["url"].rpartition("/send/")[2]


@pytest.fixture
async def anybody(service):
    async with aiohttp.ClientSession(base_url=f"{service.url}/api/v1/") as session:
        yield Caller(session)


def file(data, name="kitchen.jpg", **changed):
    return {
        "name": name,
        "type": "image/jpeg",
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        **changed,
    }


async def announced(anybody, token, *datas, sender=None, status=201):
    body = {"files": [file(data) for data in datas], "sender": sender}
    answer = await anybody.ask("POST", f"upload-links/{token}/uploads", status, json=body)
    return answer["items"] if status == 201 else answer


async def sent(anybody, token, data, sender=None, status=201):
    """The one file, all the way; what is said of it."""
    [upload] = await announced(anybody, token, data, sender=sender)
    assert await anybody.send(upload, data) in {200, 201, 204}
    return await anybody.ask("POST", f"upload-links/{token}/photos", status, json={"upload_ids": [upload["upload_id"]]})


async def test_a_photographer_sends_photos_without_signing_in(service, ada, anybody):
    project = await ada.project("12 Elm Street")
    made, token = await link(ada, project, name="Paul", files=3)
    assert made["files_left"] == 3
    told = await anybody.ask("GET", f"upload-links/{token}")
    assert (told["project_name"], told["name"], told["files_left"]) == ("12 Elm Street", "Paul", 3)
    assert (await sent(anybody, token, jpeg(colour=(1, 2, 3)), "Paul P."))["items"][0]["error"] is None
    answer = await sent(anybody, token, jpeg(colour=(3, 2, 1)))
    assert answer["files_left"] == 1
    assert set(answer["items"][0]) == {"upload_id", "error"}
    photos = (await ada.ask("GET", f"projects/{project['id']}/photos"))["items"]
    assert [one["sent_by"] for one in photos] == ["Paul P.", "Paul"]
    gallery = await ada.ask("GET", f"projects/{project['id']}/gallery")
    assert {one["sent_by"] for one in gallery["photos"]} == {"Paul P.", "Paul"}
    trail = (await ada.ask("GET", "audit", params={"action": "photo.added"}))["items"]
    assert {(one["who"]["kind"], one["who"]["id"]) for one in trail} == {("upload_link", made["id"])}
    assert (await ada.ask("GET", f"projects/{project['id']}/upload-links"))["items"][0]["files_left"] == 1
    rows = await service.platform.database.fetch("select upload_links::text as row from upload_links")
    assert all(token not in row["row"] for row in rows)


async def test_a_file_that_cannot_be_looked_at_now_is_there_when_it_is_asked_for_again(service, ada, anybody):
    """Storage that was away for a moment took the file and its row: who sent it had sent it in vain."""
    project, data = await ada.project(), jpeg(colour=(4, 5, 6))
    _, token = await link(ada, project, files=1)
    [upload] = await announced(anybody, token, data)
    assert await anybody.send(upload, data) in {200, 201, 204}
    body = {"upload_ids": [upload["upload_id"]]}

    # Nothing can be said of a file that a link stands for which leads to itself.
    key = await service.platform.database.fetchval("select key from uploads where id = $1", UUID(upload["upload_id"]))
    place = service.platform.storage.path(key)
    place.unlink()
    place.symlink_to(place)
    answer = await anybody.ask("POST", f"upload-links/{token}/photos", 207, json=body)
    place.unlink()
    place.write_bytes(data)
    assert (answer["items"][0]["error"]["code"], answer["files_left"]) == ("storage_unavailable", 0)
    answer = await anybody.ask("POST", f"upload-links/{token}/photos", 201, json=body)
    assert (answer["items"][0]["error"], answer["files_left"]) == (None, 0)


async def test_the_links_of_all_projects_are_listed_in_pages(service, ada):
    elm, oak = await ada.project("Elm"), await ada.project("Oak")
    made = [(await link(ada, project, name=name))[0] for project, name in ((elm, "a"), (oak, "b"), (elm, "c"))]
    first = await ada.ask("GET", "upload-links", params={"limit": 2})
    assert [(one["name"], one["project_name"]) for one in first["items"]] == [("c", "Elm"), ("b", "Oak")]
    rest = await ada.ask("GET", "upload-links", params={"limit": 2, "cursor": first["next_cursor"]})
    assert ([one["id"] for one in rest["items"]], rest["next_cursor"]) == ([made[0]["id"]], None)
    async with service.signed_in(PEOPLE[1]) as stranger:
        assert (await stranger.ask("GET", "upload-links"))["items"] == []
    await ada.ask("DELETE", f"projects/{oak['id']}/upload-links/{made[1]['id']}", 204)
    await ada.ask("DELETE", f"projects/{elm['id']}", 204)
    assert (await ada.ask("GET", "upload-links"))["items"] == []


async def test_a_link_opens_one_thing_and_shows_nothing_else(service, ada, anybody):
    project = await ada.project()
    _, token = await link(ada, project)
    own = jpeg(colour=(7, 7, 7))
    upload = await ada.announce(project, own)
    await ada.send(upload, own)
    body = {"upload_ids": [upload["upload_id"]]}
    # What others announced is not the link's to complete.
    answer = await anybody.ask("POST", f"upload-links/{token}/photos", 207, json=body)
    assert answer["items"][0]["error"]["code"] == "not_found"
    _, second = await link(ada, project)
    [theirs] = await announced(anybody, second, own)
    answer = await anybody.ask("POST", f"upload-links/{token}/photos", 207, json={"upload_ids": [theirs["upload_id"]]})
    assert answer["items"][0]["error"]["code"] == "not_found"
    # It is no key, and no sign-in.
    headers = {"Authorization": f"Bearer {token}"}
    for path in ("projects", "me", f"projects/{project['id']}/photos"):
        await anybody.ask("GET", path, 401, headers=headers)


async def test_a_link_ends_by_time_by_being_taken_back_and_with_its_project(tmp_path, database_url, redis_url):
    now = [utc_now()]
    async with (
        run_service(tmp_path, database_url, redis_url, clock=lambda: now[0]) as service,
        service.signed_in() as ada,
        aiohttp.ClientSession(base_url=f"{service.url}/api/v1/") as session,
    ):
        anybody, project = Caller(session), await ada.project()

        async def closed(token):
            problem = await anybody.ask("GET", f"upload-links/{token}", 404)
            assert problem["code"] == "no_such_link"
            await announced(anybody, token, jpeg(), status=404)
            await anybody.ask("POST", f"upload-links/{token}/photos", 404, json={"upload_ids": [project["id"]]})

        _, short = await link(ada, project, days=1)
        taken_back, revoked = await link(ada, project)
        gone = await ada.project("Sold")
        _, of_gone = await link(ada, gone)
        for token in (short, revoked, of_gone):
            await anybody.ask("GET", f"upload-links/{token}")
        now[0] += timedelta(days=1, seconds=1)
        await ada.ask("DELETE", f"projects/{project['id']}/upload-links/{taken_back['id']}", 204)
        await ada.ask("DELETE", f"projects/{project['id']}/upload-links/{taken_back['id']}", 404)
        await ada.ask("DELETE", f"projects/{gone['id']}", 204)
        for token in (short, revoked, of_gone):
            await closed(token)
        assert (await ada.ask("GET", f"projects/{project['id']}/upload-links"))["items"] == []


async def test_nobody_is_asked_about_a_link_that_was_mistyped(service, ada, anybody):
    _, token = await link(ada, await ada.project())
    wrong = token[:-1] + ("a" if token[-1] != "a" else "b")
    with calls(store.opened) as read:
        await anybody.ask("GET", f"upload-links/{wrong}", 404)
        await anybody.ask("GET", "upload-links/hello", 404)
        assert read == []
        await anybody.ask("GET", f"upload-links/{bearer_texts.new('rs_link_')}", 404)
    assert len(read) == 1


async def test_a_link_takes_so_many_files_also_at_once(service, ada, anybody):
    _, token = await link(ada, await ada.project(), files=3)

    async def one(shade):
        body = {"files": [file(jpeg(colour=(shade, 0, 0)))]}
        async with anybody.session.post(f"upload-links/{token}/uploads", json=body) as answer:
            return answer.status

    assert sorted(await asyncio.gather(*(one(shade) for shade in range(6)))) == [201] * 3 + [409] * 3
    problem = await announced(anybody, token, jpeg(), status=409)
    assert problem["code"] == "link_full"


async def test_what_is_no_photo_is_refused_in_words_and_gives_its_place_back(service, ada, anybody):
    _, token = await link(ada, await ada.project(), files=1)
    answer = await sent(anybody, token, b"no photo at all", status=207)
    assert answer["items"][0]["error"]["message"]
    assert answer["files_left"] == 1
    refusal = (
        await anybody.ask("POST", f"upload-links/{token}/uploads", 201, json={"files": [file(b"x", size=60 * 2**20)]})
    )["items"][0]["error"]
    assert refusal["code"] == "too_large"
    assert (await sent(anybody, token, jpeg()))["files_left"] == 0


async def test_what_is_sent_after_it_was_refused_counts_and_is_removed(service, ada, anybody):
    """An address is good for an hour, whatever is said of its file meanwhile: nothing may be stored that no row names."""
    _, token = await link(ada, await ada.project(), files=1)
    data, database = jpeg(), service.platform.database
    [upload] = await announced(anybody, token, data)
    complete = {"upload_ids": [upload["upload_id"]]}
    early = await anybody.ask("POST", f"upload-links/{token}/photos", 207, json=complete)
    assert early["items"][0]["error"]["code"] == "bad_photo"
    assert early["files_left"] == 1
    assert await anybody.send(upload, data) in {200, 201, 204}
    account_id = await database.fetchval("select account_id from projects")
    used = await photos_store.used(database, account_id)
    assert (used.uploads, used.bytes) == (0, len(data))
    again = await anybody.ask("POST", f"upload-links/{token}/photos", 207, json=complete)
    assert again["items"][0]["error"]["code"] == "not_found"
    for hours, left in ((1, 1), (3, 0)):
        ahead = timedelta(hours=hours)
        async with wiring.platform(service.settings, engines={}, clock=lambda ahead=ahead: utc_now() + ahead) as later:
            await uploads.free_uploads(later)
        assert len(await service.platform.storage.list("uploads/")) == left
        assert await database.fetchval("select count(*) from uploads") == left


async def test_what_was_refused_meanwhile_becomes_no_photo(service, ada, anybody):
    """Two requests complete one file, and one of them came before it."""
    shown, token = await link(ada, project := await ada.project(), files=1)
    [upload] = await announced(anybody, token, data := jpeg())
    await anybody.send(upload, data)
    begun, go_on = asyncio.Event(), asyncio.Event()
    prepared = uploads._fetch

    async def slowly(*arguments):
        found = await prepared(*arguments)
        begun.set()
        await go_on.wait()
        return found

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(uploads, "_fetch", slowly)
        path, body = f"upload-links/{token}/photos", {"upload_ids": [upload["upload_id"]]}
        completing = asyncio.create_task(anybody.ask("POST", path, 207, json=body))
        await begun.wait()
        await uploads.refuse_uploads(service.platform, UUID(shown["id"]), [UUID(upload["upload_id"])])
        go_on.set()
        assert (await completing)["items"][0]["error"]["code"] == "not_found"
    assert (await ada.ask("GET", f"projects/{project['id']}/gallery"))["photos"] == []


async def test_the_accounts_quotas_hold(service, ada, anybody):
    project = await ada.project()
    _, token = await link(ada, project, files=500)
    await service.platform.database.execute(
        """insert into uploads (id, project_id, name, mime, size, sha256, key)
           select gen_random_uuid(), id, 'a', '', 1, '', gen_random_uuid()::text from projects, generate_series(1, 500)"""
    )
    [refused] = await announced(anybody, token, jpeg())
    assert refused["error"]["code"] == "too_many_at_once"


async def test_links_are_limited_each_and_by_address(tmp_path, database_url, redis_url):
    limits = {"rate_limit_upload_link": "4/minute, 6/minute"}
    async with run_service(tmp_path, database_url, redis_url, **limits) as service, service.signed_in() as ada:
        project = await ada.project()
        (_, one), (_, other) = [await link(ada, project) for _ in range(2)]
        async with aiohttp.ClientSession(base_url=f"{service.url}/api/v1/") as session:

            async def told(token):
                async with session.get(f"upload-links/{token}") as answer:
                    return answer.status, (await answer.json()).get("violated-policies")

            assert [await told(one) for _ in range(4)] == [(200, None)] * 4
            assert await told(one) == (429, ["upload-link-token"])
            assert [await told(other) for _ in range(2)] == [(200, None)] * 2
            assert await told(other) == (429, ["upload-link-address"])


async def test_links_are_the_accounts_own(service, ada):
    project = await ada.project()
    made, _ = await link(ada, project)
    async with service.signed_in(PEOPLE[1]) as ben:
        await ben.ask("GET", f"projects/{project['id']}/upload-links", 404)
        await ben.ask("POST", f"projects/{project['id']}/upload-links", 404, json={})
        await ben.ask("DELETE", f"projects/{project['id']}/upload-links/{made['id']}", 404)


async def test_a_project_has_so_many_links_and_no_more(service, ada):
    project = await ada.project()
    for _ in range(20):
        await link(ada, project)
    problem = await ada.ask("POST", f"projects/{project['id']}/upload-links", 409, json={})
    assert problem["code"] == "too_many_links"


async def test_nothing_is_sent_to_a_suspended_account(service, ada, anybody):
    _, token = await link(ada, await ada.project())
    await service.platform.database.execute("update accounts set suspended_at = now()")
    assert (await anybody.ask("GET", f"upload-links/{token}", 409))["code"] == "link_suspended"


@pytest.mark.parametrize("wrong", [{"days": 91}, {"days": 0}, {"files": 501}, {"files": 0}, {"name": "x" * 121}])
async def test_a_link_has_bounds(ada, wrong):
    project = await ada.project()
    await ada.ask("POST", f"projects/{project['id']}/upload-links", 422, json=wrong)
