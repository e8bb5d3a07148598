"""Where somebody is signed in: listed, ended in every process at once, and new devices told by letter."""

import asyncio
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from uuid import UUID

import aiohttp
import pytest
import uvicorn

from harness.service import AUDIENCE, Caller, Service, listener, pools
from harness.service import service as run_service
from realstaging import wiring
from realstaging.api import build, configuration
from realstaging.domains.accounts import service as accounts
from realstaging.domains.accounts.errors import WasErased
from realstaging.domains.sessions import service as sessions
from realstaging.domains.sessions.rules import MOST_DEVICES, MOST_LISTED, device_of
from realstaging.kit.clock import utc_now
from realstaging.runtime import retention
from realstaging.runtime.work import transaction
from realstaging.sandbox import oidc
from realstaging.sandbox.oidc import PEOPLE
from realstaging.sandbox.oidc_management import CLIENT_ID, CLIENT_SECRET
from tests.interleaving import over_or_waiting
from tests.offices import asking
from tests.sandbox.test_oidc import Browser

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:148.0) Gecko/20100101 Firefox/148.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/19.1 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 "
    "Safari/537.36 Edg/146.0.0.0"
)


@pytest.mark.parametrize(
    ("told", "device"),
    [
        (FIREFOX, "Firefox on Windows"),
        (SAFARI, "Safari on an iPhone"),
        (EDGE, "Edge on Windows"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/146.0 Safari/537.36",
            "Chrome on a Mac",
        ),
        (
            "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36",
            "Samsung Internet on Android",
        ),
        ("Mozilla/5.0 (X11; CrOS x86_64 16093) AppleWebKit/537.36 Chrome/146.0 Safari/537.36", "Chrome on ChromeOS"),
        (
            "Mozilla/5.0 (iPad; CPU OS 19_1 like Mac OS X) AppleWebKit/605 CriOS/146 Mobile Safari/604.1",
            "Chrome on an iPad",
        ),
        ("curl/8.5.0", "curl"),
        ("Python/3.11 aiohttp/3.14", "Python"),
        ("Mozilla/5.0 (X11; Linux x86_64) Something", "A program on Linux"),
        ("Mozilla/5.0", "An unknown program"),
        ("", "An unknown program"),
        ("<b>bold</b>" * 20, "An unknown program"),
    ],
)
def test_a_device_is_called_as_a_person_would(told, device):
    assert device_of(told) == device


@asynccontextmanager
async def signed_in(service, person=PEOPLE[0], device=FIREFOX, **claims):
    """One sign-in on one device: all its requests bear one token."""
    token = oidc.mint_token(service.key_file, issuer=service.issuer, audience=AUDIENCE, person=person, **claims)
    headers = {"Authorization": f"Bearer {token}", "User-Agent": device}
    async with aiohttp.ClientSession(base_url=f"{service.url}/api/v1/", headers=headers) as session:
        yield Caller(session)


async def sessions_of(caller):
    return (await caller.ask("GET", "me/sessions"))["items"]


async def refused(caller, patience=10):
    """Once the caller's tokens are refused; how."""
    async with asyncio.timeout(patience):
        while True:
            async with caller.session.get("projects") as answer:
                if answer.status == 401:
                    return (await answer.json(content_type=None))["code"]
            await asyncio.sleep(0.02)


async def test_sessions_are_listed_with_what_people_know_them_by(service):
    async with signed_in(service, sid="one") as desk, signed_in(service, device=SAFARI, sid="two") as phone:
        await desk.ask("GET", "me")
        shown = await sessions_of(phone)
        devices = {(one["device"], one["current"]) for one in shown}
        assert devices == {("Safari on an iPhone", True), ("Firefox on Windows", False)}
        for one in shown:
            assert one["address"] == "127.0.0.1"
            assert one["first_seen"] == one["last_seen"]
            assert one["last_seen"].endswith(":00:00Z")
        # What the issuer calls them is shown to nobody.
        assert {"one", "two"} & {value for one in shown for value in one.values() if isinstance(value, str)} == set()
        # The same sign-in with another token is the same session.
        async with signed_in(service, sid="one", jti="another") as again:
            assert {one["id"] for one in await sessions_of(again)} == {one["id"] for one in shown}
    async with asking(service, PEOPLE[1]) as paul:
        [own] = await sessions_of(paul)
        assert own["id"] not in {one["id"] for one in shown}
        assert (await paul.ask("DELETE", f"me/sessions/{shown[0]['id']}", 404))["code"] == "no_such_session"


@asynccontextmanager
async def another_process(service):
    """A second API process of the same service: its own memory, its own connections."""
    listening, url = listener()
    async with wiring.platform(service.settings, engines={}, shared=pools()) as platform:
        config = configuration(build(service.settings, platform), service.settings)
        config.timeout_graceful_shutdown = 1
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve([listening]))
        while not server.started:
            await asyncio.sleep(0.01)
        try:
            yield Service(url, service.issuer, service.key_file, platform, service.settings, None)
        finally:
            server.should_exit = True
            await serving


async def test_an_ended_session_is_refused_by_every_process_and_its_streams_end(service):
    claims = {"sid": "one"}
    async with (
        another_process(service) as there,
        signed_in(service, **claims) as desk,
        signed_in(there, **claims) as same,
        signed_in(service, device=SAFARI, sid="two") as phone,
        same.session.get("events") as stream,
        phone.session.get("events") as kept,
    ):
        assert (stream.status, kept.status) == (200, 200)
        await desk.ask("GET", "projects")
        await same.ask("GET", "projects")
        [target] = [one["id"] for one in await sessions_of(phone) if not one["current"]]
        await phone.ask("DELETE", f"me/sessions/{target}", 204)
        async with asyncio.timeout(1):
            assert await asyncio.gather(refused(desk), refused(same)) == ["session_ended"] * 2
        async with asyncio.timeout(10):
            assert b"event: reconnect" in await stream.read()
        with suppress(TimeoutError):
            async with asyncio.timeout(0.2):
                assert b"reconnect" not in await kept.content.readany()
        await phone.ask("GET", "projects")
        assert [one["current"] for one in await sessions_of(phone)] == [True]
        assert (await phone.ask("DELETE", f"me/sessions/{target}", 404))["code"] == "no_such_session"
        [entry] = (await phone.ask("GET", "audit?action=session.ended"))["items"]
        assert entry["subject"] == target


async def test_all_others_or_all(service):
    async with (
        signed_in(service, sid="one") as one,
        signed_in(service, sid="two") as two,
        signed_in(service, sid="three") as three,
    ):
        for caller in (one, two, three):
            await caller.ask("GET", "me")
        assert await three.ask("DELETE", "me/sessions") == {"ended": 2}
        assert [await refused(one), await refused(two)] == ["session_ended"] * 2
        await three.ask("GET", "me")
        assert await three.ask("DELETE", "me/sessions?current=true") == {"ended": 1}
        assert await refused(three) == "session_ended"


async def test_who_shows_anew_who_they_are_is_let_in_and_nobody_else(service):
    now = int(utc_now().timestamp())
    async with signed_in(service, sid="one", auth_time=now - 60) as caller:
        await caller.ask("DELETE", "me/sessions?current=true")
        await refused(caller)
    # A refresh token that nobody revoked: a new token of the same sign-in.
    async with signed_in(service, sid="one", auth_time=now - 60, iat=now + 5) as refreshed:
        await refreshed.ask("GET", "me", 401)
    async with signed_in(service, sid="one", auth_time=now + 5) as anew:
        await anew.ask("GET", "me")
        assert [one["current"] for one in await sessions_of(anew)] == [True]


async def test_what_the_issuer_does_not_name_is_told_apart_as_far_as_may_be(service):
    now = int(utc_now().timestamp())
    bare = {"sid": None, "client_id": "web"}
    async with (
        signed_in(service, **bare, auth_time=now - 60) as one,
        signed_in(service, **bare, auth_time=now - 30) as two,
    ):
        await one.ask("GET", "me")
        assert len(await sessions_of(two)) == 2
        await two.ask("DELETE", "me/sessions")
        assert await refused(one) == "session_ended"
        await two.ask("GET", "me")
    mute = {**bare, "auth_time": None}
    async with signed_in(service, **mute, iat=now - 60) as caller:
        await caller.ask("DELETE", "me/sessions?current=true")
        await refused(caller)
    async with signed_in(service, **mute, iat=now + 5) as later:
        await later.ask("GET", "me")


async def test_a_process_that_starts_knows_what_was_ended(service):
    async with signed_in(service, sid="one") as caller:
        await caller.ask("DELETE", "me/sessions?current=true")
    async with another_process(service) as later, signed_in(later, sid="one", auth_time=1) as same:
        assert (await same.ask("GET", "me", 401))["code"] == "session_ended"


async def test_the_issuer_ends_it_too_where_it_lets_us(tmp_path, database_url, redis_url):
    client = {"oidc_management_client_id": CLIENT_ID, "oidc_management_client_secret": CLIENT_SECRET}
    async with run_service(tmp_path, database_url, redis_url, **client) as service, aiohttp.ClientSession() as http:
        browser = Browser(http, service.issuer)
        tokens = await browser.sign_in()
        headers = {"Authorization": f"Bearer {tokens['access_token']}"}
        async with http.get(f"{service.url}/api/v1/me", headers=headers) as answer:
            assert answer.status == 200
        async with signed_in(service, device=SAFARI) as phone:
            assert await phone.ask("DELETE", "me/sessions") == {"ended": 1}
        async with service.working():
            await service.jobs_done()
        assert (await browser.refresh(tokens["refresh_token"]))[1]["error"] == "invalid_grant"


async def letters(service):
    return await service.platform.database.fetch("select letter from letters where kind = 'new_device'")


async def test_a_new_device_is_told_once_and_the_first_is_not(service):
    async with signed_in(service) as desk:
        await desk.ask("PATCH", "me/profile", json={"preferences": {"time_zone": "Asia/Tokyo"}})
    assert await letters(service) == []
    async with signed_in(service, device=SAFARI) as phone:
        await phone.ask("GET", "me")
    [row] = await letters(service)
    assert row["letter"]["device"] == "Safari on an iPhone"
    assert row["letter"]["at"].endswith("+09:00")
    assert row["letter"]["to"]["address"] == "ada@example.com"
    for device in (SAFARI, FIREFOX):
        async with signed_in(service, device=device) as again:
            await again.ask("GET", "me")
    assert len(await letters(service)) == 1
    # Nobody is written to at an address that was not verified.
    for device in (FIREFOX, EDGE):
        async with signed_in(service, PEOPLE[1], device, email_verified=False) as caller:
            await caller.ask("GET", "me")
    assert len(await letters(service)) == 1


async def test_what_is_kept_of_one_person_is_bounded_and_goes_with_time(service):
    async with signed_in(service) as ada:
        me = await ada.ask("GET", "me")
        database = service.platform.database
        await database.execute(
            """insert into sessions select gen_random_uuid(), $1, '', 'x', '', now() - interval '1 day', now() - interval '1 hour'
               from generate_series(1, 300)""",
            me["person_id"],
        )
        await database.execute(
            """insert into devices select $1, 'device ' || n, now(), now() - interval '1 day' from generate_series(1, 300) as n""",
            me["person_id"],
        )
        async with signed_in(service, sid="new", device=EDGE) as caller:
            assert len(await sessions_of(caller)) == MOST_LISTED
        assert await database.fetchval("select count(*) from devices") == MOST_DEVICES
        await ada.ask("DELETE", "me/sessions")
        await database.execute("update sessions set last_seen = now() - interval '61 days' where device = 'x'")
        await database.execute("update ended_sessions set ended_at = ended_at - $1::interval", timedelta(days=31))
        await sessions.forget(service.platform)
        await retention.forget(service.platform)
        assert await database.fetchval("select count(*) from ended_sessions") == 0


async def asked(caller, method, path, body=None):
    async with caller.session.request(method, path, json=body) as answer:
        return answer.status, (await answer.json(content_type=None))["code"]


async def test_who_is_erased_while_their_sign_in_is_put_down_is_asked_to_sign_in(service):
    """The process still takes them for who they were: it hears of the erasure once that is committed."""
    platform = service.platform
    async with signed_in(service, sid="one") as desk, signed_in(service, sid="two") as phone:
        person_id = UUID((await desk.ask("GET", "me"))["person_id"])
        await platform.database.execute("update members set removed_at = now() where person_id = $1", person_id)
        async with transaction(platform) as work:
            person = await accounts.begin_forgetting(work, person_id, None)
            calling = asyncio.create_task(asked(phone, "GET", "projects"))
            assert not await over_or_waiting(platform.database, calling)
            await accounts.forget_person(work, person)
        assert await calling == (401, "was_erased")
    for table in ("sessions", "devices", "letters"):
        assert await platform.database.fetchval(f"select count(*) from {table}") == 0, table


async def test_who_was_erased_and_is_believed_for_a_minute_is_asked_to_sign_in(service):
    """Nobody told this process, which has let them in before; no account is left that nobody is in."""
    database = service.platform.database
    async with signed_in(service, sid="one") as desk, signed_in(service, sid="two") as phone:
        person_id = UUID((await desk.ask("GET", "me"))["person_id"])
        await database.execute("delete from members where person_id = $1", person_id)
        await database.execute("delete from people where id = $1", person_id)
        accounts_before = await database.fetchval("select count(*) from accounts")
        for caller, method, path, body in (
            (phone, "GET", "projects", None),
            (desk, "GET", "me", None),
            (desk, "GET", "me/profile", None),
            (desk, "PATCH", "me/profile", {"name": "Ada"}),
            (desk, "DELETE", "me/profile/photo", None),
            (desk, "POST", "me/accounts", {"name": "Elm Estates"}),
            (desk, "POST", "invitations/accept", {"token": "t" * 43}),
        ):
            assert await asked(caller, method, path, body) == (401, "was_erased"), (method, path)
        assert await database.fetchval("select count(*) from accounts") == accounts_before
    # Nor does somebody come in whose invitation was read before.
    account_id = await database.fetchval("select id from accounts")
    async with transaction(service.platform) as work:
        with pytest.raises(WasErased):
            await accounts.join(work, account_id, person_id, accounts.Role.MEMBER)
