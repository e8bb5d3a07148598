"""The Python SDK where the network fails for longer than it tries: nothing is paid twice, no file is half, nothing known is lost."""

import asyncio
import time
from io import BytesIO

import pytest
from PIL import Image
from realstaging_sdk import (
    AsyncRealStaging,
    Forbidden,
    InvalidInput,
    NotFound,
    NotReached,
    PhotoRefused,
    RealStaging,
    ServiceError,
    StagingFailed,
    TookTooLong,
)

from realstaging.kit.ids import new_id

SOON = {"Retry-After": "0"}
WANTED = {"room_type": "living_room", "style": "modern"}
STAGINGS = "select count(*) from stagings"


# The one that is awaited is written from the other by `scripts/sdk_models`.
@pytest.fixture(params=[RealStaging, pytest.param(AsyncRealStaging, marks=pytest.mark.long)])
def kind(request):
    return request.param


@pytest.fixture
async def quick(opened):
    """A client that gives up at its second try."""
    async with opened(tries=2) as client:
        yield client


@pytest.fixture
async def photo(quick, photo_file):
    project = await quick.create_project("12 Elm Street")
    return await quick.upload(project.id, photo_file)


# ---- what costs money


async def test_a_staging_whose_answer_was_lost_is_asked_for_again_by_another_program(
    service, through, opened, quick, photo
):
    through.troubles = ["lost", "lost"]
    with pytest.raises(NotReached) as lost:
        await quick.stage(photo.id, **WANTED, idempotency_key="12 Elm Street, modern")
    assert lost.value.idempotency_key == "12 Elm Street, modern"
    async with opened() as later:
        staging = await later.stage(photo.id, **WANTED, idempotency_key="12 Elm Street, modern")
        assert await service.platform.database.fetchval(STAGINGS) == 1
        with pytest.raises(InvalidInput) as other:
            await later.stage(photo.id, **WANTED, seed=2, idempotency_key="12 Elm Street, modern")
        assert (other.value.code, other.value.idempotency_key) == ("idempotency_key_reused", "12 Elm Street, modern")
    assert staging.state == "queued"


async def test_what_failed_says_the_key_that_it_was_given(service, through, quick, photo):
    for troubles, error in ((["lost"] * 2, NotReached), ([(503, SOON)] * 2, ServiceError)):
        through.troubles = list(troubles)
        with pytest.raises(error) as failed:
            await quick.stage_in(photo.id, room_type="living_room", styles=["modern", "coastal"])
        stagings = await quick.stage_in(
            photo.id,
            room_type="living_room",
            styles=["modern", "coastal"],
            idempotency_key=failed.value.idempotency_key,
        )
        assert [one.style for one in stagings] == ["modern", "coastal"]
    assert await service.platform.database.fetchval(STAGINGS) == 4
    with pytest.raises(StagingFailed) as refused:
        await quick.stage(photo.id, **WANTED, engine="nobody's", idempotency_key="refused")
    assert refused.value.idempotency_key == "refused"


async def test_a_retry_whose_answer_was_lost_is_one(through, quick, photo):
    staging = await quick.stage(photo.id, **WANTED)
    await quick.cancel(staging.id)
    through.troubles = ["lost", "lost"]
    with pytest.raises(NotReached):
        await quick.retry(staging.id, idempotency_key="again")
    assert (await quick.retry(staging.id, idempotency_key="again")).state == "queued"


async def test_an_upload_under_a_key_is_one_photo_also_once_its_address_is_over(
    service, through, opened, quick, photo_file
):
    project = await quick.create_project("12 Elm Street")
    through.meets = lambda request: request.path == "/api/v1/photos"
    through.troubles = ["lost", "lost"]
    with pytest.raises(NotReached) as lost:
        await quick.upload(project.id, photo_file, idempotency_key="living")
    assert lost.value.idempotency_key == "living"
    async with opened() as later:
        photo = await later.upload(project.id, photo_file, idempotency_key="living")
        through.meets, through.troubles = (lambda request: request.method == "PUT"), [(403, {})]
        assert (await later.upload(project.id, photo_file, idempotency_key="living")).id == photo.id
        assert through.troubles == []
        assert [one.id for one in await later.photos(project.id)] == [photo.id]
        assert len({*through.keys("/api/v1/uploads"), *through.keys("/api/v1/photos")}) == 2
        for key in (None, "never came"):
            through.troubles = [(403, {})]
            with pytest.raises(Forbidden) as refused:
                await later.upload(project.id, photo_file, idempotency_key=key)
            assert refused.value.idempotency_key == (key or through.keys("/api/v1/uploads")[-1])
        with pytest.raises(PhotoRefused) as none:
            await later.upload(project.id, b"no picture", name="notes.jpg", idempotency_key="notes")
        assert none.value.idempotency_key == "notes"


async def test_an_endpoint_and_what_has_no_method_are_made_once_under_a_key(through, quick):
    made = [
        await quick.request("post", "projects", {"name": "12 Elm Street"}, idempotency_key="one", by="hand")
        for _ in range(2)
    ]
    assert made[0]["id"] == made[1]["id"]
    assert through.addresses[-1] == "/api/v1/projects?by=hand"
    through.troubles = ["lost"]
    assert await quick.request("delete", f"projects/{made[0]['id']}") is None
    endpoints = [
        await quick.create_webhook_endpoint("https://example.com/hook", idempotency_key="hook") for _ in range(2)
    ]
    assert endpoints[0].id == endpoints[1].id
    await quick.request("POST", "projects", {"name": "14 Elm Street"})
    assert len(set(through.keys("/api/v1/projects"))) == 2
    with pytest.raises(InvalidInput):
        await quick.create_project("16 Elm Street", idempotency_key="")


# ---- files


@pytest.fixture
async def ready(service, quick, photo):
    staging = await quick.stage(photo.id, **WANTED)
    async with service.working():
        return await quick.wait(staging.id, timeout=60)


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "staged"
    path.mkdir()
    return path


def names(folder):
    return [path.name for path in folder.iterdir()]


def is_whole(path):
    with Image.open(BytesIO(path.read_bytes())) as picture:
        picture.load()
        return picture.size == (450, 300)


async def test_a_file_that_broke_off_is_fetched_again_by_a_new_link(through, quick, ready, folder):
    through.meets = lambda request: request.path.startswith("/files/")
    for trouble in ("half", "unreached", (500, {}), (503, SOON)):
        through.troubles, before = [trouble], len(through.seen)
        path = await quick.download(ready.id, folder / "staged.jpg")
        assert is_whole(path)
        asked = [path.rpartition("/")[2] for _, path, _ in through.seen[before:] if path.startswith("/api/")]
        assert asked == ["links", "links"], trouble
    assert names(folder) == ["staged.jpg"]


async def test_a_file_that_cannot_be_had_leaves_what_was_there(through, quick, ready, folder):
    through.meets = lambda request: request.path.startswith("/files/")
    target = folder / "staged.jpg"
    target.write_bytes(b"before")
    for trouble, error in (("half", NotReached), ((500, {}), ServiceError), ((403, {}), Forbidden)):
        through.troubles = [trouble] * 2
        with pytest.raises(error):
            await quick.download(ready.id, target)
        assert (target.read_bytes(), names(folder)) == (b"before", ["staged.jpg"])
    through.troubles = []
    with pytest.raises(FileNotFoundError):
        await quick.download(ready.id, folder / "nowhere" / "staged.jpg")


async def test_two_that_fetch_into_one_file_do_not_meet(through, opened, quick, ready, folder):
    through.meets = lambda request: request.path.startswith("/files/")
    go_on, target = asyncio.Event(), folder / "staged.jpg"
    through.troubles = [go_on]
    async with opened() as other:
        slow = asyncio.create_task(other.download(ready.id, target))
        while not names(folder):
            await asyncio.sleep(0.01)
        assert is_whole(await quick.download(ready.id, target))
        assert len(names(folder)) == 2
        go_on.set()
        assert is_whole(await slow)
    assert names(folder) == ["staged.jpg"]


# ---- waiting


@pytest.fixture
async def stagings(quick, photo):
    """Two, of which the first is over."""
    both = await quick.stage_in(photo.id, room_type="living_room", styles=["modern", "coastal"])
    await quick.cancel(both[0].id)
    return [one.id for one in both]


def looks_at(*staging_ids):
    paths = {f"/api/v1/stagings/{one}" for one in staging_ids}
    return lambda request: request.method == "GET" and request.path in paths


async def test_an_outage_is_waited_through(through, opened, stagings):
    """Also where events are heard: of what is over by then there is none to come."""
    through.meets, through.troubles = looks_at(stagings[0]), ["unreached", (500, {}), (429, {})]
    async with opened(tries=1) as client:
        [over] = await client.wait_for_all([stagings[0]], timeout=30)
    assert (over.id, over.state, through.troubles) == (stagings[0], "canceled", [])
    looks = sum(path == f"/api/v1/stagings/{over.id}" for _, path, _ in through.seen)
    assert looks == 4


async def test_an_outage_that_outlasts_the_wait_is_told_in_time(through, told, stagings):
    """The client has five tries, for which there is no time."""
    through.meets, through.troubles = looks_at(*stagings), ["unreached"] * 100
    for wait, waited_for in ((told.wait, stagings[1]), (told.wait_for_all, stagings)):
        began = time.monotonic()
        with pytest.raises(NotReached):
            await wait(waited_for, timeout=1)
        assert 1 <= time.monotonic() - began < 4


@pytest.mark.parametrize(
    ("trouble", "error"), [("unreached", NotReached), ((500, {}), ServiceError), (None, TookTooLong)]
)
async def test_what_is_over_is_told_with_what_kept_the_rest_from_being_known(through, opened, stagings, trouble, error):
    through.meets, through.troubles = looks_at(stagings[1]), [trouble] * 100
    async with opened(tries=1) as client:
        with pytest.raises(error) as failed:
            await client.wait_for_all(stagings, timeout=0.3)
    assert [(one.id, one.state) for one in failed.value.over] == [(stagings[0], "canceled")]


async def test_one_that_is_gone_does_not_take_the_others_along(quick, stagings):
    with pytest.raises(NotFound) as failed:
        await quick.wait_for_all([stagings[0], new_id()], timeout=30)
    assert [one.id for one in failed.value.over] == [stagings[0]]
