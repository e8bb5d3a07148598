"""API keys: made, shown once, rotated, revoked; what their bearers may, from where, and for how long."""

import asyncio
import hashlib
import re
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

import aiohttp

from harness.service import Caller, jpeg
from harness.service import service as run_service
from realstaging.domains.accounts.service import Permission
from realstaging.domains.keys import rules, store
from realstaging.domains.keys.schemas import NewKey, Scope
from realstaging.kit import bearer_texts
from realstaging.kit.clock import utc_now
from realstaging.kit.ids import new_id
from tests.api.test_people import calls

EVERYTHING = [scope.value for scope in Scope]


async def made(caller, scopes=("read",), **asked):
    """A new key: what is shown of it, and its secret."""
    body = {"name": "Importer", "scopes": list(scopes), **asked}
    shown = await caller.ask("POST", "keys", 201, json=body)
    return shown["key"], shown["secret"]


@asynccontextmanager
async def bearing(service, secret, **headers):
    """Whoever calls by a key."""
    given = {"Authorization": f"Bearer {secret}", **headers}
    async with aiohttp.ClientSession(base_url=f"{service.url}/api/v1/", headers=given) as session:
        yield Caller(session)


async def refused(caller, status, code, path="projects", method="GET", **more):
    problem = await caller.ask(method, path, status, **more)
    assert problem["code"] == code, problem
    return problem


async def test_a_key_is_shown_once_and_kept_nowhere(service, ada):
    again = {"Idempotency-Key": "one"}
    body = {"name": "Importer", "scopes": ["read"], "days": 30}
    shown = await ada.ask("POST", "keys", 201, json=body, headers=again)
    secret = shown["secret"]
    assert re.fullmatch("rs_live_[0-9A-Za-z]{34}", secret)
    assert shown["key"]["ends_with"] == secret[-4:]
    listed = await ada.ask("GET", "keys")
    assert listed["items"] == [shown["key"]]
    # Sent again it is not done again, and the secret is not told again.
    problem = await ada.ask("POST", "keys", 409, json=body, headers=again)
    assert "shown once" in problem["detail"]
    assert (await ada.ask("GET", "keys"))["items"] == [shown["key"]]
    for table in ("api_keys", "idempotency_keys", "audit_entries", "events", "jobs"):
        rows = await service.platform.database.fetch(f"select {table}::text as row from {table}")
        assert all(secret not in row["row"] and secret[12:] not in row["row"] for row in rows), table
    assert (
        await service.platform.database.fetchval("select digest from api_keys")
        == hashlib.sha256(secret.encode()).digest()
    )


async def test_a_key_may_what_its_scopes_say_and_nothing_else(service, ada):
    project = await ada.project()
    _, reading = await made(ada, ["read"])
    async with bearing(service, reading) as program:
        assert [one["id"] for one in (await program.ask("GET", "projects"))["items"]] == [project["id"]]
        problem = await refused(program, 403, "not_permitted", method="POST", json={"name": "Elm"})
        assert "upload" in problem["detail"]
    _, whole = await made(ada, EVERYTHING)
    async with bearing(service, whole) as program:
        photo = await program.photo(await program.project("By a program"))
        [staging] = await program.stage(photo)
        assert staging["state"] == "queued"
        await program.ask("GET", "usage")
        # Whatever it may, it is nobody, and hands on nothing.
        for method, path in (
            ("GET", "me"),
            ("GET", "me/accounts"),
            ("GET", "keys"),
            ("GET", "audit"),
            ("GET", "billing"),
            ("GET", "me/exports"),
        ):
            await refused(program, 403, "not_permitted", path, method)
        await program.ask("DELETE", f"projects/{project['id']}", 204)
        await refused(program, 403, "not_permitted", "keys", "POST", json={"name": "Own", "scopes": []})
    _, none = await made(ada, [])
    async with bearing(service, none) as program:
        await refused(program, 403, "not_permitted")
    # To change or delete anything takes a scope that says so.
    _, most = await made(ada, [scope for scope in EVERYTHING if scope != "edit"])
    async with bearing(service, most) as program:
        await refused(program, 403, "not_permitted", f"photos/{photo['id']}", "DELETE")
    trail = (await ada.ask("GET", "audit", params={"action": "staging.requested"}))["items"]
    assert [(one["who"]["kind"], one["who"]["name"]) for one in trail] == [("key", "Importer")]
    made_by_it = await ada.ask("GET", "audit", params={"action": "project.created", "person": trail[0]["who"]["id"]})
    assert len(made_by_it["items"]) == 1


async def test_nobody_is_asked_about_a_key_that_was_mistyped(service, ada):
    _, secret = await made(ada)
    wrong = secret[:-1] + ("a" if secret[-1] != "a" else "b")
    with calls(store.opened) as read:
        async with bearing(service, wrong) as program:
            await refused(program, 401, "bad_key")
        assert read == []
        async with bearing(service, bearer_texts.new("rs_live_")) as program:
            await refused(program, 401, "bad_key")
        assert len(read) == 1
        async with bearing(service, secret) as program:
            for _ in range(3):
                await program.ask("GET", "projects")
        assert len(read) == 2


async def test_a_key_that_is_revoked_opens_nothing_in_any_process(tmp_path, database_url, redis_url):
    (tmp_path / "other").mkdir()
    async with (
        run_service(tmp_path, database_url, redis_url) as one,
        run_service(tmp_path / "other", database_url, redis_url) as other,
        one.signed_in() as ada,
    ):
        key, secret = await made(ada)
        _, kept = await made(ada)
        async with bearing(other, secret) as program, bearing(other, kept) as second:
            await program.ask("GET", "projects")
            await second.ask("GET", "projects")
            await ada.ask("DELETE", f"keys/{key['id']}", 204)
            # What is read of a key is believed for a minute; this is told at once.
            async with asyncio.timeout(20):
                while (await status(program)) != 401:
                    await asyncio.sleep(0.02)
            await refused(program, 401, "bad_key")
            await second.ask("GET", "projects")
        await ada.ask("DELETE", f"keys/{key['id']}", 404)
        assert key["id"] not in {one["id"] for one in (await ada.ask("GET", "keys"))["items"]}


async def status(program, path="projects"):
    async with program.session.get(path) as answer:
        return answer.status


async def test_a_stream_by_a_key_ends_when_the_key_is_revoked(service, ada):
    key, secret = await made(ada)
    async with bearing(service, secret) as program, program.session.get("events") as stream:
        assert stream.status == 200
        assert b"snapshot" in await stream.content.readuntil(b"\n\n")
        await ada.ask("DELETE", f"keys/{key['id']}", 204)
        async with asyncio.timeout(20):
            assert b"event: reconnect" in await stream.content.read()
    async with bearing(service, secret) as program:
        await refused(program, 401, "bad_key", "events")


async def test_a_key_ends_and_its_successor_goes_on(tmp_path, database_url, redis_url):
    now = [utc_now()]
    async with run_service(tmp_path, database_url, redis_url, clock=lambda: now[0]) as service:

        async def works(secret):
            async with bearing(service, secret) as program:
                return await status(program) == 200

        async with service.signed_in() as ada:
            key, old = await made(ada, days=10)
            answer = await ada.ask("POST", f"keys/{key['id']}/rotate", 201, json={"overlap_hours": 48})
            new = answer["secret"]
            assert answer["key"]["scopes"] == key["scopes"]
            assert answer["key"]["expires_at"] == key["expires_at"]
            listed = {one["id"]: one for one in (await ada.ask("GET", "keys"))["items"]}
            assert listed[key["id"]]["replaced_by"] == answer["key"]["id"]
            await ada.ask("POST", f"keys/{key['id']}/rotate", 422, json={})
            await ada.ask("POST", f"keys/{answer['key']['id']}/rotate", 422, json={"overlap_hours": 169})
            assert await works(old)
            assert await works(new)
            now[0] += timedelta(hours=47)
            assert await works(old)
            now[0] += timedelta(hours=2)
            assert not await works(old)
            assert await works(new)
            now[0] += timedelta(days=9)
            assert not await works(new)


def test_a_rotated_key_lives_no_longer_than_it_would_have():
    now = utc_now()
    week = timedelta(days=7)
    assert rules.end_of(None, now, week) == now + week
    assert rules.end_of(now + timedelta(days=1), now, week) == now + timedelta(days=1)


async def test_a_key_may_be_bound_to_addresses(tmp_path, database_url, redis_url):
    async with run_service(tmp_path, database_url, redis_url, trusted_proxies="127.0.0.0/8") as service:
        async with service.signed_in() as ada:
            key, secret = await made(ada, addresses=["203.0.113.0/28", "2001:db8::7"])
            assert key["addresses"] == ["203.0.113.0/28", "2001:db8::7/128"]
            for wrong in ("203.0.113.1/28", "everywhere", "300.1.1.1"):
                await ada.ask("POST", "keys", 422, json={"name": "a", "scopes": [], "addresses": [wrong]})
        async with bearing(service, secret) as program:
            for address, code in (
                ("203.0.113.7", 200),
                ("203.0.113.99", 403),
                ("2001:db8::7", 200),
                # Its neighbour in the same /64, which counts as one subscriber elsewhere.
                ("2001:db8::8", 403),
            ):
                async with program.session.get("projects", headers={"X-Forwarded-For": address}) as answer:
                    assert answer.status == code, address
            # Without a proxy that is trusted: what calls is this machine.
            await refused(program, 403, "key_elsewhere")


async def test_a_key_works_in_its_own_account_only(service, ada):
    mine = (await ada.ask("GET", "me"))["account"]["id"]
    _, secret = await made(ada)
    async with bearing(service, secret) as program:
        await refused(program, 403, "key_of_another_account", headers={"Real-Staging-Account": str(new_id())})
        await program.ask("GET", "projects", headers={"Real-Staging-Account": mine})


async def test_that_it_was_used_is_kept_by_the_day_and_written_once(service, ada):
    key, secret = await made(ada)
    assert key["last_used_on"] is None
    with calls(store.note_use) as noted:
        async with bearing(service, secret) as program:
            for _ in range(5):
                await program.ask("GET", "projects")
    assert len(noted) == 1
    assert (await ada.ask("GET", "keys"))["items"][0]["last_used_on"] == f"{utc_now():%Y-%m-%d}"


async def test_an_account_has_so_many_keys_and_no_more(service, ada):
    key, _ = await made(ada)
    await service.platform.database.execute(
        """insert into api_keys (id, account_id, works_in, digest, name, mode, ends_with, scopes, created_by)
           select gen_random_uuid(), account_id, works_in, sha256(number::text::bytea), name, mode, ends_with, scopes, created_by
           from api_keys, generate_series(1, $1) as number""",
        rules.MOST_KEYS - 1,
    )
    await refused(ada, 409, "too_many_keys", "keys", "POST", json={"name": "One more", "scopes": []})
    await ada.ask("DELETE", f"keys/{key['id']}", 204)
    await made(ada)


async def test_keys_are_made_at_once_only_while_there_is_room(service, ada):
    await made(ada)
    await service.platform.database.execute(
        """insert into api_keys (id, account_id, works_in, digest, name, mode, ends_with, scopes, created_by)
           select gen_random_uuid(), account_id, works_in, sha256(number::text::bytea), name, mode, ends_with, scopes, created_by
           from api_keys, generate_series(1, $1) as number""",
        rules.MOST_KEYS - 3,
    )

    async def one():
        async with ada.session.post("keys", json={"name": "a", "scopes": []}) as answer:
            return answer.status

    assert sorted(await asyncio.gather(*(one() for _ in range(6)))) == [201, 201, 409, 409, 409, 409]


def test_nobody_gives_away_what_they_have_not():
    viewer = (Permission.READ, Permission.DOWNLOAD)
    assert rules.refusal(NewKey("a", [Scope.READ]), viewer) is None
    assert "stage" in rules.refusal(NewKey("a", [Scope.READ, Scope.STAGE]), viewer)
    assert "twice" in rules.refusal(NewKey("a", [Scope.READ, Scope.READ]), viewer)


def test_a_key_is_permitted_what_its_scopes_are_called():
    assert rules.may([Scope.STAGE, Scope.READ]) == (Permission.READ, Permission.STAGE)
    assert rules.may([]) == ()
    assert {scope.value for scope in Scope} < {permission.value for permission in Permission}
    never = {
        Permission.OWN,
        Permission.KEYS,
        Permission.MEMBERS,
        Permission.ERASE,
        Permission.AUDIT,
        Permission.BILLING,
    }
    assert not never & set(rules.may(list(Scope)))
    assert Permission.EDIT not in rules.may([scope for scope in Scope if scope is not Scope.EDIT])


async def test_keys_are_limited_each_and_with_their_account(tmp_path, database_url, redis_url):
    limits = {"rate_limit_read": "8/minute, 5/minute, 1000/minute"}
    async with run_service(tmp_path, database_url, redis_url, **limits) as service, service.signed_in() as ada:
        secrets = [(await made(ada))[1] for _ in range(3)]

        async def told(secret):
            async with bearing(service, secret) as program, program.session.get("projects") as answer:
                return answer.status, (await answer.json()).get("violated-policies")

        assert [await told(secrets[0]) for _ in range(5)] == [(200, None)] * 5
        assert await told(secrets[0]) == (429, ["read-token"])
        assert [await told(secrets[1]) for _ in range(3)] == [(200, None)] * 3
        assert await told(secrets[2]) == (429, ["read-account"])


async def test_guessing_keys_ends_soon(tmp_path, database_url, redis_url):
    limits = {"rate_limit_sign_in": "5/minute"}
    async with run_service(tmp_path, database_url, redis_url, **limits) as service:
        answers = []
        with calls(store.opened) as read:
            for _ in range(8):
                async with bearing(service, bearer_texts.new("rs_live_")) as guesser:
                    answers.append(await status(guesser))
    assert answers == [401] * 5 + [429] * 3
    assert len(read) == 5


async def test_the_keys_of_a_suspended_account_open_nothing(service, ada):
    _, secret = await made(ada, EVERYTHING)
    await service.platform.database.execute("update accounts set suspended_at = now()")
    async with bearing(service, secret) as program:
        await refused(program, 403, "account_suspended")


async def test_an_accounts_keys_are_nobody_elses(service, ada):
    from realstaging.sandbox.oidc import PEOPLE  # noqa: PLC0415 - here alone

    key, _ = await made(ada)
    async with service.signed_in(PEOPLE[1]) as ben:
        assert (await ben.ask("GET", "keys"))["items"] == []
        await ben.ask("DELETE", f"keys/{key['id']}", 404)
        await ben.ask("POST", f"keys/{key['id']}/rotate", 404, json={})


async def test_what_is_refused_says_what_is_wrong(ada):
    for wrong in (
        {"name": ""},
        {"scopes": ["everything"]},
        {"scopes": ["read", "read"]},
        {"days": 732},
        {"days": 0},
        {"mode": "sandbox"},
        {"addresses": ["1.2.3.4"] * 21},
    ):
        await ada.ask("POST", "keys", 422, json={"name": "Importer", "scopes": ["read"], **wrong})
    assert (await ada.ask("GET", "keys"))["items"] == []


async def test_a_photo_by_a_key_is_as_any_other(service, ada):
    _, secret = await made(ada, EVERYTHING)
    async with bearing(service, secret) as program:
        photo = await program.photo(await program.project(), jpeg(colour=(9, 9, 9)))
    assert (await ada.ask("GET", f"photos/{photo['id']}"))["id"] == photo["id"]
    assert UUID(photo["id"])
