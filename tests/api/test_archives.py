"""The finished pictures of a project as one ZIP: made by a job, handed out by a link, gone after a day."""

import asyncio
import shutil
import zipfile
from io import BytesIO
from uuid import UUID

import aiohttp
import pytest

from realstaging.domains.archives import jobs
from realstaging.domains.archives import service as archives
from realstaging.domains.archives.payloads import Make
from realstaging.runtime.jobs import Claim
from realstaging.storage import StorageUnavailable
from realstaging.storage.local import INCOMING


async def until_over(caller, archive):
    async with asyncio.timeout(30):
        while archive["state"] in {"queued", "running"}:
            await asyncio.sleep(0.02)
            archive = await caller.ask("GET", f"archives/{archive['id']}")
    return archive


@pytest.fixture
async def project(service, ada):
    """Two photos of one name, the first in two styles: three pictures."""
    project = await ada.project('Haus "Ähren" 12/14')
    async with service.working():
        stagings = await ada.stage(await ada.photo(project, name="Küche.HEIC.jpg"), ["modern", "scandinavian"])
        stagings += await ada.stage(await ada.photo(project, name="KÜCHE.heic.JPG"))
        for staging in stagings:
            await ada.until(staging, "ready")
        await service.jobs_done()
    return {**project, "stagings": stagings}


async def ready(service, ada, project, **asked):
    async with service.working():
        return await until_over(ada, await ada.ask("POST", f"projects/{project['id']}/archives", 201, json=asked))


async def test_a_project_is_one_zip_of_known_length_that_goes_on_where_it_broke_off(service, ada, project):
    archive = await ready(service, ada, project)
    assert (archive["state"], archive["files"], archive["left_out"], archive["progress"]) == ("ready", 3, 0, 1.0)
    async with aiohttp.ClientSession() as browser:
        async with browser.get(archive["url"]) as answer:
            whole = await answer.read()
            assert answer.headers["Content-Length"] == str(len(whole)) == str(archive["size"])
            assert answer.headers["Content-Type"] == "application/zip"
            assert "filename*=UTF-8''Haus%20-%C3%84hren-%2012-14.zip" in answer.headers["Content-Disposition"]
            tag = answer.headers["ETag"]
        half = len(whole) // 2
        async with browser.get(archive["url"], headers={"Range": f"bytes={half}-", "If-Range": tag}) as answer:
            assert answer.status == 206
            assert answer.headers["Content-Range"] == f"bytes {half}-{len(whole) - 1}/{len(whole)}"
            assert whole[:half] + await answer.read() == whole
    packed = zipfile.ZipFile(BytesIO(whole))
    assert packed.testzip() is None
    assert packed.namelist() == [
        "Küche.HEIC-living_room-modern.jpg",
        "Küche.HEIC-living_room-scandinavian.jpg",
        "KÜCHE.heic-living_room-modern-2.jpg",
    ]


async def test_asked_again_it_is_the_same_until_the_pictures_are_others(service, ada, project):
    first = await ready(service, ada, project)
    assert (await ready(service, ada, project))["id"] == first["id"]
    assert (await ready(service, ada, project, files="mls"))["id"] != first["id"]
    chosen = [staging["id"] for staging in project["stagings"][:1]]
    assert (await ready(service, ada, project, staging_ids=chosen))["files"] == 1
    at_once = [ada.ask("POST", f"projects/{project['id']}/archives", 201, json={"files": "png"}) for _ in range(5)]
    assert len({archive["id"] for archive in await asyncio.gather(*at_once)}) == 1


async def test_what_cannot_be_packed_is_told(service, ada, project):
    empty = await ada.project()
    told = await ada.ask("POST", f"projects/{empty['id']}/archives", 409, json={})
    assert "no finished staging" in told["detail"]
    other = {"staging_ids": [empty["id"]]}
    await ada.ask("POST", f"projects/{project['id']}/archives", 409, json=other)
    for files in ("jpg", "mls", "png"):
        await ada.ask("POST", f"projects/{project['id']}/archives", 201, json={"files": files})
    one = {"staging_ids": [project["stagings"][0]["id"]]}
    told = await ada.ask("POST", f"projects/{project['id']}/archives", 409, json=one)
    assert told["code"] == "too_many_archives"


async def test_zips_are_not_more_than_the_plan_holds(service, ada, project):
    await ready(service, ada, project)
    await service.platform.database.execute("update archives set size = 1e15")
    told = await ada.ask("POST", f"projects/{project['id']}/archives", 409, json={"files": "mls"})
    assert told["code"] == "archives_too_large"
    await ada.ask("POST", f"projects/{project['id']}/archives", 201, json={})  # the one that is there


async def test_a_picture_that_is_deleted_takes_the_zips_it_is_in_along(service, ada, project):
    archive = await ready(service, ada, project)
    await archives.remove_over(service.platform)
    assert await service.platform.storage.list(archives.folder(archive["id"]))
    await ada.ask("DELETE", f"stagings/{project['stagings'][0]['id']}", 204)
    await archives.remove_over(service.platform)
    assert await service.platform.storage.list(archives.folder(archive["id"])) == []
    await ada.ask("GET", f"archives/{archive['id']}", 404)


async def test_a_day_later_it_is_gone(service, ada, project):
    archive = await ready(service, ada, project)
    await service.platform.database.execute("update archives set expires_at = now() - interval '1 second'")
    await ada.ask("GET", f"archives/{archive['id']}", 404)
    await archives.remove_over(service.platform)
    assert await service.platform.storage.list(archives.folder(archive["id"])) == []
    assert (await ready(service, ada, project))["id"] != archive["id"]


async def test_a_runner_that_was_given_up_changes_nothing_of_the_one_that_follows(service, ada, project):
    archive = await ada.ask("POST", f"projects/{project['id']}/archives", 201, json={})
    job_id = await service.platform.database.fetchval("select id from jobs where kind = 'archives.make'")
    stale, live = (Claim(job_id, Make(UUID(archive["id"])), attempt) for attempt in (1, 2))
    await jobs.make(service.platform, live)
    before = await ada.ask("GET", f"archives/{archive['id']}")
    assert before["state"] == "ready"
    await jobs.make(service.platform, stale)
    assert await ada.ask("GET", f"archives/{archive['id']}") == before
    assert await service.platform.storage.list(archives.folder(archive["id"])) == [f"archives/{archive['id']}/2.zip"]


async def test_storage_that_is_away_is_waited_for_and_told_at_the_end(service, ada, project):
    archive = await ada.ask("POST", f"projects/{project['id']}/archives", 201, json={})
    job_id = await service.platform.database.fetchval("select id from jobs where kind = 'archives.make'")
    # Nothing can be written where a file stands in the folder's place.
    incoming = service.platform.storage.folder / INCOMING
    shutil.rmtree(incoming)
    incoming.touch()
    with pytest.raises(StorageUnavailable):
        await jobs.make(service.platform, Claim(job_id, Make(UUID(archive["id"])), 1))
    assert (await ada.ask("GET", f"archives/{archive['id']}"))["state"] == "running"
    await jobs.make(service.platform, Claim(job_id, Make(UUID(archive["id"])), 5, 4))
    incoming.unlink()
    told = await ada.ask("GET", f"archives/{archive['id']}")
    assert (told["state"], told["error"]) == ("failed", StorageUnavailable().message)
    assert UUID((await ready(service, ada, project))["id"]) != UUID(archive["id"])
