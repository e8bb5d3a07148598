"""Every route as a stranger and signed out: walked from the application itself, so a new route is walked too."""

import re

import aiohttp
import pytest

from harness.service import service as run_service
from realstaging.sandbox.oidc import PEOPLE


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    # Every route signed out is more than one address may try in a minute.
    limit = {"rate_limit_sign_in": "100000/minute"}
    async with run_service(tmp_path, database_url, redis_url, **limit) as running:
        yield running


OPEN = {"/config", "/health/live", "/health/ready", "/version", "/catalog", "/me", "/offers"}
BY_LINK = "/api/v1/upload-links/"
"""Open to whoever has an upload link: tests/api/test_upload_links.py."""


def routes(document):
    for path, methods in document["paths"].items():
        for method in methods:
            yield method.upper(), path


@pytest.fixture
async def everything(service, ada):
    """Something of Ada's under every kind of id."""
    project = await ada.project()
    photo = await ada.photo(project)
    [staging] = await ada.stage(photo)
    async with service.working():
        await ada.until(staging, "ready")
    archive = await ada.ask("POST", f"projects/{project['id']}/archives", 201, json={})
    endpoint = await ada.ask("POST", "webhook-endpoints", 201, json={"url": "https://hooks.example.com/"})
    delivery = await ada.ask("POST", f"webhook-endpoints/{endpoint['id']}/test", 201, json={})
    me = await ada.ask("GET", "me")
    key = await ada.ask("POST", "keys", 201, json={"name": "Importer", "scopes": []})
    export = await ada.ask("POST", "account/exports", 201, json={})
    [session] = (await ada.ask("GET", "me/sessions"))["items"]
    invitation = await ada.ask("POST", "invitations", 201, json={"email": "ben@office.test"})
    link = await ada.ask("POST", f"projects/{project['id']}/upload-links", 201, json={})
    return {
        # Of payments there is nothing without a way to pay; whose they are is tried in tests/domains/payments.
        "checkout_id": project["id"],
        "invoice_id": project["id"],
        "export_id": export["id"],
        "session_id": session["id"],
        "invitation_id": invitation["id"],
        # What operators close and tell; they are asked for by operators alone.
        "switch": "uploads",
        "incident_id": project["id"],
        "key_id": key["key"]["id"],
        "link_id": link["link"]["id"],
        "account_id": me["account"]["id"],
        "job_id": me["id"],
        "member_id": me["id"],
        "endpoint_id": endpoint["id"],
        "delivery_id": delivery["id"],
        "archive_id": archive["id"],
        "project_id": project["id"],
        "photo_id": photo["id"],
        "staging_id": staging["id"],
    }


async def openapi(service):
    async with aiohttp.ClientSession() as session, session.get(f"{service.url}/docs/openapi.json") as answer:
        return await answer.json(content_type=None)


def fill(path, ids):
    return re.sub(r"{(\w+?)(:uuid)?}", lambda match: ids[match[1]], path)


BODIES = {
    ("PATCH", "/api/v1/members/{member_id}"): {"role": "viewer"},
    ("PATCH", "/api/v1/projects/{project_id}"): {"name": "mine now"},
    ("POST", "/api/v1/keys/{key_id}/rotate"): {},
    ("POST", "/api/v1/stagings/{staging_id}/credit-back"): {"reason": "wrong_style"},
    ("POST", "/api/v1/projects/{project_id}/upload-links"): {},
    ("POST", "/api/v1/projects/{project_id}/archives"): {},
    ("PATCH", "/api/v1/webhook-endpoints/{endpoint_id}"): {},
    ("POST", "/api/v1/webhook-endpoints/{endpoint_id}/test"): {},
    ("POST", "/api/v1/webhook-endpoints/{endpoint_id}/replay"): {"since": "2026-01-01T00:00:00Z"},
    ("PATCH", "/api/v1/me/mail"): {},
    ("PUT", "/api/v1/billing/subscription"): {"plan": "pro", "term": "month"},
}


async def test_a_stranger_finds_nothing_under_any_id(service, everything):
    seen = 0
    async with service.signed_in(PEOPLE[1]) as stranger:
        for method, path in routes(await openapi(service)):
            # What operators may is tried with roles (test_permissions.py).
            if "{" not in path or "/operator/" in path or path.startswith(BY_LINK):
                continue
            if path.removeprefix("/api/v1") in OPEN:
                continue
            seen += 1
            body = BODIES.get((method, path))
            async with stranger.session.request(method, fill(path, everything), json=body) as answer:
                assert answer.status == 404, f"{method} {path}"
    assert seen >= 12


async def test_ids_in_bodies_are_checked_too(service, everything):
    file = {"name": "a.jpg", "type": "image/jpeg", "size": 10, "sha256": "0" * 64}
    async with service.signed_in(PEOPLE[1]) as stranger:
        await stranger.ask("POST", "uploads", 404, json={"project_id": everything["project_id"], "files": [file]})
        body = {"project_id": everything["project_id"], "upload_ids": [everything["photo_id"]]}
        await stranger.ask("POST", "photos", 404, json=body)
        item = {"photo_id": everything["photo_id"], "room_type": "living_room", "styles": ["modern"]}
        answer = await stranger.ask("POST", "stagings", 207, json={"items": [item]})
        assert answer["items"][0]["error"]["code"] == "not_found"


async def test_signed_out_every_route_but_the_open_ones_says_to_sign_in(service, everything):
    seen = 0
    async with aiohttp.ClientSession() as nobody:
        for method, path in routes(await openapi(service)):
            bare = path.removeprefix("/api/v1")
            if bare in OPEN - {"/catalog", "/me"} or path.startswith(BY_LINK):
                continue
            seen += 1
            async with nobody.request(
                method, service.url + fill(path, everything), json=BODIES.get((method, path))
            ) as answer:
                assert answer.status in {401, 422}, f"{method} {path}: {answer.status}"
                if answer.status == 422:
                    assert method == "POST"
    assert seen >= 15
