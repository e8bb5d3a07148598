"""The Python SDK against the real service, over a network that loses things: both clients do the same."""

import asyncio
import time
from io import BytesIO

import pytest
from PIL import Image
from realstaging_sdk import (
    ApiError,
    AsyncRealStaging,
    InvalidInput,
    InvalidSignature,
    NotFound,
    NotReached,
    PhotoRefused,
    RealStaging,
    StagingFailed,
    TookTooLong,
    Unauthenticated,
    _steps,
    models,
    webhooks,
)

from realstaging.domains.webhooks import messages, rules
from realstaging.domains.webhooks.messages import WebhookEvent
from realstaging.kit.clock import utc_now
from realstaging.kit.errors import CannotStage
from realstaging.kit.ids import new_id

PROJECTS = "/api/v1/projects"
SOON = {"Retry-After": "0"}


ONE_OFTEN = [RealStaging, pytest.param(AsyncRealStaging, marks=pytest.mark.long)]
"""Of what waits for seconds, the second kind of client is among the long tests."""


async def test_from_a_photo_to_its_picture(service, through, told, photo_file, tmp_path):
    assert (await told.me()).account.name
    project = await told.create_project("12 Elm Street")
    photo = await told.upload(project.id, photo_file)
    assert (photo.name, photo.project_id) == ("living room.jpg", project.id)
    service.engine.gate.clear()
    staging = await told.stage(photo.id, room_type="living_room", style="modern", seed=7)
    async with service.working():
        waiting = asyncio.create_task(told.wait(staging.id, timeout=60))
        # It listens by now, and asks no more.
        while sum(path == "/api/v1/events" for _, path, _ in through.seen) < 2:
            await asyncio.sleep(0.01)
        service.engine.gate.set()
        ready = await waiting
    assert (ready.state, ready.seed, ready.created_at.tzinfo is not None) == ("ready", 7, True)
    looks = sum(path == f"/api/v1/stagings/{staging.id}" for _, path, _ in through.seen)
    assert looks <= 2
    path = await told.download(ready.id, tmp_path / "staged.jpg")
    with Image.open(BytesIO(path.read_bytes())) as picture:
        assert picture.size == (450, 300)
    assert not list(tmp_path.glob("*.part"))
    assert [one.id for one in await told.photos(project.id)] == [photo.id]
    assert (await told.usage()).stagings >= 0
    assert {method for method, path, _ in through.seen if path.startswith("/files/")} == {"PUT", "GET"}
    for method, path, headers in through.seen:
        assert bool(headers.get("Idempotency-Key")) == (method == "POST"), path
        assert ("Authorization" in headers) == path.startswith("/api/"), path


@pytest.mark.parametrize("kind", ONE_OFTEN, indirect=True)
async def test_where_events_cannot_be_heard_it_looks_now_and_then(service, through, told, photo_file):
    through.closed.add("/api/v1/events")
    project = await told.create_project("12 Elm Street")
    photo = await told.upload(project.id, photo_file)
    stagings = await told.stage_in(photo.id, room_type="living_room", styles=["modern", "coastal"])
    async with service.working():
        over = await told.wait_for_all([one.id for one in stagings], timeout=60)
    assert [one.state for one in over] == ["ready", "ready"]
    assert [one.id for one in over] == [one.id for one in stagings]


@pytest.mark.parametrize("kind", ONE_OFTEN, indirect=True)
async def test_what_is_not_over_in_time_is_told_and_goes_on(told, photo_file):
    project = await told.create_project("12 Elm Street")
    staging = await told.stage((await told.upload(project.id, photo_file)).id, room_type="living_room", style="modern")
    began = time.monotonic()
    with pytest.raises(TookTooLong):
        await told.wait(staging.id, timeout=0.5)
    assert time.monotonic() - began < 10
    assert (await told.cancel(staging.id)).state == "canceled"
    with pytest.raises(StagingFailed) as refused:
        await told.wait(staging.id)
    assert refused.value.staging.state == "canceled"


async def test_ids_are_waited_for_in_any_spelling(told, photo_file):
    project = await told.create_project("12 Elm Street")
    staging = await told.stage((await told.upload(project.id, photo_file)).id, room_type="living_room", style="modern")
    await told.cancel(staging.id)
    spellings = [staging.id, str(staging.id).upper(), staging.id.hex, f"{{{staging.id}}}"]
    over = await told.wait_for_all(spellings, timeout=5)
    assert [(one.id, one.state) for one in over] == [(staging.id, "canceled")] * 4
    with pytest.raises(NotFound):
        await told.wait("no id", timeout=5)


@pytest.mark.parametrize("trouble", ["lost", (503, SOON), (429, SOON), (409, SOON), (502, {})])
async def test_what_goes_wrong_on_the_way_is_sent_again_with_the_same_key(through, told, trouble):
    through.troubles = [trouble, trouble]
    project = await told.create_project("12 Elm Street")
    keys = through.keys(PROJECTS)
    assert (len(keys), len(set(keys))) == (3, 1)
    assert [one.id for one in await told.projects()] == [project.id]
    through.troubles = ["lost"]
    await told.delete_project(project.id)
    with pytest.raises(NotFound):
        await told.delete_project(project.id)


async def test_it_is_given_up_after_five_times(through, told):
    through.troubles = [(503, SOON)] * 5
    with pytest.raises(ApiError) as failed:
        await told.create_project("12 Elm Street")
    assert (failed.value.status, failed.value.code) == (503, "unknown")
    assert len(through.keys(PROJECTS)) == 5


async def test_what_will_not_heal_is_not_sent_again(through, told):
    for tries, status in enumerate((500, 409), 1):
        through.troubles = [(status, {})]
        with pytest.raises(ApiError):
            await told.create_project("12 Elm Street")
        assert len(through.keys(PROJECTS)) == tries


async def test_lists_go_on_from_page_to_page(service, told):
    await told.me()
    await service.platform.database.execute(
        """insert into projects (id, account_id, name)
           select gen_random_uuid(), accounts.id, 'House ' || number from accounts, generate_series(1, 205) as number"""
    )
    assert len({one.name for one in await told.projects()}) == 205
    assert len({one.name for one in await told.projects(search="HOUSE 1")}) == 111


async def test_what_was_put_away_is_listed_by_itself(told):
    elm, oak = [await told.create_project(name) for name in ("12 Elm Street", "14 Oak Street")]
    await told.request("PATCH", f"projects/{elm.id}", {"archived": True})

    async def listed(**wanted):
        return [one.id for one in await told.projects(**wanted)]

    assert (await listed(), await listed(archived=True)) == ([oak.id], [elm.id])
    assert (await listed(search=" oak "), await listed(search="elm")) == ([oak.id], [])
    assert await listed(search="elm", archived=True) == [elm.id]


async def test_errors_are_classes(service, told, photo_file):
    with pytest.raises(NotFound) as absent:
        await told.project(new_id())
    assert (absent.value.status, absent.value.code) == (404, "not_found")
    with pytest.raises(InvalidInput) as invalid:
        await told.create_project("")
    assert invalid.value.errors
    project = await told.create_project("12 Elm Street")
    with pytest.raises(PhotoRefused) as refused:
        await told.upload(project.id, b"no picture", name="notes.jpg")
    assert refused.value.code == "bad_photo"
    photo = await told.upload(project.id, photo_file)
    with pytest.raises(StagingFailed) as declined:
        await told.stage(photo.id, room_type="living_room", style="modern", engine="nobody's")
    assert (declined.value.code, declined.value.staging) == ("unknown_engine", None)
    service.engine.failures = [CannotStage("No floor.")]
    staging = await told.stage(photo.id, room_type="living_room", style="modern")
    async with service.working():
        with pytest.raises(StagingFailed) as failed:
            await told.wait(staging.id, timeout=60)
    assert (failed.value.code, str(failed.value), failed.value.staging.id) == ("cannot_stage", "No floor.", staging.id)


async def test_keys_accounts_and_what_has_no_method(service, through):
    async with AsyncRealStaging(through.url, key=service.token()) as client:
        account = (await client.request("GET", "me"))["account"]["id"]
    async with AsyncRealStaging(through.url, key=service.token(), account=account) as client:
        assert "plan" in await client.request("GET", "usage")
        [_, _, headers] = through.seen[-1]
        assert headers["Real-Staging-Account"] == str(account)
    async with AsyncRealStaging(through.url, key=service.token(), account=new_id()) as client:
        with pytest.raises(NotFound):
            await client.request("GET", "usage")
    async with AsyncRealStaging(through.url, key="nobody's") as client:
        with pytest.raises(Unauthenticated):
            await client.me()
    for given in ({}, {"key": "a", "token": "b"}):
        with pytest.raises(TypeError):
            RealStaging(through.url, **given)


async def test_a_service_that_is_not_there_is_told():
    async with AsyncRealStaging("http://127.0.0.1:9", key="a", tries=2) as client:
        with pytest.raises(NotReached):
            await client.me()


@pytest.mark.parametrize("type_", [None, *WebhookEvent])
def test_webhooks_are_verified_and_read(type_):
    secret, other = (rules.new_secret(bytes([number]) * 32) for number in (1, 2))
    body, stamp = messages.written(messages.example(type_, new_id(), utc_now())), int(time.time())
    headers = {
        "Webhook-Id": "msg_1",
        "webhook-timestamp": str(stamp),
        "WEBHOOK-SIGNATURE": rules.signatures([other, secret], "msg_1", stamp, body),
    }
    for form in (body, body.encode()):
        message = webhooks.verified(secret, headers, form)
        assert type(message) is models.MESSAGES[message.type]
        assert message.data.test
    empty, short = rules.new_secret(b""), rules.new_secret(b"x" * 23)
    unsafe = {**headers, "WEBHOOK-SIGNATURE": rules.signatures(["", empty, short], "msg_1", stamp, body)}
    wrong = [
        *((weak, unsafe, body) for weak in ("", empty, short)),
        (rules.new_secret(b"x" * 32), headers, body),
        (secret, headers, body + " "),
        (secret, {**headers, "Webhook-Id": "msg_2"}, body),
        (secret, {}, body),
        ("no secret!", headers, body),
        (secret, {**headers, "webhook-timestamp": "soon"}, body),
        (secret, {**headers, "webhook-timestamp": "9" * 400}, body),
    ]
    for case in wrong:
        with pytest.raises(InvalidSignature):
            webhooks.verified(*case)
    with pytest.raises(InvalidSignature):
        webhooks.verified(secret, headers, body, now=stamp + 301)


def test_a_message_of_a_newer_service_is_read_all_the_same():
    message = webhooks.read(b'{"type": "sofa.delivered", "timestamp": "2030-01-01T00:00:00Z", "data": {"sofa_id": 1}}')
    assert (message.type, message.data) == ("sofa.delivered", {"sofa_id": 1})


@pytest.mark.parametrize("told", ["²", "9" * 5000, "Mon, 01 Jan 99999999999999999999 00:00:00 GMT"])
def test_whatever_a_retry_after_says_the_pause_is_one(told):
    assert 0 < _steps.pause(1, told) <= _steps.LONGEST_PAUSE
