"""The files of originals: stored and removed by whoever comes, in any order, and always those that a photo needs are there."""

import asyncio
import errno
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import aiohttp

from harness.service import jpeg
from realstaging import wiring
from realstaging.domains.photos import originals, originals_store, uploads
from realstaging.kit.clock import utc_now
from realstaging.runtime.work import transaction
from tests.interleaving import over_or_waiting, run_jobs


async def sent(ada, project, data):
    """An upload that has arrived; the request that makes a photo of it."""
    upload = await ada.announce(project, data)
    assert await ada.send(upload, data) == 200
    return upload["upload_id"], {"project_id": project["id"], "upload_ids": [upload["upload_id"]]}


async def shown(*pictures):
    """Whether every address of these photos has its file."""
    async with aiohttp.ClientSession() as browser:
        for photo in pictures:
            for url in photo["urls"].values():
                async with browser.get(url) as answer:
                    if answer.status != 200:
                        return False
    return True


async def files(service):
    return await service.platform.storage.list("originals/")


async def nothing_unclaimed(service):
    return await service.platform.database.fetchval("select count(*) from unclaimed_originals") == 0


async def test_a_late_removal_does_not_take_what_was_uploaded_again(service, ada):
    """The removal comes after the new files are stored, before they are a photo's."""
    project = await ada.project()
    data = jpeg()
    old = await ada.photo(project, data)
    await ada.ask("DELETE", f"photos/{old['id']}", 204)
    upload_id, body = await sent(ada, project, data)
    async with transaction(service.platform) as work:
        await work.connection.execute("select from uploads where id = $1 for update", UUID(upload_id))
        completing = asyncio.create_task(ada.ask("POST", "photos", 201, json=body))
        assert not await over_or_waiting(service.platform.database, completing)
        await run_jobs(service.platform, "staging.free_photos")
    new = (await completing)["items"][0]["photo"]
    assert await shown(new)
    assert (len(await files(service)), await nothing_unclaimed(service)) == (3, True)


def undeletable(folder):
    """How files are deleted on a disk that does not let go of those in a folder."""
    unlink = Path.unlink

    def broken(path, missing_ok=False):
        if folder in path.parts:
            raise OSError(errno.EIO, "input/output error")
        unlink(path, missing_ok)

    return broken


async def test_what_cannot_be_tidied_up_is_no_reason_to_say_that_a_photo_did_not_arrive(service, ada, monkeypatch):
    """Storage stops to answer after the photo is one: who were told that it failed would send it again, and have it twice."""
    project = await ada.project()
    _, body = await sent(ada, project, jpeg())
    broken = undeletable("uploads")
    with monkeypatch.context() as disk:
        disk.setattr(Path, "unlink", broken)
        [made] = (await ada.ask("POST", "photos", 201, json=body))["items"]
    assert made["error"] is None
    assert [photo["id"] for photo in (await ada.ask("GET", f"projects/{project['id']}/photos"))["items"]] == [
        made["photo"]["id"]
    ]
    assert len(await service.platform.storage.list("uploads/")) == 1
    async with wiring.platform(service.settings, engines={}, clock=lambda: utc_now() + timedelta(days=90)) as later:
        await uploads.free_uploads(later)
    assert await service.platform.storage.list("uploads/") == []


async def test_why_a_photo_was_refused_is_told_also_where_its_files_cannot_be_removed(service, ada, monkeypatch):
    project = await ada.project()
    _, body = await sent(ada, project, jpeg())
    broken = undeletable("originals")
    with monkeypatch.context() as disk:
        disk.setattr(Path, "unlink", broken)
        async with transaction(service.platform) as work:
            # It is deleted while the photo's files are being stored.
            await work.connection.execute("update projects set deleted_at = now() where id = $1", UUID(project["id"]))
            completing = asyncio.create_task(ada.ask("POST", "photos", 207, json=body))
            assert not await over_or_waiting(service.platform.database, completing)
        [item] = (await completing)["items"]
    assert item["error"]["code"] == "not_found"


async def test_a_removal_under_way_is_waited_for(service, ada):
    project = await ada.project()
    data = jpeg()
    old = await ada.photo(project, data)
    await ada.ask("DELETE", f"photos/{old['id']}", 204)
    _, body = await sent(ada, project, data)
    async with transaction(service.platform) as work:
        # As the job of the deletion does, up to its commit.
        locked = await originals_store.lock_originals(work.connection, [UUID(old["id"])])
        [key] = await originals_store.free_unused(work.connection, locked)
        completing = asyncio.create_task(ada.ask("POST", "photos", 201, json=body))
        assert not await over_or_waiting(service.platform.database, completing), "it takes files that are being removed"
    new = (await completing)["items"][0]["photo"]
    await originals.free_files(service.platform)
    assert await shown(new)
    assert (len(await files(service)), await nothing_unclaimed(service)) == (3, True)
    assert not any(name.startswith(key) for name in await files(service))


async def test_a_removal_sees_the_photo_it_waited_for(service, ada):
    """The job has found the original unused; the new photo is committed while it waits for the lock."""
    project = await ada.project()
    data = jpeg()
    old = await ada.photo(project, data)
    await ada.ask("DELETE", f"photos/{old['id']}", 204)
    original = await service.platform.database.fetchval("select id from originals")
    new_id = UUID(int=7)
    async with transaction(service.platform) as work:
        await work.connection.execute("select from originals where id = $1 for update", original)
        freeing = asyncio.create_task(run_jobs(service.platform, "staging.free_photos"))
        assert not await over_or_waiting(service.platform.database, freeing), "it does not look at the lock"
        await work.connection.execute(
            "insert into photos (id, project_id, original_id, name) values ($1, $2, $3, 'again.jpg')",
            new_id,
            UUID(project["id"]),
            original,
        )
    await freeing
    assert await shown(await ada.ask("GET", f"photos/{new_id}"))


async def test_completing_into_a_project_just_deleted_leaves_no_file(service, ada):
    project = await ada.project()
    _, body = await sent(ada, project, jpeg())
    async with transaction(service.platform) as work:
        await work.connection.execute("update projects set deleted_at = now() where id = $1", UUID(project["id"]))
        completing = asyncio.create_task(ada.ask("POST", "photos", 207, json=body))
        assert not await over_or_waiting(service.platform.database, completing)
    assert (await completing)["items"][0]["error"]["code"] == "not_found"
    assert (await files(service), await nothing_unclaimed(service)) == ([], True)


async def test_many_at_once_keep_one_set_of_files(service, ada):
    project = await ada.project()
    data = jpeg()
    bodies = [(await sent(ada, project, data))[1] for _ in range(4)]
    answers = await asyncio.gather(*(ada.ask("POST", "photos", 201, json=body) for body in bodies))
    assert await shown(*(answer["items"][0]["photo"] for answer in answers))
    assert (len(await files(service)), await nothing_unclaimed(service)) == (3, True)


async def test_a_lost_file_comes_back_with_the_next_upload_of_the_photo(service, ada):
    project = await ada.project()
    data = jpeg()
    before = await ada.photo(project, data)
    await service.platform.storage.delete([name for name in await files(service) if "thumb" in name])
    assert not await shown(before)
    after = await ada.photo(project, data)
    assert await shown(after, await ada.ask("GET", f"photos/{before['id']}"))


async def test_files_of_a_deletion_whose_job_died_go_a_day_later(service, ada):
    project = await ada.project()
    for data, path in ((jpeg(300, 200), "photo"), (jpeg(310, 200), "project")):
        at = await ada.project() if path == "project" else project
        photo = await ada.photo(at, data)
        await ada.ask("DELETE", f"photos/{photo['id']}" if path == "photo" else f"projects/{at['id']}", 204)
    await service.platform.database.execute("update jobs set state = 'dead'")
    kept = await ada.photo(project, jpeg(320, 200))
    await originals.free_files(service.platform)
    assert len(await files(service)) == 9, "not on the same day"
    later = wiring.platform(service.settings, engines={}, clock=lambda: utc_now() + timedelta(days=2))
    async with later as platform:
        await originals.free_files(platform)
    assert (len(await files(service)), await shown(kept)) == (3, True)
