"""Asked into an account by e-mail: the link in the newest letter, for one person, for two weeks."""

import asyncio
import re
from datetime import timedelta
from uuid import UUID

import aiohttp
import pytest

from harness.service import service as run_service
from realstaging.domains.billing import service as billing
from realstaging.domains.invitations import rules
from realstaging.domains.invitations import service as invitations
from realstaging.domains.invitations.rules import LIFE, MOST_A_DAY, MOST_TO_ADDRESS, State
from realstaging.kit.clock import utc_now
from realstaging.runtime.work import transaction
from realstaging.sandbox.oidc import PEOPLE
from tests.offices import asking, join, links, somebody

ADA = PEOPLE[0]
BEN = somebody("ben")


class Calendar:
    """A clock that can be put forward."""

    def __init__(self):
        self.ahead = timedelta()

    def __call__(self):
        return utc_now() + self.ahead


@pytest.fixture
def calendar():
    return Calendar()


@pytest.fixture
async def service(tmp_path, database_url, redis_url, calendar):
    async with run_service(tmp_path, database_url, redis_url, clock=calendar) as running:
        yield running


@pytest.fixture
async def ada(service):
    async with asking(service, ADA) as caller:
        yield caller


async def look(service, token, status=200):
    address = f"{service.url}/api/v1/invitations/look"
    async with aiohttp.ClientSession() as anybody, anybody.post(address, json={"token": token}) as answer:
        told = await answer.json(content_type=None)
        assert answer.status == status, told
        return told


async def accept(service, person, token, status=200, **more):
    claims = more.pop("claims", {})
    async with asking(service, person, **claims) as caller:
        return await caller.ask("POST", "invitations/accept", status, json={"token": token, **more})


async def test_a_colleague_is_asked_in_by_a_letter_and_comes(service, ada):
    account = (await ada.ask("GET", "me"))["account"]
    made = await ada.ask("POST", "invitations", 201, json={"email": "Ben@office.test", "role": "viewer"})
    assert (made["email"], made["role"], made["state"], made["invited_by"]) == (
        "Ben@office.test",
        "viewer",
        "open",
        "Ada Agent",
    )
    assert (await ada.ask("GET", "invitations"))["items"] == [made]
    [token] = await links(service)
    shown = await look(service, token)
    assert shown == {
        "account_name": account["name"],
        "account_kind": "person",
        "invited_by": "Ada Agent",
        "role": "viewer",
        "email": "Ben@office.test",
        "expires_at": made["expires_at"],
    }
    joined = await accept(service, BEN, token)
    assert (joined["account"]["id"], joined["role"]) == (account["id"], "viewer")
    # Once more by the same person it is answered alike; by another it is over.
    assert await accept(service, BEN, token) == joined
    assert (await accept(service, somebody("cyd"), token, 409, confirm_other_address=True))["code"] == "invitation_over"
    await look(service, token, 409)
    assert (await ada.ask("GET", "invitations"))["items"] == []
    assert [one["role"] for one in (await ada.ask("GET", "members"))["items"]] == ["owner", "viewer"]
    async with asking(service, BEN, account["id"]) as ben:
        await ben.ask("GET", "projects")
        await ben.ask("POST", "projects", 403, json={"name": "mine"})
    assert (await ada.ask("POST", "invitations", 409, json={"email": "ben@office.test"}))["code"] == "already_member"


async def test_who_invited_whom_and_took_it_back_is_in_the_audit_trail(service, ada):
    made = await ada.ask("POST", "invitations", 201, json={"email": "ben@office.test", "role": "viewer"})
    await ada.ask("DELETE", f"invitations/{made['id']}", 204)
    told = [(one["action"], one["subject"]) for one in (await ada.ask("GET", "audit"))["items"]]
    assert {("member.invited", made["id"]), ("member.invitation_revoked", made["id"])} <= set(told)


async def test_nothing_but_a_digest_of_the_link_is_kept(service, ada):
    await ada.ask("POST", "invitations", 201, json={"email": "ben@office.test"})
    [token] = await links(service)
    row = await service.platform.database.fetchrow("select * from invitations")
    assert row["token_digest"] == rules.digest(token)
    assert token not in str(dict(row))
    events = await service.platform.database.fetch("select data::text from events")
    assert not [one for one in events if token in one["data"]]


@pytest.mark.parametrize(
    ("email", "verified"), [("benjamin@elsewhere.test", True), ("ben@office.test", False), ("", False)]
)
async def test_somebody_with_another_address_comes_in_by_saying_so(service, ada, email, verified):
    await ada.ask("POST", "invitations", 201, json={"email": "ben@office.test"})
    [token] = await links(service)
    claims = {"email": email, "email_verified": verified}
    told = await accept(service, BEN, token, 409, claims=claims)
    assert told["code"] == "other_address"
    assert "ben@office.test" in told["detail"]
    assert "confirm_other_address" in told["detail"]
    assert len((await ada.ask("GET", "members"))["items"]) == 1
    await accept(service, BEN, token, claims=claims, confirm_other_address=True)
    assert len((await ada.ask("GET", "members"))["items"]) == 2


async def test_two_who_accept_one_link_at_once_are_one_member(service, ada):
    await ada.ask("POST", "invitations", 201, json={"email": "ben@office.test"})
    [token] = await links(service)
    people = [somebody(name) for name in ("ben", "cyd", "dan")]
    async with (
        asking(service, people[0]) as one,
        asking(service, people[1]) as two,
        asking(service, people[2]) as three,
    ):
        callers = (one, two, three)
        for caller in callers:
            await caller.ask("GET", "me")
        body = {"token": token, "confirm_other_address": True}
        answers = await asyncio.gather(*(caller.session.post("invitations/accept", json=body) for caller in callers))
    assert sorted(answer.status for answer in answers) == [200, 409, 409]
    assert len((await ada.ask("GET", "members"))["items"]) == 2


async def test_a_link_ends_with_time_with_a_newer_one_and_when_it_is_taken_back(service, ada, calendar):
    made = await ada.ask("POST", "invitations", 201, json={"email": "ben@office.test"})
    assert (await ada.ask("POST", "invitations", 409, json={"email": "BEN@office.test"}))["code"] == "already_invited"
    again = await ada.ask("POST", f"invitations/{made['id']}/resend")
    first, second = await links(service)
    await look(service, first, 404)
    assert (await accept(service, BEN, first, 404))["code"] == "no_such_invitation"
    await look(service, second)
    calendar.ahead = LIFE + timedelta(minutes=1)
    assert "run out" in (await look(service, second, 409))["detail"]
    await accept(service, BEN, second, 409)
    [listed] = (await ada.ask("GET", "invitations"))["items"]
    assert (listed["id"], listed["state"], again["state"]) == (made["id"], "expired", "open")
    # Asked in anew, the old one makes room.
    newer = await ada.ask("POST", "invitations", 201, json={"email": "ben@office.test"})
    assert [one["id"] for one in (await ada.ask("GET", "invitations"))["items"]] == [newer["id"]]
    await ada.ask("DELETE", f"invitations/{newer['id']}", 204)
    *_, third = await links(service)
    assert "taken back" in (await look(service, third, 409))["detail"]
    await accept(service, BEN, third, 409)
    for method, path in (("DELETE", ""), ("POST", "/resend")):
        assert (await ada.ask(method, f"invitations/{newer['id']}{path}", 404))["code"] == "no_such_invitation"


async def test_nobody_invites_above_themselves_and_an_invitation_is_worth_what_its_sender_is(service, ada):
    account = (await ada.ask("GET", "me"))["account"]["id"]
    admin, admin_id = await join(service, account, "amy", "admin")
    async with asking(service, admin, account) as amy:
        told = await amy.ask("POST", "invitations", 403, json={"email": "ben@office.test", "role": "owner"})
        assert told["code"] == "not_permitted"
        made = await amy.ask("POST", "invitations", 201, json={"email": "ben@office.test", "role": "admin"})
        above = await ada.ask("POST", "invitations", 201, json={"email": "cyd@office.test", "role": "owner"})
        await amy.ask("POST", f"invitations/{above['id']}/resend", 403)
    token, _ = await links(service)
    await ada.ask("PATCH", f"members/{admin_id}", json={"role": "member"})
    await look(service, token, 409)
    await ada.ask("PATCH", f"members/{admin_id}", json={"role": "admin", "suspended": True})
    await accept(service, BEN, token, 409)
    await ada.ask("DELETE", f"members/{admin_id}", 204)
    await accept(service, BEN, token, 409)
    await ada.ask("POST", f"invitations/{made['id']}/resend")
    *_, newest = await links(service)
    assert (await accept(service, BEN, newest))["role"] == "admin"


async def test_an_invitation_changes_nothing_for_who_is_a_member(service, ada):
    account = (await ada.ask("GET", "me"))["account"]["id"]
    await ada.ask("POST", "invitations", 201, json={"email": "other@office.test", "role": "owner"})
    vera, member_id = await join(service, account, "vera", "viewer")
    await ada.ask("PATCH", f"members/{member_id}", json={"suspended": True})
    [token] = await links(service)
    joined = await accept(service, vera, token, confirm_other_address=True)
    assert (joined["role"], joined["suspended"]) == ("viewer", "member")


async def test_letters_have_an_end_for_an_account_and_for_an_address(service, ada, calendar):
    made = await ada.ask("POST", "invitations", 201, json={"email": "ben@office.test"})
    for _ in range(MOST_TO_ADDRESS - 1):
        await ada.ask("POST", f"invitations/{made['id']}/resend")
    told = await ada.ask("POST", f"invitations/{made['id']}/resend", 429)
    assert told["code"] == "too_many_invitations"
    # Another account does not come through either, whatever letters the address is written in.
    async with asking(service, PEOPLE[1]) as paul:
        await paul.ask("POST", "invitations", 429, json={"email": "BEN@office.test"})
    await service.platform.database.execute(
        """insert into invitation_letters (account_id, email, sent_at)
           select account_id, 'x', now() from invitations, generate_series(1, $1)""",
        MOST_A_DAY - MOST_TO_ADDRESS - 1,
    )
    await ada.ask("POST", "invitations", 201, json={"email": "cyd@office.test"})
    assert str(MOST_A_DAY) in (await ada.ask("POST", "invitations", 429, json={"email": "dan@office.test"}))["detail"]
    calendar.ahead = timedelta(days=1, minutes=1)
    await ada.ask("POST", "invitations", 201, json={"email": "dan@office.test"})
    # A refusal sends nothing and leaves the link that there is.
    newest = (await links(service))[MOST_TO_ADDRESS - 1]
    await look(service, newest)


async def test_who_is_expected_has_a_seat(service, ada):
    quota = {one["name"]: one for one in (await ada.ask("GET", "usage"))["quotas"]}["members"]
    for place in range(quota["limit"] - 1):
        await ada.ask("POST", "invitations", 201, json={"email": f"ben{place}@office.test"})
    told = await ada.ask("POST", "invitations", 402, json={"email": "one@more.test"})
    assert (told["code"], told["details"]["used"]) == ("quota_reached", quota["limit"])
    token, *_ = await links(service)
    await accept(service, BEN, token, confirm_other_address=True)
    await ada.ask("POST", "invitations", 402, json={"email": "one@more.test"})
    [first, *_] = (await ada.ask("GET", "invitations"))["items"]
    await ada.ask("DELETE", f"invitations/{first['id']}", 204)
    await ada.ask("POST", "invitations", 201, json={"email": "one@more.test"})


BAD = ["", "ben", "ben@", "@office.test", "ben@office", "a b@office.test", "ben@office.test\r\nBcc: all@x.test"]
BAD += [
    "<ben@office.test>",
    "ben@office.test,cyd@office.test",
    "x" * 65 + "@office.test",
    f"ben@{'x' * 250}.test",
    "b\0@a.test",
]


async def test_what_is_no_address_or_no_link_is_refused(service, ada):
    for email in BAD:
        assert (await ada.ask("POST", "invitations", 422, json={"email": email}))["code"] == "invalid_input", email
    await ada.ask("POST", "invitations", 422, json={"email": "ben@office.test", "role": "operator"})
    assert await links(service) == []
    for token in ("x" * 43, "x", "../../x" * 10):
        await look(service, token, 404 if re.fullmatch("x{43}", token) else 422)


async def test_what_was_over_long_ago_is_forgotten(service, ada, calendar):
    await ada.ask("POST", "invitations", 201, json={"email": "ben@office.test"})
    count = "select (select count(*) from invitations) + (select count(*) from invitation_letters)"
    await invitations.forget(service.platform)
    assert await service.platform.database.fetchval(count) == 2
    calendar.ahead = LIFE + rules.KEPT_FOR + timedelta(days=1)
    await invitations.forget(service.platform)
    assert await service.platform.database.fetchval(count) == 0


@pytest.mark.parametrize(
    ("accepted", "revoked", "ahead", "state"),
    [
        (False, False, 1, State.OPEN),
        (False, False, 0, State.EXPIRED),
        (False, True, 1, State.REVOKED),
        (True, False, -1, State.ACCEPTED),
    ],
)
def test_how_an_invitation_stands(accepted, revoked, ahead, state):
    now = utc_now()
    assert rules.state(now + timedelta(seconds=ahead), now, accepted=accepted, revoked=revoked) is state


async def test_a_plan_that_became_smaller_has_no_seats_for_who_was_invited_before(service, ada):
    """Ten were invited by a plan of ten seats, the plan was ended, and all ten came in."""
    account_id = UUID((await ada.ask("GET", "me"))["account"]["id"])

    async def seats(number):
        async with transaction(service.platform) as work:
            await billing.set_plan(work, account_id, "business", given=False, seats=number)

    await seats(4)
    people = [BEN, somebody("cyd"), somebody("dan")]
    for person in people:
        await ada.ask("POST", "invitations", 201, json={"email": person.email})
        async with asking(service, person) as caller:
            await caller.ask("GET", "me")
    tokens = await links(service)
    await seats(2)

    async def comes(person, token):
        async with (
            asking(service, person) as caller,
            caller.session.post("invitations/accept", json={"token": token}) as answer,
        ):
            return answer.status, (await answer.json()).get("code")

    answers = await asyncio.gather(*(comes(*one) for one in zip(people, tokens, strict=True)))
    assert sorted(answers, key=str) == [(200, None), (409, "no_seat"), (409, "no_seat")]
    assert len((await ada.ask("GET", "members"))["items"]) == 2
    # Who is in comes in again, and with room there is a seat.
    first = next(place for place, answer in enumerate(answers) if answer[0] == 200)
    assert (await comes(people[first], tokens[first]))[0] == 200
    await seats(4)
    assert [(await comes(*one))[0] for one in zip(people, tokens, strict=True)] == [200, 200, 200]
