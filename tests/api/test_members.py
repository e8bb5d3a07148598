"""Several people in one account: who may change whom, that it holds at once, and that the account never loses its last owner."""

import asyncio
from contextlib import asynccontextmanager
from uuid import UUID

import pytest

from harness.service import AUDIENCE
from realstaging.api.people import People
from realstaging.domains.accounts import office
from realstaging.domains.accounts import service as accounts
from realstaging.domains.accounts.rules import MOST_OWN
from realstaging.domains.accounts.service import ACCESS
from realstaging.kit.clock import utc_now
from realstaging.kit.ids import new_id
from realstaging.runtime.events import Hub
from realstaging.runtime.identity import Claims, Identity
from realstaging.runtime.quotas import Resource
from realstaging.runtime.wake_ups import EVENTS
from realstaging.runtime.work import transaction
from realstaging.sandbox import oidc
from realstaging.sandbox.oidc import PEOPLE
from tests.interleaving import over_or_waiting, run_jobs
from tests.offices import asking, join, somebody

ADA = PEOPLE[0]


@pytest.fixture
async def office_of_ada(service):
    """Ada's office, and in it an admin, a member and a viewer: (person, membership) by role."""
    async with asking(service, ADA) as ada:
        made = await ada.ask("POST", "me/accounts", 201, json={"name": " Elm Estates "})
    account = made["account"]["id"]
    people = {role: await join(service, account, role, role) for role in ("admin", "member", "viewer")}
    async with asking(service, ADA, account) as ada:
        people["owner"] = (ADA, (await ada.ask("GET", "me"))["id"])
    return account, people


async def until(caller, path, status, **more):
    """Ask until it is answered so: another process's word travels for a moment."""
    async with asyncio.timeout(10):
        while True:
            async with caller.session.get(path, **more) as answer:
                if answer.status == status:
                    return await answer.json(content_type=None)


async def test_who_is_let_in_again_waits_for_whoever_takes_a_seat_at_the_moment(service, office_of_ada):
    account, people = office_of_ada
    member = f"members/{people['viewer'][1]}"
    async with asking(service, ADA, account) as ada:
        await ada.ask("PATCH", member, json={"suspended": True})
        async with transaction(service.platform) as work:
            await service.platform.quotas.room(work.connection, UUID(account), {Resource.MEMBERS})
            asked = asyncio.create_task(ada.ask("PATCH", member, json={"suspended": False}))
            assert not await over_or_waiting(service.platform.database, asked)
        assert (await asked)["suspended"] is False


async def test_a_person_works_in_several_accounts_and_each_knows_its_own(service, office_of_ada):
    account, people = office_of_ada
    async with asking(service, ADA) as ada, asking(service, people["admin"][0]) as admin:
        both = (await ada.ask("GET", "me/accounts"))["items"]
        assert [(one["account"]["name"], one["account"]["kind"], one["role"]) for one in both] == [
            ("Ada Agent", "person", "owner"),
            ("Elm Estates", "office", "owner"),
        ]
        first, here = both[0]["account"]["id"], {"Real-Staging-Account": account}
        assert (await ada.ask("GET", "me"))["account"]["id"] == first
        project = await ada.ask("POST", "projects", 201, json={"name": "12 Elm Street"}, headers=here)
        assert (await ada.ask("GET", "projects"))["items"] == []
        await ada.ask("GET", f"projects/{project['id']}", 404)
        assert (await admin.ask("GET", f"projects/{project['id']}", headers=here))["name"] == "12 Elm Street"
        assert (await admin.ask("GET", "me", headers=here))["role"] == "admin"
        assert (await admin.ask("GET", "me"))["role"] == "owner"
        # An Idempotency-Key is the account's: used in another it is another one.
        key = {"Idempotency-Key": "one"}
        ids = [
            (await ada.ask("POST", "projects", 201, json={"name": "A"}, headers={**key, **where}))["id"]
            for where in ({}, here, {}, here)
        ]
        assert len(set(ids)) == 2


async def test_a_role_that_is_changed_holds_at_once(service, office_of_ada):
    account, people = office_of_ada
    person, member_id = people["viewer"]
    async with asking(service, ADA, account) as ada, asking(service, person, account) as vera:
        await vera.ask("POST", "projects", 403, json={"name": "mine"})
        changed = await ada.ask("PATCH", f"members/{member_id}", json={"role": "member"})
        assert (changed["role"], changed["suspended"], changed["monthly_limit_usd"]) == ("member", False, None)
        async with asyncio.timeout(10):
            while (await vera.ask("GET", "me"))["role"] != "member":
                pass
        await vera.ask("POST", "projects", 201, json={"name": "mine"})


@asynccontextmanager
async def another_process(service):
    """What another API process knows of people, and how it hears."""
    people = People()
    hub = Hub(service.platform.database, service.platform.wake_ups.redis, watchers=[people], ending=ACCESS)
    hub.start()
    async with asyncio.timeout(10):
        while (await service.platform.wake_ups.redis.pubsub_numsub(EVENTS))[0][1] < 2:
            await asyncio.sleep(0.01)
    try:
        yield people
    finally:
        await hub.close()


async def test_every_process_hears_of_it(service, office_of_ada):
    account, people = office_of_ada
    person, member_id = people["member"]
    token = oidc.mint_token(service.key_file, issuer=service.issuer, audience=AUDIENCE, person=person)
    claims = await Identity(service.issuer, AUDIENCE).verify(token)
    async with another_process(service) as known, asking(service, ADA, account) as ada:
        member = await accounts.sign_in(service.platform, claims, UUID(account))
        known.remember(claims, member, UUID(account))
        await ada.ask("DELETE", f"members/{member_id}", 204)
        async with asyncio.timeout(10):
            while known.member(claims, UUID(account)):
                await asyncio.sleep(0.005)


async def test_who_is_removed_is_out_at_once_with_their_stream_and_their_work_stays(service, office_of_ada):
    account, people = office_of_ada
    person, member_id = people["member"]
    async with asking(service, ADA, account) as ada, asking(service, person, account) as mia:
        project = await mia.ask("POST", "projects", 201, json={"name": "12 Elm Street"})
        async with mia.session.get("events") as stream:
            assert b"retry" in await stream.content.readline()
            await ada.ask("DELETE", f"members/{member_id}", 204)
            rest = await asyncio.wait_for(stream.content.read(), 10)
            assert b"reconnect" in rest
            assert b"member.removed" not in rest
        assert (await until(mia, "projects", 404))["code"] == "no_such_account"
        assert (await mia.session.get("events")).status == 404
        assert (await ada.ask("GET", f"projects/{project['id']}"))["name"] == "12 Elm Street"
        assert member_id not in [one["id"] for one in (await ada.ask("GET", "members"))["items"]]
        await ada.ask("PATCH", f"members/{member_id}", 404, json={"role": "viewer"})
    async with asking(service, person) as mia:
        assert (await mia.ask("GET", "me"))["account"]["id"] != account
    # Asked in anew, they are who they were, with the role they are given now.
    async with transaction(service.platform) as work:
        me = await accounts.sign_in(service.platform, claims_of(service, person))
        again = await accounts.join(work, UUID(account), me.person_id, accounts.Role.VIEWER)
    assert str(again) == member_id


def claims_of(service, person):
    return Claims(service.issuer, person.subject, person.email, person.name, 2e9, email_verified=True)


# Who changes whom, how, and what is answered: nobody who is above one, nor to what is above one.
CHANGES = [
    ("admin", "owner", {"role": "member"}, "not_permitted"),
    ("admin", "owner", {"suspended": True}, "not_permitted"),
    ("admin", "member", {"role": "owner"}, "not_permitted"),
    ("admin", "admin", {"role": "owner"}, "not_permitted"),
    ("admin", "admin", {"suspended": True}, "conflict"),
    ("owner", "owner", {"role": "admin"}, "last_owner"),
    ("owner", "owner", {"suspended": True}, "conflict"),
    ("owner", "nobody", {"role": "admin"}, "no_such_member"),
    ("owner", "stranger", {"role": "viewer"}, "no_such_member"),
    ("member", "viewer", {"role": "member"}, "not_permitted"),
    ("owner", "viewer", {"role": "king"}, "invalid_input"),
    ("owner", "viewer", {"role": None}, "invalid_input"),
    ("owner", "viewer", {"monthly_limit_usd": "-1"}, "invalid_input"),
    ("owner", "viewer", {"name": "me"}, "invalid_input"),
]


async def test_nobody_changes_who_is_above_them_or_gives_more_than_they_have(service, office_of_ada):
    account, people = office_of_ada
    async with asking(service, somebody("stan")) as stan:
        ids = {role: member_id for role, (_, member_id) in people.items()}
        ids |= {"nobody": str(new_id()), "stranger": (await stan.ask("GET", "me"))["id"]}
    status = {"not_permitted": 403, "conflict": 409, "last_owner": 409, "no_such_member": 404, "invalid_input": 422}
    async with asking(service, ADA, account) as ada:
        before = await ada.ask("GET", "members")
        for actor, target, change, code in CHANGES:
            async with asking(service, people[actor][0], account) as caller:
                told = await caller.ask("PATCH", f"members/{ids[target]}", status[code], json=change)
                assert told["code"] == code, (actor, target, change)
        async with asking(service, people["admin"][0], account) as caller:
            assert (await caller.ask("DELETE", f"members/{ids['owner']}", 403))["code"] == "not_permitted"
        assert (await ada.ask("DELETE", f"members/{ids['owner']}", 409))["code"] == "last_owner"
        assert (await ada.ask("DELETE", f"me/accounts/{account}", 409))["code"] == "last_owner"
        assert await ada.ask("GET", "members") == before
        limited = await ada.ask("PATCH", f"members/{ids['viewer']}", json={"monthly_limit_usd": "5"})
        assert (limited["monthly_limit_usd"], limited["role"]) == ("5.00", "viewer")
        free = await ada.ask("PATCH", f"members/{ids['viewer']}", json={"monthly_limit_usd": None})
        assert free["monthly_limit_usd"] is None


async def test_two_owners_who_leave_at_once_leave_one(service, office_of_ada):
    account, people = office_of_ada
    other, other_id = people["admin"]
    async with asking(service, ADA, account) as ada:
        await ada.ask("PATCH", f"members/{other_id}", json={"role": "owner"})
        leaving = await accounts.sign_in(service.platform, claims_of(service, other))
        async with transaction(service.platform) as work:
            await office.leave(work, leaving, UUID(account))
            also = asyncio.create_task(ada.session.delete(f"me/accounts/{account}"))
            assert not await over_or_waiting(service.platform.database, also)
        assert (await also).status == 409
        assert [one["role"] for one in (await ada.ask("GET", "members"))["items"]] == ["owner", "member", "viewer"]


async def test_an_account_is_given_away_and_its_former_owner_can_leave(service, office_of_ada):
    account, people = office_of_ada
    async with asking(service, ADA, account) as ada:
        assert (await ada.ask("POST", "account/transfer", 409, json={"member_id": people["owner"][1]}))["detail"]
        given = await ada.ask("POST", "account/transfer", json={"member_id": people["member"][1]})
        assert given["role"] == "owner"
        async with asyncio.timeout(10):
            while (await ada.ask("GET", "me"))["role"] != "admin":
                pass
        await ada.ask("POST", "account/transfer", 403, json={"member_id": people["owner"][1]})
        await ada.ask("DELETE", f"me/accounts/{account}", 204)
        assert (await until(ada, "me", 404))["code"] == "no_such_account"


async def test_seats_are_counted_and_the_account_has_a_name(service, office_of_ada):
    account, people = office_of_ada
    async with asking(service, ADA, account) as ada:
        details = await ada.ask("GET", "account")
        assert (details["name"], details["kind"], details["seats_used"]) == ("Elm Estates", "office", 4)
        await ada.ask("PATCH", f"members/{people['viewer'][1]}", json={"suspended": True})
        changed = await ada.ask("PATCH", "account", json={"name": "Elm and Oak"})
        assert (changed["name"], changed["kind"], changed["seats_used"]) == ("Elm and Oak", "office", 3)
        quotas = {one["name"]: one for one in (await ada.ask("GET", "usage"))["quotas"]}
        assert (quotas["members"]["used"], quotas["members"]["limit"]) == (4, details["seats_limit"])


async def test_one_person_owns_so_many_accounts_and_no_more(service):
    async with asking(service, ADA) as ada:
        made = await asyncio.gather(
            *(ada.session.post("me/accounts", json={"name": f"Office {place}"}) for place in range(MOST_OWN + 2))
        )
        assert sorted(answer.status for answer in made) == [201] * (MOST_OWN - 1) + [409] * 3
        assert len((await ada.ask("GET", "me/accounts"))["items"]) == MOST_OWN


async def test_a_suspended_account_stops_what_runs_and_lets_nobody_in(service, office_of_ada):
    account, people = office_of_ada
    service.engine.gate.clear()
    async with asking(service, people["member"][0], account) as mia, service.working():
        photo = await mia.photo(await mia.project())
        running, waiting = await mia.stage(photo, styles=["modern", "coastal"])
        await mia.until(running, "running")
        async with transaction(service.platform) as work:
            await office.set_state(work, UUID(account), suspended=True)
        assert (await until(mia, "projects", 403))["code"] == "account_suspended"
        database = service.platform.database
        async with asyncio.timeout(20):
            while await database.fetchval("select count(*) from stagings where state in ('queued', 'running')"):
                await asyncio.sleep(0.01)
        assert {row["state"] for row in await database.fetch("select state from stagings")} == {"canceled"}
        async with asyncio.timeout(20):
            while not service.engine.stopped:
                await asyncio.sleep(0.01)
        # Who was let in a moment before may still have asked for something.
        later = await database.fetch("select run_at - now() as wait from jobs where kind = 'staging.stop_account'")
        assert max(row["wait"].total_seconds() for row in later) > 60
        me = await mia.ask("GET", "me")
        assert (me["suspended"], me["permissions"]) == ("account", ["own"])
        async with transaction(service.platform) as work:
            await office.set_state(work, UUID(account), suspended=False)
        await until(mia, "projects", 200)
        await mia.ask("POST", f"stagings/{waiting['id']}/retry")
        service.engine.gate.set()
        await mia.until(waiting, "ready")


async def test_what_cannot_be_taken_back_asks_for_a_fresh_sign_in(service, office_of_ada):
    account, people = office_of_ada
    now = int(utc_now().timestamp())
    for claims, fresh in (
        ({"auth_time": now - 590}, True),
        ({"auth_time": now - 610}, False),
        ({"auth_time": None, "iat": now - 610}, False),
        ({"auth_time": None, "iat": now - 590}, True),
    ):
        async with asking(service, ADA, account, **claims) as ada:
            body = {"member_id": str(new_id())}
            async with ada.session.post("account/transfer", json=body) as answer:
                told = await answer.json(content_type=None)
                assert (answer.status, told["code"]) == ((404, "no_such_member") if fresh else (401, "sign_in_again"))
                wanted = 'Bearer error="insufficient_user_authentication", max_age=600'
                assert answer.headers.get("WWW-Authenticate") == (None if fresh else wanted)
            await ada.ask("DELETE", f"members/{new_id()}", 404 if fresh else 401)
            # To make another owner, who could then remove all others, was a way round.
            member = people["member"][1]
            await ada.ask("PATCH", f"members/{member}", 200 if fresh else 401, json={"role": "owner"})
            await ada.ask("PATCH", f"members/{member}", json={"monthly_limit_usd": "5"})
            owner = {"email": "otto@office.test", "role": "owner"}
            made = await ada.ask("POST", "invitations", 201 if fresh else 401, json=owner)
            if fresh:
                await ada.ask("PATCH", f"members/{member}", json={"role": "member"})
                await ada.ask("DELETE", f"invitations/{made['id']}", 204)
            await ada.ask("PATCH", f"members/{member}", json={"role": "viewer"})
            await ada.ask("PATCH", f"members/{member}", json={"role": "member"})
            await ada.ask("GET", "members")
    async with asking(service, people["viewer"][0], account, auth_time=now - 9999) as vera:
        # Signing in again would not help: what stands in the way is told first.
        assert (await vera.ask("POST", "account/transfer", 403, json={}))["code"] == "not_permitted"


async def test_an_address_is_kept_as_the_issuer_tells_it(service):
    for said, kept in (
        ({"email_verified": False}, ("ada@example.com", False)),
        ({"email": "ada@new.example"}, ("ada@new.example", True)),
        ({"email": ""}, ("ada@new.example", True)),
    ):
        token = oidc.mint_token(service.key_file, issuer=service.issuer, audience=AUDIENCE, person=ADA, **said)
        claims = await Identity(service.issuer, AUDIENCE).verify(token)
        member = await accounts.sign_in(service.platform, claims)
        assert member.email == kept[0]
        row = await service.platform.database.fetchrow("select email, email_verified from people")
        assert tuple(row) == kept


async def test_a_person_keeps_their_accounts_when_the_issuer_moves(service):
    async with asking(service, ADA) as ada:
        me = await ada.ask("GET", "me")
    moved = Claims("https://new.test", ADA.subject, ADA.email, ADA.name, 2e9, True, former_issuer=service.issuer)
    for _ in range(2):
        member = await accounts.sign_in(service.platform, moved)
        assert str(member.id) == me["id"]
    assert await service.platform.database.fetchval("select issuer from people") == "https://new.test"
    # And back, where it has to be taken back.
    back = Claims(service.issuer, ADA.subject, ADA.email, ADA.name, 2e9, True, former_issuer="https://new.test")
    assert str((await accounts.sign_in(service.platform, back)).id) == me["id"]
    alone = Claims("https://new.test", ADA.subject, ADA.email, ADA.name, 2e9, True)
    assert str((await accounts.sign_in(service.platform, alone)).id) != me["id"]


async def test_a_suspension_killed_halfway_goes_on(service, office_of_ada):
    account, people = office_of_ada
    async with asking(service, people["member"][0], account) as mia:
        photo = await mia.photo(await mia.project())
        await mia.stage(photo, styles=["modern", "coastal"])
        async with transaction(service.platform) as work:
            await office.set_state(work, UUID(account), suspended=True)
        for _ in range(2):
            await run_jobs(service.platform, "staging.stop_account")
        states = await service.platform.database.fetch("select state from stagings")
        assert [row["state"] for row in states] == ["canceled"] * 2


async def test_owners_are_suspended_and_invited_again_by_who_has_just_signed_in(service, office_of_ada):
    account, people = office_of_ada
    other = people["admin"][1]
    invited = {"email": "olga@office.test", "role": "owner"}
    async with asking(service, ADA, account) as ada, asking(service, ADA, account, auth_time=1) as stale:
        await ada.ask("PATCH", f"members/{other}", json={"role": "owner"})
        invitation = await ada.ask("POST", "invitations", 201, json=invited)
        again = f"invitations/{invitation['id']}/resend"
        for caller, status in ((stale, 401), (ada, 200)):
            await caller.ask("POST", again, status)
            for suspended in (True, False):
                told = await caller.ask("PATCH", f"members/{other}", status, json={"suspended": suspended})
                assert told.get("code") == ("sign_in_again" if caller is stale else None)
        # Who owns nothing is suspended as before.
        for suspended in (True, False):
            await stale.ask("PATCH", f"members/{people['viewer'][1]}", json={"suspended": suspended})
        await stale.ask("PATCH", f"members/{other}", json={"monthly_limit_usd": "5"})
