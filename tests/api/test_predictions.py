"""What will become of a photo is told before anything is asked for, and what will be refused takes no place and no money."""

import asyncio

import pytest

from harness.service import RectangleEngine, room
from harness.service import service as run_service
from realstaging.engines.brief import Prediction, RoomType
from realstaging.kit.errors import BadPhoto, Unavailable

NARROW = "There is not enough free floor in view for a table and its chairs."
FINE = Prediction("yes", seen=("About 4 m wide.",), room_type=RoomType.BEDROOM, unfit={RoomType.DINING_ROOM: NARROW})
UNREADABLE = Prediction("no", refused=True, reasons=("I can't make out the walls of this room.",))


class PredictingEngine(RectangleEngine):
    """Tells what it was told to tell."""

    def __init__(self, *told):
        super().__init__()
        self.told, self.asked = list(told), []

    @property
    def predicts(self):
        return self

    async def predict(self, photo, named):
        assert photo.read_bytes()
        self.asked.append(named)
        told = self.told.pop(0)
        if isinstance(told, Exception):
            raise told
        return told


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    engine = PredictingEngine()
    async with run_service(tmp_path, database_url, redis_url, build_engines=lambda *_: {"local": engine}) as running:
        running.engine = engine
        yield running


async def predicted(ada, photo):
    async with asyncio.timeout(30):
        while True:
            now = await ada.ask("GET", f"photos/{photo['id']}")
            if now["prediction"]:
                return now
            await asyncio.sleep(0.02)


async def code(ada, photo, room_type, status=207, **more):
    item = {"photo_id": photo["id"], "room_type": room_type, "styles": ["modern"], **more}
    answer = await ada.ask("POST", "stagings", status, json={"items": [item]})
    return (answer["items"][0]["error"] or {}).get("code")


async def test_a_photo_is_read_once_and_what_was_seen_is_told(service, ada):
    service.engine.told = [FINE]
    project = await ada.project()
    photo = await ada.photo(project, room(), "DSC_0012.jpg")
    assert (photo["prediction"], photo["suggested_room_type"]) == (None, None)
    async with service.working():
        now = await predicted(ada, photo)
        await service.jobs_done()
    assert now["suggested_room_type"] == "bedroom", "from what was seen, where the name says nothing"
    assert (now["prediction"]["stageable"], now["prediction"]["seen"]) == ("yes", ["About 4 m wide."])
    told = await service.platform.database.fetchval("select data from events where kind = 'photo.predicted'")
    assert (told["id"], told["prediction"]) == (photo["id"], now["prediction"])

    # The same content again is known already; its name goes before what is seen.
    again = await ada.photo(project, room(), "Kitchen.jpg")
    assert (again["suggested_room_type"], again["prediction"]) == ("kitchen", now["prediction"])
    gallery = await ada.ask("GET", f"projects/{project['id']}/gallery")
    assert [each["prediction"] for each in gallery["photos"]] == [now["prediction"]] * 2
    assert service.engine.asked == [None]


async def test_what_will_be_refused_is_accepted_with_insistence_only(service, ada):
    service.engine.told = [FINE, UNREADABLE]
    project = await ada.project()
    fine, unreadable = await ada.photo(project, room(), "dining.jpg"), await ada.photo(project, room(465), "b.jpg")
    async with service.working():
        for photo in (fine, unreadable):
            await predicted(ada, photo)
        await service.jobs_done()
    assert service.engine.asked == ["dining_room", None]
    for photo, room_type in ((fine, "dining_room"), (unreadable, "bedroom"), (unreadable, "office")):
        assert await code(ada, photo, room_type) == "foreseen"
    count = "select (select count(*) from stagings) + (select count(*) from jobs where kind = 'staging.stage')"
    assert await service.platform.database.fetchval(count) == 0
    assert await code(ada, fine, "bedroom", 201) is None
    assert await code(ada, fine, "dining_room", 201, insist=True) is None
    assert await code(ada, unreadable, "office", 201, corrections={"ceiling_height": 2.5}) is None
    assert await service.platform.database.fetchval(count) == 6


async def test_nobody_is_kept_from_staging_by_a_reading_that_failed(service, ada):
    service.engine.told = [Unavailable("Working on the picture was interrupted."), BadPhoto("This cannot be read.")]
    photo = await ada.photo(await ada.project(), room())
    async with service.working():
        async with asyncio.timeout(60):
            while len(service.engine.asked) < 2:
                await asyncio.sleep(0.05)
        await service.jobs_done()
    assert (await ada.ask("GET", f"photos/{photo['id']}"))["prediction"] is None
    assert await code(ada, photo, "living_room", 201) is None


async def test_photos_of_a_project_share_their_pieces_and_others_do_not(service, ada):
    service.engine.told = [FINE] * 3
    first, second = await ada.project(), await ada.project("14 Elm Street")
    photos = [await ada.photo(first, room()), await ada.photo(first, room(465)), await ada.photo(second, room())]
    one, other, elsewhere = [(await ada.stage(photo))[0]["seed"] for photo in photos]
    assert one == other != elsewhere
