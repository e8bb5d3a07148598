"""Every act leaves an entry in the audit trail: each route that changes something is asked, and what it put down looked at."""

import asyncio
import hashlib
import json
from uuid import UUID

import pytest

from harness.service import jpeg
from harness.service import service as run_service
from realstaging.domains.billing import service as billing
from realstaging.engines.engine import CostClass
from realstaging.runtime.trail import Action
from realstaging.runtime.work import transaction
from realstaging.sandbox.oidc import PEOPLE
from tests.api.test_permissions import described
from tests.interleaving import member
from tests.offices import asking, join, links, somebody

ADA, BEN = PEOPLE[0], PEOPLE[1]
# What changes something and is put down by what comes of it, or by nobody's.
SILENT = {
    ("POST", "/api/v1/uploads"): "an announcement is nothing yet; the photo that comes of it is put down",
    ("POST", "/api/v1/upload-links/{token}/uploads"): "the same, by a link",
    ("PATCH", "/api/v1/me/mail"): "which letters somebody likes to get is their own",
    ("POST", "/api/v1/invitations/look"): "it changes nothing; the link is in the body to keep it out of logs",
    ("POST", "/api/v1/stagings/quote"): "it changes nothing",
    ("POST", "/api/v1/billing/subscription/preview"): "it changes nothing",
    **{
        (
            method,
            f"/api/v1/billing/{path}",
        ): "without a way to pay nothing is done; tests/domains/payments looks at what is put down"
        for method, path in (
            ("POST", "checkout"),
            ("POST", "portal"),
            ("PUT", "subscription"),
            ("POST", "subscription/cancel"),
            ("POST", "subscription/resume"),
            ("POST", "subscription/pause"),
        )
    },
}


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    async with run_service(tmp_path, database_url, redis_url, operator_subjects=ADA.subject) as running:
        yield running


class Told:
    """Does what a route says, and looks what that has put down."""

    def __init__(self, service, caller):
        self.service, self.caller, self.done = service, caller, {}
        self._seen = set()

    async def new(self):
        rows = await self.service.platform.database.fetch("select * from audit_entries order by id")
        found = [row for row in rows if row["id"] not in self._seen]
        self._seen |= {row["id"] for row in rows}
        return found

    async def __call__(self, method, route, status=200, *, ids=None, body=None, none=False, **more):
        """The answer; one kind of act was put down for it (or ``none``)."""
        await self.new()
        if body is not None:
            more["json"] = body
        path = route.removeprefix("/api/v1/").format(**(ids or {}))
        answer = await self.caller.ask(method, path, status, **more)
        actions = {row["action"] for row in await self.new()}
        if none:
            assert actions == set()
            return answer
        assert len(actions) == 1, f"{method} {route} put down {actions}"
        self.done[method, route] = actions.pop()
        return answer


@pytest.mark.slow  # a picture is staged, and an archive made of it
async def test_every_route_that_changes_something_leaves_an_entry(service, ada):
    did = Told(service, ada)
    await ada.ask("GET", "me")
    project = await did("POST", "/api/v1/projects", 201, body={"name": "Elm"})
    ids = {"project_id": project["id"]}
    await did("PATCH", "/api/v1/projects/{project_id}", ids=ids, body={"name": "Elm 12"})
    upload = await ada.announce(project, data := b"no photo at all")
    await ada.send(upload, data)
    await did.new()
    await ada.ask("POST", "photos", 207, json={**ids, "upload_ids": [upload["upload_id"]]})
    assert await did.new() == []
    photo = await ada.photo(project)
    [added] = await did.new()
    did.done["POST", "/api/v1/photos"] = added["action"]
    item = {"photo_id": photo["id"], "room_type": "living_room", "styles": ["modern"]}
    asked = await did("POST", "/api/v1/stagings", 201, body={"items": [item]})
    [staging] = asked["items"][0]["stagings"]
    ids |= {"photo_id": photo["id"], "staging_id": staging["id"]}
    await did("POST", "/api/v1/stagings/{staging_id}/cancel", ids=ids)
    await did("POST", "/api/v1/stagings/{staging_id}/retry", ids=ids)
    async with service.working():
        await ada.until(staging, "ready")
        await did("GET", "/api/v1/stagings/{staging_id}/links", ids=ids)
        await did("GET", "/api/v1/stagings/{staging_id}/download", 302, ids=ids, allow_redirects=False)
        archive = await did("POST", "/api/v1/projects/{project_id}/archives", 201, ids=ids, body={})
        async with asyncio.timeout(30):
            while (await ada.ask("GET", f"archives/{archive['id']}"))["state"] != "ready":
                await asyncio.sleep(0.02)
    await did("GET", "/api/v1/archives/{archive_id}", ids={"archive_id": archive["id"]})
    corrected = {**item, "corrections": {"ceiling_height": 2.5}}
    await did.new()
    await ada.ask("POST", "stagings", 201, json={"items": [corrected]})
    assert [row["action"] for row in await did.new()] == [Action.STAGING_CORRECTED]
    await paid_for(service, ada, staging)
    await did.new()
    await did("POST", "/api/v1/stagings/{staging_id}/credit-back", ids=ids, body={"reason": "wrong_style"})
    await everything_ends(did, project, ids)
    await what_the_account_chooses(did)
    for address in ("/api/v1/operator/models", "/api/v1/admin/models"):
        await did("PUT", address, body={"chain": ["google/nano-banana"]})
    await did.new()
    async with ada.session.get("audit.csv") as answer:
        assert answer.status == 200
        await answer.read()
    assert [row["action"] for row in await did.new()] == [Action.AUDIT_EXPORTED]

    await people_and_what_opens(service, did)
    changing = {(method, path) for method, path, _ in await described(service) if method != "GET"}
    assert changing - did.done.keys() == SILENT.keys()
    assert SILENT.keys() <= changing
    assert did.done["POST", "/api/v1/stagings"] == Action.STAGING_REQUESTED
    assert did.done["GET", "/api/v1/stagings/{staging_id}/download"] == Action.STAGING_LINKED
    assert did.done["PUT", "/api/v1/usage/budget"] == Action.BUDGET_CHANGED


async def paid_for(service, ada, staging):
    """As if its engine were one that costs."""
    async with transaction(service.platform) as work:
        order = billing.Order(staging["project_id"], "paid", [UUID(staging["id"])], CostClass.PROVIDERS_PICTURE)
        assert await billing.hold(work, await member(ada), order) is None
        await billing.settle(work, UUID(staging["id"]))


async def everything_ends(did, project, ids):
    """What there is moved and deleted."""
    await did("DELETE", "/api/v1/stagings/{staging_id}", 204, ids=ids)
    await did("DELETE", "/api/v1/photos/{photo_id}", 204, ids=ids)
    other = await did.caller.photo(project)
    elsewhere = {"photo_ids": [other["id"]], "project_id": (await did.caller.project("Oak"))["id"]}
    await did("POST", "/api/v1/photos/moves", 204, body=elsewhere)
    await did("POST", "/api/v1/photos/deletions", 204, body={"photo_ids": [other["id"]]})
    await did("DELETE", "/api/v1/projects/{project_id}", 204, ids=ids)


async def what_the_account_chooses(did):
    await did("PUT", "/api/v1/usage/budget", body={"monthly_usd": "20"})
    await did("PATCH", "/api/v1/account/retention", body={"photos_days": 400})


async def people_and_what_opens(service, did):
    """Members, keys, links; and the account itself."""
    me = await did.caller.ask("GET", "me")
    account = me["account"]["id"]
    office = await did("POST", "/api/v1/me/accounts", 201, body={"name": "Elm Homes"})
    await did("DELETE", "/api/v1/me/accounts/{account_id}", 409, ids={"account_id": account}, none=True)
    await did("PATCH", "/api/v1/account", body={"name": "Elm"})
    _, bob = await join(service, account, "bob", "member")
    carol, _ = await join(service, account, "carol", "member")
    for body in ({"role": "admin"}, {"suspended": True}, {"suspended": False}, {"monthly_limit_usd": "5"}):
        await did("PATCH", "/api/v1/members/{member_id}", ids={"member_id": bob}, body=body)
    await did("DELETE", "/api/v1/members/{member_id}", 204, ids={"member_id": bob})
    async with asking(service, carol) as leaving:
        hers = Told(service, leaving)
        await leaving.ask("GET", "me")
        await hers("DELETE", "/api/v1/me/accounts/{account_id}", 204, ids={"account_id": account})
        did.done |= hers.done
    await invitations(service, did)
    await profile(did)
    await sessions(service, did)
    await keys(did)
    project = await did.caller.project()
    ids = {"project_id": project["id"]}
    link = await did("POST", "/api/v1/projects/{project_id}/upload-links", 201, ids=ids, body={})
    data = jpeg()
    ids |= {"link_id": link["link"]["id"], "token": link["url"].rpartition("/")[2]}
    file = {"name": "a.jpg", "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    await did.new()
    announced = await did.caller.ask("POST", f"upload-links/{ids['token']}/uploads", 201, json={"files": [file]})
    await did.caller.send(announced["items"][0], data)
    body = {"upload_ids": [announced["items"][0]["upload_id"]]}
    await did("POST", "/api/v1/upload-links/{token}/photos", 201, ids=ids, body=body)
    await did("DELETE", "/api/v1/projects/{project_id}/upload-links/{link_id}", 204, ids=ids)
    hook = await did(
        "POST", "/api/v1/webhook-endpoints", 201, body={"url": "https://hooks.example.com/hush?token=hush"}
    )
    hooks = "/api/v1/webhook-endpoints/{endpoint_id}"
    ids = {"endpoint_id": hook["id"]}
    await did("PATCH", hooks, ids=ids, body={"description": "Ours"})
    await did("POST", f"{hooks}/rotate", ids=ids)
    told = await did("POST", f"{hooks}/test", 201, ids=ids, body={})
    await did("POST", f"{hooks}/replay", ids=ids, body={"since": "2026-01-01T00:00:00Z"})
    delivery = {"delivery_id": told["id"]}
    await did("POST", "/api/v1/webhook-deliveries/{delivery_id}/replay", ids=delivery)
    await did("DELETE", hooks, 204, ids=ids)
    trail = await did.caller.ask("GET", "audit", params={"subject": hook["id"]})
    assert "hush" not in json.dumps(trail)
    assert trail["items"][-1]["details"]["host"] == "hooks.example.com"
    state = {"account_id": office["account"]["id"]}
    await operators(service, did, state)
    await copies_and_an_end(did, account)
    dora, member_id = await join(service, account, "dora", "admin")
    await did("POST", "/api/v1/account/transfer", ids={}, body={"member_id": member_id})
    assert dora == somebody("dora")


async def operators(service, did, office):
    """What operators do to others' accounts is in the trail of those, as done by an operator."""
    account = "/api/v1/operator/accounts/{account_id}"
    for suspended in (True, False):
        await did("PUT", "/api/v1/operator/accounts/{account_id}/state", 204, ids=office, body={"suspended": suspended})
    given = {"usd": "5", "reference": "sorry-1", "note": "a staging that failed"}
    await did("PUT", f"{account}/grants", ids=office, body=given)
    await did("PUT", f"{account}/grants", ids=office, body=given, none=True)
    await did("PUT", f"{account}/plan", 204, ids=office, body={"plan": "pro"})
    photo = await did.caller.photo(await did.caller.project("Operated"))
    [staging] = await did.caller.stage(photo)
    ids = {"staging_id": staging["id"]}
    looked = {"reason": "the owner wrote that it is upside down"}
    await did("POST", "/api/v1/operator/stagings/{staging_id}/look", ids=ids, body=looked)
    await did("POST", "/api/v1/operator/stagings/{staging_id}/cancel", 204, ids=ids)
    job = await service.platform.database.fetchval(
        "update jobs set state = 'dead', finished_at = now() where id = (select id from jobs limit 1) returning id"
    )
    await did("POST", "/api/v1/operator/jobs/{job_id}/replay", 204, ids={"job_id": job})
    for on in (False, True):
        await did("PUT", "/api/v1/operator/switches/{switch}", ids={"switch": "payments"}, body={"on": on})
    incident = await did("POST", "/api/v1/operator/incidents", 201, body={"title": "Slow", "text": "We look into it."})
    reports = "/api/v1/operator/incidents/{incident_id}/reports"
    await did("POST", reports, 201, ids={"incident_id": incident["id"]}, body={"text": "It is over.", "ends": True})
    [seen] = (await did.caller.ask("GET", "audit", params={"action": "staging.seen"}))["items"]
    assert seen["who"]["kind"] == "operator"
    assert seen["details"]["reason"] == looked["reason"]


async def sessions(service, did):
    """Somebody who is signed in on three devices ends one session, then the other."""
    gil = somebody("gil")
    for sid in ("one", "two"):
        async with asking(service, gil, sid=sid) as there:
            await there.ask("GET", "me")
    async with asking(service, gil, sid="three") as here:
        his = Told(service, here)
        listed = await here.ask("GET", "me/sessions")
        other = next(one for one in listed["items"] if not one["current"])
        await his("DELETE", "/api/v1/me/sessions/{session_id}", 204, ids={"session_id": other["id"]})
        await his("DELETE", "/api/v1/me/sessions")
        did.done |= his.done


async def keys(did):
    key = await did("POST", "/api/v1/keys", 201, body={"name": "Importer", "scopes": []})
    ids = {"key_id": key["key"]["id"]}
    await did("POST", "/api/v1/keys/{key_id}/rotate", 201, ids=ids, body={})
    await did("DELETE", "/api/v1/keys/{key_id}", 204, ids=ids)


async def profile(did):
    await did("PATCH", "/api/v1/me/profile", body={"company": "Elm Homes"})
    await did("PUT", "/api/v1/me/profile/photo", data=jpeg(), headers={"Content-Type": "image/jpeg"})
    await did("DELETE", "/api/v1/me/profile/photo")


async def invitations(service, did):
    """Somebody is asked in and comes; somebody else is not asked any more."""
    asked = await did("POST", "/api/v1/invitations", 201, body={"email": "eve@office.test"})
    await did("POST", "/api/v1/invitations/{invitation_id}/resend", ids={"invitation_id": asked["id"]})
    token = (await links(service))[-1]
    async with asking(service, somebody("eve")) as coming:
        await coming.ask("GET", "me")
        hers = Told(service, coming)
        await hers("POST", "/api/v1/invitations/accept", body={"token": token})
        did.done |= hers.done
    other = await did.caller.ask("POST", "invitations", 201, json={"email": "fay@office.test"})
    await did("DELETE", "/api/v1/invitations/{invitation_id}", 204, ids={"invitation_id": other["id"]})


async def copies_and_an_end(did, account):
    """Exports, and an erasure that is taken back."""
    await did("POST", "/api/v1/account/exports", 201)
    await did("POST", "/api/v1/me/exports", 201)
    await did("POST", "/api/v1/account/erasure", 201, body={"name": "Elm"})
    await did("DELETE", "/api/v1/me/accounts/{account_id}/erasure", ids={"account_id": account})
