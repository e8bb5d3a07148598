"""kill -9 at every step of storing and of removing a photo's files: nothing is lost, and nothing stays that no row names."""

from datetime import timedelta
from uuid import UUID

import msgspec

from harness.killing import killed
from harness.service import jpeg
from realstaging import wiring
from realstaging.domains.photos import originals, uploads
from realstaging.kit.clock import utc_now
from tests.api.test_originals import files, nothing_unclaimed, sent, shown
from tests.faults import doomed_upload
from tests.faults.doomed_upload import COMPLETING, REMOVING, Errand


async def killed_at(errand):
    """Let a process of its own do the errand until it dies of it."""
    await killed(doomed_upload.run, msgspec.json.encode(errand))


async def the_next_days(service):
    async with wiring.platform(service.settings, engines={}, clock=lambda: utc_now() + timedelta(days=2)) as platform:
        await originals.free_files(platform)
        await uploads.free_uploads(platform)


async def test_completing_is_killed_and_asked_for_again(service, ada):
    account = UUID((await ada.ask("GET", "me"))["account"]["id"])
    project = await ada.project()
    pictures = []
    for number, step in enumerate(COMPLETING):
        upload_id, body = await sent(ada, project, jpeg(300 + number, 200))
        await killed_at(Errand(service.settings, step, account, UUID(project["id"]), upload=UUID(upload_id)))
        pictures.append((await ada.ask("POST", "photos", 201, json=body))["items"][0]["photo"])
        assert await shown(pictures[-1]), step
    await the_next_days(service)
    assert await shown(*pictures)
    assert len(await files(service)) == 3 * len(pictures)
    assert await nothing_unclaimed(service)
    assert await service.platform.storage.list("uploads/") == []


async def test_removing_is_killed_and_the_photo_comes_back(service, ada):
    account = UUID((await ada.ask("GET", "me"))["account"]["id"])
    project = await ada.project()
    pictures = []
    for number, step in enumerate(REMOVING):
        data = jpeg(300 + number, 200)
        photo = await ada.photo(project, data)
        await ada.ask("DELETE", f"photos/{photo['id']}", 204)
        await killed_at(Errand(service.settings, step, account, UUID(project["id"]), photo=UUID(photo["id"])))
        pictures.append(await ada.photo(project, data))
        await originals.free_originals(service.platform, [UUID(photo["id"])])
        assert await shown(pictures[-1]), step
    await the_next_days(service)
    assert await shown(*pictures)
    assert len(await files(service)) == 3 * len(pictures)
    assert await nothing_unclaimed(service)
