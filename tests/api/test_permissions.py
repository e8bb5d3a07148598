"""Every route for every caller: generated from the API's own description, so that a new route is tried too."""

import asyncio
import re
from uuid import UUID

import aiohttp
import pytest
from litestar.routes import HTTPRoute

from harness.service import service as run_service
from realstaging.api import build
from realstaging.domains.accounts.rules import PERMISSIONS, Permission, Role, permissions_of
from realstaging.domains.keys.schemas import Scope
from realstaging.kit.ids import new_id
from realstaging.sandbox.oidc import PEOPLE
from realstaging.settings import Settings
from tests.api.test_keys import bearing, made
from tests.offices import asking, join, somebody

OPEN = {
    ("GET", "/api/v1/config"),
    ("GET", "/api/v1/health/live"),
    ("GET", "/api/v1/health/ready"),
    ("GET", "/api/v1/version"),
    ("POST", "/api/v1/invitations/look"),
    ("POST", "/api/v1/browser-reports"),
    ("POST", "/api/v1/webhooks/{engine:str}"),
    ("POST", "/api/v1/webhooks/mail/{provider:str}"),
    ("POST", "/api/v1/webhooks/stripe"),
    ("GET", "/api/v1/mail/unsubscribe"),
    ("GET", "/api/v1/offers"),
    ("POST", "/api/v1/mail/unsubscribe"),
    # For whoever has an upload link: tests/api/test_upload_links.py.
    ("GET", "/api/v1/upload-links/{token:str}"),
    ("POST", "/api/v1/upload-links/{token:str}/uploads"),
    ("POST", "/api/v1/upload-links/{token:str}/photos"),
}
"""Routes that ask for nobody: a new one is a decision, and is written here."""
READING = {"read", "download", "usage", "own"}
WORKING = READING | {"upload", "stage", "edit"}
MANAGING = WORKING | {"webhooks", "keys", "members", "audit", "settings"}
TABLE = {
    "viewer": READING,
    "member": WORKING,
    "admin": MANAGING,
    "owner": MANAGING | {"billing", "transfer", "erase"},
}
# What each caller may do in Ada's account; None: they are not let into it at all.
CALLERS = {
    **TABLE,
    "suspended member": {"own"},
    "stranger": None,
    "operator": None,
}
REFUSED = {"owner": "not_permitted", "suspended member": "member_suspended", "stranger": "no_such_account"}


def test_who_may_do_what_is_as_it_was_agreed():
    assert {role: {str(one) for one in given} for role, given in PERMISSIONS.items()} == TABLE
    assert permissions_of(Role.OWNER, suspended=True) == (Permission.OWN,)


def test_every_route_of_the_api_says_what_it_needs():
    found = {
        (str(method), route.path): handler.opt
        for route in build(Settings()).routes
        if isinstance(route, HTTPRoute) and route.path.startswith("/api/")
        for method, (handler, _) in route.route_handler_map.items()
        if method != "OPTIONS"
    }
    assert {route for route, options in found.items() if not isinstance(options.get("needs"), Permission)} == OPEN
    assert all(found[route]["exclude_from_auth"] for route in OPEN)
    assert len(found) > 30


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    # Keys that are refused count as tries to sign in.
    limits = {
        "rate_limit_sign_in": "100000/minute",
        "rate_limit_checkout": "100000/minute, 100000/minute, 100000/minute",
    }
    async with run_service(
        tmp_path, database_url, redis_url, operator_subjects="sandbox|olive@office.test", **limits
    ) as running:
        yield running


async def described(service):
    """(method, path, permission) of every operation; none where it is open to all."""
    async with aiohttp.ClientSession() as session, session.get(f"{service.url}/docs/openapi.json") as answer:
        document = await answer.json(content_type=None)
    found = [
        (method.upper(), path, operation.get("x-permission"))
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if path.startswith("/api/")
    ]
    return [*found, ("GET", "/api/v1/events", "read")]


async def things(service, ada):
    """Something of Ada's under every kind of id, and words that nobody else may read."""
    project = await ada.project("Hush Street 12")
    photo = await ada.photo(project)
    [staging] = await ada.stage(photo)
    async with service.working():
        await ada.until(staging, "ready")
    archive = await ada.ask("POST", f"projects/{project['id']}/archives", 201, json={})
    me = await ada.ask("GET", "me")
    return {
        "account_id": me["account"]["id"],
        "archive_id": archive["id"],
        "member_id": me["id"],
        "photo_id": photo["id"],
        "project_id": project["id"],
        "staging_id": staging["id"],
    }


def at(path, ids):
    """The path with ids in it. One that is not known here stands for nothing there is."""
    return re.sub(r"{(\w+)[^}]*}", lambda name: ids.get(name[1]) or str(new_id()), path).removeprefix("/api/v1/")


async def asked(caller, method, path):
    """(status, code, body) of the answer, or of its beginning where it has no end."""
    async with caller.session.request(method, path, allow_redirects=False) as answer:
        if answer.content_type == "text/event-stream":
            return answer.status, None, ""
        body = await answer.text()
        told = await answer.json(content_type=None) if answer.content_type == "application/problem+json" else {}
        return answer.status, told.get("code"), body


def expected(who, permission):
    """The code of the refusal; None where they are let in."""
    given = CALLERS[who]
    if given is None:
        return REFUSED["stranger"]
    if permission in given:
        return None
    return "not_permitted" if permission == "operate" else REFUSED.get(who, REFUSED["owner"])


async def test_every_route_lets_in_whom_the_table_says_and_nobody_else(service):
    async with asking(service, PEOPLE[0]) as ada:
        ids = await things(service, ada)
    account = ids["account_id"]
    people = {"owner": PEOPLE[0], "stranger": somebody("stan"), "operator": somebody("olive")}
    for role in ("viewer", "member", "admin"):
        people[role], _ = await join(service, account, role, role)
    people["suspended member"], member_id = await join(service, account, "sue", "admin")
    async with asking(service, PEOPLE[0], account) as ada:
        await ada.ask("PATCH", f"members/{member_id}", json={"suspended": True})
    routes = await described(service)
    secrets = [*(value for name, value in ids.items() if name != "account_id"), "Hush Street"]
    wrong, tried = [], 0

    async def look(who, caller, code_of):
        nonlocal tried
        for method, path, permission in routes:
            if permission is None:
                continue
            code = code_of(permission)
            # Where they are let in nothing is to be changed: what there is not is asked for, and no body is sent.
            status, told, body = await asked(caller, method, at(path, ids if code else {}))
            tried += 1
            let_in = status not in {401, 403} and (told != "no_such_account" or "{account_id" in path)
            if told != code if code else not let_in:
                wrong.append(f"{who}: {method} {path}: {status} {told}, and not {code or 'let in'}")
            wrong.extend(f"{who}: {method} {path} tells {one}" for one in secrets if code and one in body)

    for who in CALLERS:
        async with asking(service, people[who], account) as caller:
            await look(who, caller, lambda permission, who=who: expected(who, permission))
    async with asking(service, PEOPLE[0], account) as ada:
        keys = await every_kind_of_key(service, ada)
    for who, (secret, code_of) in keys.items():
        async with bearing(service, secret) as caller:
            await look(who, caller, code_of)
    async with bearing(service, keys["test key"][0]) as caller:
        await finds_nothing(caller, routes, ids)
    async with aiohttp.ClientSession(base_url=f"{service.url}/api/v1/") as session:
        await look("signed out", Nobody(session), lambda _: "unauthenticated")
    async with asking(service, people["operator"]) as olive:
        for method, path, permission in routes:
            if permission == "operate":
                status, told, _ = await asked(olive, method, at(path, {}))
                assert status not in {401, 403}, (method, path, told)
        # In their own account somebody finds nothing of Ada's.
        await olive.ask("PUT", f"operator/accounts/{account}/state", 204, json={"suspended": True})
    async with asking(service, PEOPLE[0], account) as ada:
        await until_suspended(ada)
        await look(
            "owner of a suspended account",
            ada,
            lambda permission: {"own": None, "operate": "not_permitted"}.get(permission, "account_suspended"),
        )
    assert not wrong, "\n".join(wrong)
    assert tried > 300


async def every_kind_of_key(service, ada):
    """By what it is: the secret, and the code of the refusal by the permission that is needed."""

    def allowing(*scopes):
        return lambda permission: None if permission in scopes else "not_permitted"

    everything = [scope.value for scope in Scope]
    found = {f"key that may {scope}": ((await made(ada, [scope]))[1], allowing(scope)) for scope in everything}
    found["key without scopes"] = ((await made(ada, []))[1], allowing())
    found["test key"] = ((await made(ada, everything, mode="test"))[1], allowing(*everything))
    elsewhere = (await made(ada, everything, addresses=["203.0.113.7"]))[1]
    found["key of another address"] = (elsewhere, lambda _: "key_elsewhere")
    expired, secret = await made(ada, everything, days=1)
    await service.platform.database.execute(
        "update api_keys set expires_at = now() - interval '1 second' where id = $1", UUID(expired["id"])
    )
    found["expired key"] = (secret, lambda _: "bad_key")
    revoked, secret = await made(ada, everything)
    await ada.ask("DELETE", f"keys/{revoked['id']}", 204)
    found["revoked key"] = (secret, lambda _: "bad_key")
    return found


async def finds_nothing(caller, routes, ids):
    """A test key may do much, and in an account apart: what is in the account that made it is not there."""
    seen = 0
    for method, path, permission in routes:
        if "{" in path and permission in {scope.value for scope in Scope}:
            status, _, body = await asked(caller, method, at(path, ids))
            assert status in {404, 422}, f"{method} {path}: {status} {body[:200]}"
            seen += status == 404
    assert seen > 8


class Nobody:
    """Signed out."""

    def __init__(self, session):
        self.session = session


async def until_suspended(caller):
    """Every process hears of it, a moment later."""
    async with asyncio.timeout(10):
        while (await caller.ask("GET", "me"))["suspended"] != "account":
            pass


async def test_a_stranger_without_the_header_finds_nothing_under_any_id(service):
    async with asking(service, PEOPLE[0]) as ada:
        ids = await things(service, ada)
    seen = 0
    async with asking(service, somebody("stan")) as stan:
        for method, path, permission in await described(service):
            if "{" in path and permission not in {None, "operate"}:
                body = {"name": "mine now"} if method == "PATCH" else {} if path.endswith("archives") else None
                async with stan.session.request(method, at(path, ids), json=body) as answer:
                    told = await answer.json(content_type=None)
                # A body that is wrong is told first, of things that there are not as of those there are.
                assert answer.status in {404, 422}, f"{method} {path}: {answer.status} {told}"
                seen += answer.status == 404
    assert seen > 15


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        ("nonsense", 422, "invalid_input"),
        ("", 422, "invalid_input"),
        ("{01234567-89ab-cdef-0123-456789abcdef}", 422, "invalid_input"),
        ("01234567-89ab-cdef-0123-456789abcdef", 404, "no_such_account"),
    ],
)
async def test_an_account_that_is_named_wrongly_is_told_with_what_to_do(service, given, status, code):
    async with asking(service, PEOPLE[0]) as ada:
        told = await ada.ask("GET", "projects", status, headers={"Real-Staging-Account": given})
    assert told["code"] == code
    assert "me/accounts" in told["detail"]


async def test_an_account_is_named_once(service):
    async with asking(service, PEOPLE[0]) as ada:
        account = (await ada.ask("GET", "me"))["account"]["id"]
        twice = [("Real-Staging-Account", account), ("Real-Staging-Account", account)]
        headers = [*ada.session.headers.items(), *twice]
    async with aiohttp.ClientSession() as bare, bare.get(f"{service.url}/api/v1/me", headers=headers) as answer:
        assert (answer.status, (await answer.json(content_type=None))["code"]) == (400, "malformed")


async def test_a_refusal_says_who_may(service):
    async with asking(service, PEOPLE[0]) as ada:
        account = (await ada.ask("GET", "me"))["account"]["id"]
    vera, _ = await join(service, account, "vera", "viewer")
    async with asking(service, vera, account) as viewer:
        told = await viewer.ask("POST", "projects", 403, json={"name": "mine"})
        assert told["code"] == "not_permitted"
        assert all(role in told["detail"] for role in ("owners", "admins", "members", "viewer"))
        assert (await viewer.ask("GET", "me"))["permissions"] == ["read", "download", "usage", "own"]


def test_operators_sign_in_anew_before_they_change_anything_or_look_at_a_picture():
    theirs = {
        (str(method), route.path): handler.opt["fresh"]
        for route in build(Settings()).routes
        if isinstance(route, HTTPRoute)
        for method, (handler, _) in route.route_handler_map.items()
        if handler.opt.get("needs") is Permission.OPERATE
    }
    assert len(theirs) > 20
    assert {route for route, fresh in theirs.items() if fresh} == {route for route in theirs if route[0] != "GET"}
    assert theirs["POST", "/api/v1/operator/stagings/{staging_id:uuid}/look"]


async def test_an_operator_whose_sign_in_is_old_reads_and_changes_nothing(service):
    async with asking(service, somebody("olive"), auth_time=1) as olive:
        for path in ("operator/accounts", "operator/switches"):
            await olive.ask("GET", path)
        wanted = {"suspended": True}
        told = await olive.ask("PUT", f"operator/accounts/{new_id()}/state", 401, json=wanted)
        assert told["code"] == "sign_in_again"
