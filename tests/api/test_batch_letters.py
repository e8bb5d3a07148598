"""The letter about what was asked for together: one, when all of it is over."""

import asyncio
import re
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from harness.service import room
from realstaging.domains.staging import batches_store, runners_store
from realstaging.domains.staging import jobs as staging_jobs
from realstaging.domains.staging.batches import is_news
from realstaging.kit.errors import BadPhoto
from realstaging.kit.ids import made_at, new_id
from realstaging.runtime.work import transaction
from tests.interleaving import over_or_waiting, run_jobs
from tests.letters import ada, outbox, sandbox, service, states, try_again

__all__ = ["ada", "sandbox", "service"]


async def staged(service, ada, names, styles=("modern",)):
    """One request for stagings of photos of these names, all of it over, and letters with it."""
    project = await ada.project("12 Elm Street & Söhne")
    photos = [await ada.photo(project, room(300, 200), name=name) for name in names]
    items = [{"photo_id": photo["id"], "room_type": "living_room", "styles": list(styles)} for photo in photos]
    answer = await ada.ask("POST", "stagings", 201, json={"items": items})
    await run_jobs(service.platform)
    return project, [staging for item in answer["items"] for staging in item["stagings"]]


async def test_a_batch_is_one_letter_with_its_pictures_and_what_failed(service, ada, sandbox):
    service.engine.failures.append(BadPhoto("The floor cannot be seen."))
    project, _ = await staged(service, ada, ["living.jpg", "küche.jpg"], ["modern", "scandinavian"])
    [letter] = sandbox.inbox.letters
    assert letter.recipients == ("ada@example.com",)
    assert letter.header("Subject") == "3 pictures are ready: 12 Elm Street & Söhne"
    assert re.fullmatch(r"<[0-9a-f-]{36}@mail\.example\.com>", letter.header("Message-ID"))
    assert letter.header("Reply-To") == "help@example.com"
    html, text = letter.body("html"), letter.body("plain")
    assert "1 picture could not be made. Nothing is charged for what failed." in text
    assert "The floor cannot be seen." in text
    assert "The floor cannot be seen." in html
    pictures = letter.pictures()
    assert len(pictures) == 3
    assert set(re.findall(r'src="cid:([^"]+)"', html)) == set(pictures)
    for data in pictures.values():
        with Image.open(BytesIO(data)) as picture:
            assert (picture.format, max(picture.size)) == ("JPEG", 300)
            assert not picture.getexif()
            assert len(data) < 100_000
    # The letter itself holds small pictures; nothing in it leads to a file.
    assert {address for address in letter.links() if address.startswith(service.url)} == set(letter.links())
    assert f"{service.url}/projects/{project['id']}" in letter.links()
    assert "/files/" not in html
    assert await outbox(service) == [("batch_ready", "sent", 0, "250 2.0.0 Taken as 1")]


async def test_what_was_deleted_meanwhile_is_in_no_letter(service, ada, sandbox):
    sandbox.misbehave("rcpt", "451 4.3.0 Later")
    _, [first, _] = await staged(service, ada, ["a.jpg", "b.jpg"])
    assert await states(service) == ["waiting"]
    await ada.ask("DELETE", f"stagings/{first['id']}", 204)
    await run_jobs(service.platform, "staging.free")
    await try_again(service)
    [letter] = sandbox.inbox.letters
    assert len(letter.pictures()) == letter.body("html").count("<img") == 1


async def test_alone_a_failure_is_told_and_a_picture_that_came_soon_is_not(service, ada, sandbox):
    await staged(service, ada, ["a.jpg"])
    assert await outbox(service) == []
    service.engine.failures.append(BadPhoto("The floor cannot be seen."))
    await staged(service, ada, ["kitchen.jpg"])
    [letter] = sandbox.inbox.letters
    assert letter.header("Subject") == "kitchen.jpg could not be staged: 12 Elm Street & Söhne"
    assert "kitchen.jpg: The floor cannot be seen." in letter.body("plain")


async def test_tried_again_is_another_batch_of_who_tries(service, ada, sandbox):
    service.engine.failures += [BadPhoto("No."), BadPhoto("No again.")]
    _, [staging] = await staged(service, ada, ["kitchen.jpg"])
    before = await service.platform.database.fetchrow("select requested_by, batch_id from stagings")
    await service.platform.database.execute("update stagings set requested_by = null")
    await ada.ask("POST", f"stagings/{staging['id']}/retry")
    after = await service.platform.database.fetchrow("select requested_by, batch_id from stagings")
    assert str(after["requested_by"]) == str(before["requested_by"]) == (await ada.ask("GET", "me"))["id"]
    assert after["batch_id"] != before["batch_id"]
    await run_jobs(service.platform)
    assert [letter.body("plain").count("No again.") for letter in sandbox.inbox.letters] == [0, 1]


def row(state, *, gone=False):
    ids = (new_id(), new_id(), new_id())
    return batches_store.OfBatch(*ids, "Elm", "a.jpg", "bedroom", "modern", state, None, None, new_id(), gone)


@pytest.mark.parametrize(
    ("states", "news"),
    [
        (["ready", "running"], False),
        (["ready", "queued"], False),
        (["ready", "ready"], True),
        (["ready", "failed"], True),
        (["ready", "canceled"], True),
        (["canceled", "canceled"], False),
        (["ready"], False),
        (["failed"], True),
        (["canceled"], False),
        (["ready", "running gone"], False),
        (["failed", "running gone"], True),
        (["ready gone", "ready gone"], False),
        ([], False),
    ],
)
def test_what_is_news(states, news):
    rows = [row(state.partition(" ")[0], gone=state.endswith("gone")) for state in states]
    now = made_at(new_id())
    assert is_news(rows, now, now) is news
    # Who waits for minutes has left.
    late = news or states in (["ready"], ["ready", "running gone"])
    assert is_news(rows, now - timedelta(minutes=3), now) is late


async def test_of_two_workers_that_end_the_last_two_at_once_one_writes(service, ada, sandbox):
    project = await ada.project()
    photo = await ada.photo(project)
    two = await ada.stage(photo, ["modern", "scandinavian"])
    database = service.platform.database
    jobs = await database.fetch("select id, job_id from stagings order by id")
    runners = [runners_store.Runner(one["id"], one["job_id"], 1) for one in jobs]

    async def fail(runner):
        async with transaction(service.platform) as work:
            await staging_jobs.write_failure(work, runner, "bad_photo", "No.")

    async with transaction(service.platform) as work:
        await staging_jobs.write_failure(work, runners[0], "bad_photo", "No.")
        other = asyncio.create_task(fail(runners[1]))
        await over_or_waiting(database, other)
    await other
    assert len(two) == 2
    assert await states(service) == ["waiting"]
