"""Trying by a test key: everything works, marked, apart, for nothing, and not for long."""

import io
import zipfile
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import aiohttp
import numpy as np
import pytest
from PIL import Image

from harness.service import room
from harness.service import service as run_service
from realstaging.domains.photos import retention as photos_retention
from realstaging.kit.clock import utc_now
from realstaging.sandbox.oidc import PEOPLE
from tests.api.test_keys import EVERYTHING, bearing, made, refused


def opened(data):
    with Image.open(BytesIO(data)) as picture:
        return np.asarray(picture.convert("RGB")).astype(int)


async def fetched(url):
    async with aiohttp.ClientSession() as anybody, anybody.get(url) as answer:
        return await answer.read()


async def files_of(caller, staging):
    """Every file that a result is seen or downloaded by."""
    urls = {name: url for name, url in staging["urls"].items() if name != "avif"}
    links = await caller.ask("GET", f"stagings/{staging['id']}/links")
    urls |= {f"download {name}": links[name] for name in ("jpg", "png", "mls")}
    return {name: opened(await fetched(url)) for name, url in urls.items()}


@pytest.mark.slow  # a picture is staged, and an archive made
async def test_pictures_of_a_test_key_are_marked_in_every_size_and_in_the_archive(service, ada):
    _, secret = await made(ada, EVERYTHING, mode="test")
    assert secret.startswith("rs_test_")
    photo = room()
    async with bearing(service, secret) as program, service.working():
        project = await program.project("Elm")
        [staging] = await program.stage(await program.photo(project, photo))
        staging = await program.until(staging, "ready")
        assert staging["draft_url"] is None
        results = await files_of(program, staging)
        archive = await program.ask("POST", f"projects/{project['id']}/archives", 201, json={})
        await service.jobs_done()
        archive = await program.ask("GET", f"archives/{archive['id']}")
        with zipfile.ZipFile(io.BytesIO(await fetched(archive["url"]))) as packed:
            [name] = packed.namelist()
            results["archive"] = opened(packed.read(name))
    # The engine drew one rectangle, in the first quarter of the picture. In each quarter there is a mark, so that no cut takes it away.
    for name, picture in results.items():
        height, width = picture.shape[:2]
        with Image.open(BytesIO(photo)) as original:
            before = np.asarray(original.convert("RGB").resize((width, height))).astype(int)
        marked = np.abs(picture - before).max(axis=2) > 30
        for top in (0, height // 2):
            for left in (0, width // 2):
                part = marked[top : top + height // 2, left : left + width // 2]
                assert part.mean() > 0.03, f"{name}: {part.mean():.3f} at {top}, {left}"


async def test_what_a_test_key_makes_lies_apart_and_its_people_may_look(service, ada):
    mine = (await ada.ask("GET", "me"))["account"]["id"]
    key, secret = await made(ada, EVERYTHING, mode="test")
    _, second = await made(ada, EVERYTHING, mode="test")
    async with bearing(service, secret) as program:
        project = await program.project("Trial")
        photo = await program.photo(project)
        await refused(program, 403, "key_of_another_account", headers={"Real-Staging-Account": mine})
    async with bearing(service, second) as program:
        assert [one["id"] for one in (await program.ask("GET", "projects"))["items"]] == [project["id"]]
    # It is listed with the account's other keys.
    assert key["id"] in {one["id"] for one in (await ada.ask("GET", "keys"))["items"]}
    assert (await ada.ask("GET", "projects"))["items"] == []
    await ada.ask("GET", f"photos/{photo['id']}", 404)
    accounts = (await ada.ask("GET", "me/accounts"))["items"]
    [trial] = [one for one in accounts if one["account"]["test"]]
    assert accounts[0]["account"]["id"] == mine
    there = {"Real-Staging-Account": trial["account"]["id"]}
    assert (await ada.ask("GET", f"photos/{photo['id']}", headers=there))["id"] == photo["id"]
    assert (await ada.ask("GET", "me", headers=there))["role"] == "owner"
    assert (await ada.ask("GET", "me"))["account"]["id"] == mine
    async with service.signed_in(PEOPLE[1]) as ben:
        await ben.ask("GET", "projects", 404, headers=there)
    # Keys are made in the account itself.
    await ada.ask("POST", "keys", 422, json={"name": "a", "scopes": [], "mode": "test"}, headers=there)
    trail = (await ada.ask("GET", "audit", params={"action": "photo.added"}))["items"]
    assert trail == []


async def test_a_test_key_costs_nothing_and_asks_no_provider(tmp_path, database_url, redis_url):
    from harness import paid  # noqa: PLC0415 - for this test alone
    from tests.api.test_observation import PAID  # noqa: PLC0415

    async with (
        run_service(tmp_path, database_url, redis_url, build_engines=paid.build, **PAID) as service,
        service.signed_in() as ada,
    ):
        _, secret = await made(ada, EVERYTHING, mode="test")
        async with bearing(service, secret) as program:
            photo = await program.photo(await program.project())
            item = {"photo_id": photo["id"], "room_type": "living_room", "styles": ["modern"], "engine": "replicate"}
            answer = await program.ask("POST", "stagings", 207, json={"items": [item]})
            assert answer["items"][0]["error"]["code"] == "test_mode"
        assert await service.platform.database.fetchval("select count(*) from holds") == 0


async def test_what_was_tried_is_deleted_after_thirty_days(tmp_path, database_url, redis_url):
    now = [utc_now()]
    async with (
        run_service(tmp_path, database_url, redis_url, clock=lambda: now[0]) as service,
        service.signed_in() as ada,
    ):
        _, secret = await made(ada, EVERYTHING, mode="test")
        kept = await ada.photo(await ada.project("Real"))
        async with bearing(service, secret) as program:
            project = await program.project("Trial")
            photo = await program.photo(project)
            await photos_retention.remove_old_tests(service.platform)
            await program.ask("GET", f"photos/{photo['id']}")
            now[0] += timedelta(days=30, minutes=1)
            await photos_retention.remove_old_tests(service.platform)
        database = service.platform.database
        assert await database.fetchval("select count(*) from projects where deleted_at is not null") == 1
        deleted = await database.fetchval("select deleted_at from photos where id = $1", UUID(photo["id"]))
        assert deleted is not None
        assert await database.fetchval("select deleted_at from photos where id = $1", UUID(kept["id"])) is None
        # A job removes the files, as of any photo.
        assert await database.fetchval("select count(*) from jobs where kind = 'staging.free_photos'") == 1
        who = await database.fetch(
            "select actor_kind from audit_entries where action in ('photo.deleted', 'project.deleted')"
        )
        assert [row["actor_kind"] for row in who] == ["service", "service"]
