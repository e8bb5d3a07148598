"""Every POST that makes something takes an Idempotency-Key: sent twice it is done once."""

import asyncio
import hashlib
import inspect
from uuid import UUID

import msgspec
import pytest
from litestar.routes import HTTPRoute

from harness.service import jpeg
from harness.service import service as run_service
from realstaging.api import build
from realstaging.domains.projects.schemas import NewProject
from realstaging.kit.errors import CannotStage, Conflict
from realstaging.runtime.database import REQUESTS
from realstaging.runtime.idempotency import Answer, Asked, once
from realstaging.settings import Settings
from tests.interleaving import over_or_waiting

# They only bring something to its end, or are no caller's.
MAKE_NOTHING = {
    # Sent again it is refused: nobody works in the account any more.
    "/api/v1/account/erasure",
    # A page of Stripe's for some minutes; changes of a plan that are the same at every try.
    "/api/v1/billing/portal",
    "/api/v1/billing/subscription/cancel",
    "/api/v1/billing/subscription/pause",
    "/api/v1/billing/subscription/preview",
    "/api/v1/billing/subscription/resume",
    "/api/v1/webhooks/stripe",
    "/api/v1/account/transfer",
    "/api/v1/browser-reports",
    "/api/v1/mail/unsubscribe",
    "/api/v1/photos/deletions",
    "/api/v1/photos/moves",
    "/api/v1/webhooks/mail/{provider:str}",
    "/api/v1/invitations/accept",
    "/api/v1/invitations/look",
    "/api/v1/stagings/quote",
    "/api/v1/stagings/{staging_id:uuid}/cancel",
    # Sent again it answers what is withdrawn.
    "/api/v1/stagings/{staging_id:uuid}/credit-back",
    "/api/v1/operator/stagings/{staging_id:uuid}/cancel",
    "/api/v1/operator/stagings/{staging_id:uuid}/look",
    # Refused the second time: the job is not dead any more.
    "/api/v1/operator/jobs/{job_id:uuid}/replay",
    # Nobody's account: whoever has the link sends; the same file completed again is the same photo.
    "/api/v1/upload-links/{token:str}/uploads",
    "/api/v1/upload-links/{token:str}/photos",
    "/api/v1/webhooks/{engine:str}",
}


def posts():
    """Every route with a POST of ours, and whether it takes a key."""
    for route in build(Settings()).routes:
        if isinstance(route, HTTPRoute) and "POST" in route.route_handler_map:
            handler, _ = route.route_handler_map["POST"]
            if inspect.getmodule(inspect.unwrap(handler.fn)).__name__.startswith("realstaging"):
                yield route.path, handler


class Making:
    """What each POST needs to be there first, and the bodies it is sent: one, and another."""

    def __init__(self, service, ada):
        self.service, self.ada = service, ada

    async def accounts(self):
        return "me/accounts", {"name": "Elm Estates"}, {"name": "Oak Offices"}

    async def exports(self):
        return "account/exports", None, "me/exports"

    async def own_exports(self):
        return "me/exports", None, "account/exports"

    async def invitations(self):
        return "invitations", {"email": "ben@office.test"}, {"email": "cyd@office.test"}

    async def resend(self):
        made = [await self.ada.ask("POST", "invitations", 201, json={"email": f"{name}@a.test"}) for name in ("b", "c")]
        return f"invitations/{made[0]['id']}/resend", None, f"invitations/{made[1]['id']}/resend"

    async def projects(self):
        return "projects", {"name": "12 Elm Street"}, {"name": "13 Elm Street"}

    async def uploads(self):
        project = await self.ada.project()
        file = {"name": "a.jpg", "type": "image/jpeg", "size": 10, "sha256": "0" * 64}
        body = {"project_id": project["id"], "files": [file]}
        return "uploads", body, {**body, "files": [{**file, "name": "b.jpg"}]}

    async def photos(self):
        project, ids = await self.ada.project(), []
        for colour in ((1, 2, 3), (4, 5, 6)):
            data = jpeg(colour=colour)
            upload = await self.ada.announce(project, data)
            await self.ada.send(upload, data)
            ids.append(upload["upload_id"])
        return (
            "photos",
            {"project_id": project["id"], "upload_ids": ids[:1]},
            {"project_id": project["id"], "upload_ids": ids[1:]},
        )

    async def stagings(self):
        photo = await self.ada.photo(await self.ada.project())
        item = {"photo_id": photo["id"], "room_type": "living_room", "styles": ["modern"]}
        return "stagings", {"items": [item]}, {"items": [{**item, "styles": ["coastal"]}]}

    async def archives(self):
        project = await self.ada.project()
        photo = await self.ada.photo(project)
        async with self.service.working():
            [staging] = await self.ada.stage(photo)
            await self.ada.until(staging, "ready")
        return f"projects/{project['id']}/archives", {"files": "jpg"}, {"files": "png"}

    async def keys(self):
        return "keys", {"name": "One", "scopes": ["read"]}, {"name": "Other", "scopes": ["read"]}

    async def rotation(self):
        made = await self.ada.ask("POST", "keys", 201, json={"name": "One", "scopes": []})
        return f"keys/{made['key']['id']}/rotate", {"overlap_hours": 1}, {"overlap_hours": 2}

    async def upload_links(self):
        project = await self.ada.project()
        return f"projects/{project['id']}/upload-links", {"name": "Paul"}, {"name": "Mary"}

    async def retry(self):
        self.service.engine.failures = [CannotStage("No floor."), CannotStage("No floor.")]
        photo = await self.ada.photo(await self.ada.project())
        stagings = await self.ada.stage(photo, ["modern", "coastal"])
        async with self.service.working():
            for staging in stagings:
                await self.ada.until(staging, "failed")
        return f"stagings/{stagings[0]['id']}/retry", None, f"stagings/{stagings[1]['id']}/retry"

    async def endpoints(self):
        return "webhook-endpoints", {"url": "https://hooks.example.com/a"}, {"url": "https://hooks.example.com/b"}

    async def endpoint(self):
        return await self.ada.ask("POST", "webhook-endpoints", 201, json={"url": "https://hooks.example.com/a"})

    async def tests(self):
        return f"webhook-endpoints/{(await self.endpoint())['id']}/test", {}, {"type": "staging.ready"}

    async def rotations(self):
        one, other = await self.endpoint(), await self.endpoint()
        return f"webhook-endpoints/{one['id']}/rotate", None, f"webhook-endpoints/{other['id']}/rotate"

    async def replays(self):
        body = {"since": "2026-01-01T00:00:00Z"}
        return f"webhook-endpoints/{(await self.endpoint())['id']}/replay", body, {**body, "states": ["delivered"]}

    async def replays_of_one(self):
        address, body, _ = await self.tests()
        one, other = [await self.ada.ask("POST", address, 201, json=body) for _ in range(2)]
        return f"webhook-deliveries/{one['id']}/replay", None, f"webhook-deliveries/{other['id']}/replay"


ROUTES = {
    "/api/v1/me/accounts": Making.accounts,
    "/api/v1/account/exports": Making.exports,
    "/api/v1/me/exports": Making.own_exports,
    "/api/v1/invitations": Making.invitations,
    "/api/v1/invitations/{invitation_id:uuid}/resend": Making.resend,
    "/api/v1/projects": Making.projects,
    "/api/v1/uploads": Making.uploads,
    "/api/v1/photos": Making.photos,
    "/api/v1/stagings": Making.stagings,
    "/api/v1/projects/{project_id:uuid}/archives": Making.archives,
    "/api/v1/stagings/{staging_id:uuid}/retry": Making.retry,
    "/api/v1/webhook-endpoints": Making.endpoints,
    "/api/v1/webhook-endpoints/{endpoint_id:uuid}/test": Making.tests,
    "/api/v1/webhook-endpoints/{endpoint_id:uuid}/rotate": Making.rotations,
    "/api/v1/webhook-endpoints/{endpoint_id:uuid}/replay": Making.replays,
    "/api/v1/webhook-deliveries/{delivery_id:uuid}/replay": Making.replays_of_one,
}
# What is answered holds a secret: it is done once, and told once.
SHOWN_ONCE = {
    "/api/v1/keys": Making.keys,
    "/api/v1/keys/{key_id:uuid}/rotate": Making.rotation,
    "/api/v1/projects/{project_id:uuid}/upload-links": Making.upload_links,
}
# Pages at Stripe: tests/domains/payments/test_checkout.py sends them twice.
AT_STRIPE = {"/api/v1/billing/checkout"}
# Of operators alone: tests/api/test_operators_closing.py sends them twice.
OPERATORS = {"/api/v1/operator/incidents", "/api/v1/operator/incidents/{incident_id:uuid}/reports"}
ROWS = """select (select count(*) from accounts) + (select count(*) from invitation_letters) + (select count(*) from projects) + (select count(*) from uploads) + (select count(*) from photos)
  + (select count(*) from stagings) + (select count(*) from archives) + (select count(*) from exports) + (select count(*) from jobs) + (select count(*) from events)
  + (select count(*) from webhook_endpoints) + (select count(*) from webhook_deliveries)"""


def test_every_post_is_known_and_takes_a_key():
    found = dict(posts())
    assert found.keys() == ROUTES.keys() | SHOWN_ONCE.keys() | AT_STRIPE | OPERATORS | MAKE_NOTHING
    for path in ROUTES.keys() | SHOWN_ONCE.keys() | AT_STRIPE | OPERATORS:
        assert "idempotency_key" in found[path].parsed_fn_signature.parameters, path


@pytest.mark.parametrize("path", ROUTES)
async def test_sent_twice_it_is_done_once_and_answered_alike(service, ada, path):
    address, body, other = await ROUTES[path](Making(service, ada))
    key = {"Idempotency-Key": "one"}

    async def sent(where, what):
        more = {} if what is None else {"json": what}
        async with ada.session.post(where, headers=key, **more) as answer:
            return answer.status, await answer.json(content_type=None)

    first = await sent(address, body)
    assert first[0] in {200, 201}, first
    rows = await service.platform.database.fetchval(ROWS)
    again = await asyncio.gather(*(sent(address, body) for _ in range(3)))
    assert again == [first] * 3
    assert await service.platform.database.fetchval(ROWS) == rows
    status, problem = await (sent(address, other) if body is not None else sent(other, None))
    assert (status, problem["code"]) == (422, "idempotency_key_reused")
    assert "Use a new one" in problem["detail"]
    assert await service.platform.database.fetchval(ROWS) == rows


SECRETS = "select (select count(*) from api_keys) + (select count(*) from upload_links) + (select count(*) from events)"


@pytest.mark.parametrize("path", SHOWN_ONCE)
async def test_what_is_shown_once_is_done_once_and_told_once(service, ada, path):
    address, body, other = await SHOWN_ONCE[path](Making(service, ada))
    key = {"Idempotency-Key": "one"}
    answers = []
    for given in (body, body, other):
        async with ada.session.post(address, headers=key, json=given) as answer:
            answers.append((answer.status, await answer.json(content_type=None)))
        rows = await service.platform.database.fetchval(SECRETS)
        if len(answers) == 1:
            first = rows
        assert rows == first
    assert [status for status, _ in answers] == [201, 409, 422]
    assert "shown once" in answers[1][1]["detail"]
    assert "Use a new one" in answers[2][1]["detail"]
    assert (
        await service.platform.database.fetchval("select count(*) from idempotency_keys where answer is not null") == 0
    )


async def test_the_same_body_for_another_address_is_another_request(ada):
    key, project = {"Idempotency-Key": "one"}, await ada.project()
    await ada.ask("POST", "projects", 201, json={"name": "A"}, headers=key)
    answer = await ada.ask("POST", f"projects/{project['id']}/archives", 422, json={}, headers=key)
    assert "Idempotency-Key" in answer["detail"]


async def test_a_refusal_leaves_the_key_free(ada):
    key = {"Idempotency-Key": "one"}
    project = await ada.project()
    await ada.ask("POST", f"projects/{project['id']}/archives", 409, json={}, headers=key)
    await ada.ask("POST", "projects", 201, json={"name": "A"}, headers=key)


BEFORE = """{"items":[{"photo_id":"PHOTO","room_type":"living_room","styles":["modern"],"operation":"stage","wishes":"a piano",\
"seed":null,"engine":"local","corrections":null,"insist":false,"plan":null}]}"""


async def test_a_key_of_the_release_before_is_known(service, ada):
    """Its fingerprint was of the body alone, with the names of then, and of stagings alone; it may come again for two days."""
    photo = await ada.photo(await ada.project())
    await service.platform.database.execute(
        """insert into idempotency_keys (account_id, key, fingerprint, status, answer)
           select id, 'one', $1, 201, '{"items": []}'::jsonb from accounts""",
        hashlib.sha256(BEFORE.replace("PHOTO", photo["id"]).encode()).hexdigest(),
    )
    item = {"photo_id": photo["id"], "room_type": "living_room", "styles": ["modern"]}
    for name in ("wishes", "instructions"):
        body = {"items": [{**item, name: "a piano"}]}
        assert await ada.ask("POST", "stagings", 201, json=body, headers={"Idempotency-Key": "one"}) == {"items": []}


class Slow:
    """A request for a project under the key `one` that is done when it is let: by then it is made, or refused."""

    def __init__(self, platform, account_id, *, refused=False):
        self.platform, self.refused, self.made = platform, refused, 0
        self.begun, self.let = asyncio.Event(), asyncio.Event()
        self.asked = Asked("POST /projects", account_id, "one", NewProject("A"))

    def send(self):
        return asyncio.create_task(once(self.platform, self.asked, self.create))

    async def create(self, _work):
        self.made += 1
        self.begun.set()
        await self.let.wait()
        if self.refused and self.made == 1:
            raise Conflict
        return Answer({"id": str(self.made)})


@pytest.fixture
async def account_id(ada):
    return UUID((await ada.ask("GET", "me"))["account"]["id"])


@pytest.mark.parametrize("refused", [False, True])
async def test_of_two_at_once_one_waits_for_the_other(service, account_id, refused):
    """It is answered as the first; where that is refused, nothing was done, and it is done by the second."""
    slow = Slow(service.platform, account_id, refused=refused)
    first = slow.send()
    await slow.begun.wait()
    second = slow.send()
    assert not await over_or_waiting(service.platform.database, second)
    slow.let.set()
    ended = await asyncio.gather(first, second, return_exceptions=True)
    if refused:
        assert isinstance(ended.pop(0), Conflict)
    assert {one.status_code for one in ended} == {201}
    assert {msgspec.json.encode(one.content) for one in ended} == {msgspec.json.encode({"id": str(slow.made)})}
    assert slow.made == 1 + refused


async def test_who_has_waited_for_long_is_told_to_come_back_and_then_answered(tmp_path, database_url, redis_url):
    bounds = msgspec.structs.replace(REQUESTS, lock=0.2)
    async with (
        run_service(tmp_path, database_url, redis_url, bounds=bounds) as service,
        service.signed_in() as ada,
    ):
        slow = Slow(service.platform, UUID((await ada.ask("GET", "me"))["account"]["id"]))
        first = slow.send()
        await slow.begun.wait()
        request = {"json": {"name": "A"}, "headers": {"Idempotency-Key": "one"}}
        async with ada.session.post("projects", **request) as answer:
            told = await answer.json(content_type=None)
            assert (answer.status, told["code"], answer.headers["Retry-After"]) == (409, "idempotency_key_in_use", "2")
            assert "send it again with the same key" in told["detail"]
        slow.let.set()
        await first
        assert await ada.ask("POST", "projects", 201, **request) == {"id": "1"}
        assert (await ada.ask("GET", "projects"))["items"] == []


async def test_photos_that_are_sent_several_times_at_once_are_the_same_photo(service, ada):
    """What takes more than one transaction is done by each of them, and makes the same."""
    address, body, _ = await Making(service, ada).photos()
    request = {"json": body, "headers": {"Idempotency-Key": "one"}}
    answers = await asyncio.gather(*(ada.ask("POST", address, 201, **request) for _ in range(4)))
    assert len({msgspec.json.encode(one) for one in answers}) == 1
    assert await service.platform.database.fetchval("select count(*) from photos") == 1


async def test_what_may_still_become_a_photo_is_not_refused_for_good(ada):
    """Asked for too early: the same request, sent again, is done; its refusal is not kept for a day."""
    project, data = await ada.project(), jpeg()
    upload = await ada.announce(project, data)
    asked = {
        "json": {"project_id": project["id"], "upload_ids": [upload["upload_id"]]},
        "headers": {"Idempotency-Key": "one"},
    }
    early = await ada.ask("POST", "photos", 207, **asked)
    assert "has not arrived" in early["items"][0]["error"]["message"]
    await ada.send(upload, data)
    made = await ada.ask("POST", "photos", 201, **asked)
    assert await ada.ask("POST", "photos", 201, **asked) == made


async def test_what_can_be_no_photo_is_refused_as_before(ada):
    project, data = await ada.project(), b"no photo at all, though it is called one"
    upload = await ada.announce(project, data)
    await ada.send(upload, data)
    asked = {
        "json": {"project_id": project["id"], "upload_ids": [upload["upload_id"]]},
        "headers": {"Idempotency-Key": "two"},
    }
    refused = await ada.ask("POST", "photos", 207, **asked)
    assert refused["items"][0]["error"]["code"] == "bad_photo"
    assert await ada.ask("POST", "photos", 207, **asked) == refused
