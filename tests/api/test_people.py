"""A caller's row is read once a minute, and their token verified once a request."""

import sys
from contextlib import contextmanager
from uuid import UUID

import msgspec
import pytest

from realstaging.api.people import BELIEVED, REMEMBERED, People
from realstaging.domains.accounts.service import Account, Member
from realstaging.kit.ids import new_id
from realstaging.runtime.identity import Claims, Identity
from realstaging.runtime.wake_ups import EventMessage


def claims(subject="ada"):
    return Claims("https://issuer.test", subject, "ada@test", "Ada", 2e9)


def member():
    return Member(new_id(), "ada@test", "Ada", Account(new_id(), "Ada"))


def test_a_member_is_believed_for_a_minute_and_their_account_for_good():
    now = 100.0
    people, ada = People(lambda: now), member()
    assert people.member(claims()) is people.account(claims()) is None
    people.remember(claims(), ada)
    assert people.member(claims()) is ada
    assert people.member(claims("ben")) is None
    now += BELIEVED
    assert people.member(claims()) is None
    assert people.account(claims()) == str(ada.account.id)


def test_a_process_remembers_so_many_people_and_no_more():
    people = People(lambda: 0.0)
    for number in range(REMEMBERED + 1):
        people.remember(claims(str(number)), member())
    assert people.member(claims("0")) is None
    assert people.member(claims(str(REMEMBERED))) is not None


@contextmanager
def calls(function):
    """How often a function of ours is begun meanwhile."""
    begun = []

    def note(frame, event, _):
        # A coroutine that goes on is called once more, with the frame that it has.
        if event == "call" and frame.f_code is function.__code__ and frame not in begun:
            begun.append(frame)

    sys.setprofile(note)
    try:
        yield begun
    finally:
        sys.setprofile(None)


async def test_a_request_verifies_its_token_once_and_reads_its_caller_only_at_first(service, ada):
    first = await ada.ask("GET", "me")
    # No row says so any more: what is answered is remembered.
    await service.platform.database.execute("update members set role = 'viewer' where id = $1", UUID(first["id"]))
    with calls(Identity.verify) as verified:
        assert await ada.ask("GET", "me") == first
    assert len(verified) == 1


@pytest.mark.parametrize("token", ["", "nonsense"])
async def test_what_the_door_could_not_verify_is_refused_all_the_same(service, ada, token):
    await ada.ask("GET", "me")
    await ada.ask("GET", "me", 401, headers={"Authorization": f"Bearer {token}"})


def told(kind, account_id):
    return EventMessage(1, account_id, kind, msgspec.Raw(b"{}"))


def test_what_is_told_of_an_account_is_forgotten_of_it_and_of_no_other():
    people, ada, ben = People(lambda: 0.0), member(), member()
    people.remember(claims(), ada)
    people.remember(claims(), ben, ben.account.id)
    people.heard(told("project.changed", ada.account.id))
    assert people.member(claims()) is ada
    people.heard(told("member.changed", ada.account.id))
    assert people.member(claims()) is None
    assert people.member(claims(), ben.account.id) is ben
    people.missed()
    assert people.member(claims(), ben.account.id) is None


def test_a_row_that_was_read_before_something_was_told_is_not_remembered_after_it():
    people, ada = People(lambda: 0.0), member()
    before = people.edition
    people.heard(told("member.removed", ada.account.id))
    people.remember(claims(), ada, edition=before)
    assert people.member(claims()) is None
    people.remember(claims(), ada, edition=people.edition)
    assert people.member(claims()) is ada
