"""What is put down in the audit trail, and on whose behalf."""

import asyncio
import getpass
from contextvars import copy_context

import pytest

from realstaging.kit.clock import utc_now
from realstaging.kit.ids import new_id
from realstaging.runtime import acting, jobs, trail
from realstaging.runtime.acting import Actor, ActorKind, NobodyActs
from realstaging.runtime.jobs import Handler, by_kind
from realstaging.runtime.trail import Act, Action
from realstaging.runtime.work import transaction
from tests.runtime.kinds import Greet

ADA = Actor(ActorKind.PERSON, new_id(), "ada@test")


def put_down(**details):
    return trail.entry(new_id(), utc_now(), Act(new_id(), Action.PROJECT_CREATED, "a" * 300, details))


async def rows(platform):
    return await platform.database.fetch("select * from audit_entries order by id")


async def test_an_entry_is_written_with_the_work_and_goes_with_it(platform):
    account = new_id()
    async with transaction(platform) as work:
        work.record(account, Action.PROJECT_CREATED, account, name="Elm")
    with pytest.raises(ValueError, match="changed my mind"):
        async with transaction(platform) as work:
            work.record(account, Action.PROJECT_DELETED, account)
            raise ValueError("changed my mind")
    [row] = await rows(platform)
    assert (row["account_id"], row["action"], row["subject"]) == (account, "project.created", str(account))
    assert (row["actor_kind"], row["actor_id"], row["details"]) == ("service", None, {"name": "Elm"})


async def test_a_job_acts_as_the_service_for_whoever_asked_for_it(platform):
    async def run(platform, job):
        async with transaction(platform) as work:
            work.record(None, Action.EXPORT_LINKED, job.id)
            work.enqueue(Greet())

    async def given_up(work, job, error):
        work.record(None, Action.WEBHOOK_DISABLED, job.id)

    async def asked():
        acting.begin("192.0.2.1", "laptop")
        acting.by(ADA)
        async with transaction(platform) as work:
            work.enqueue(Greet())

    await asyncio.create_task(asked())
    assert await jobs.run_next(platform, by_kind(Handler(Greet, run)), "general")

    async def fails(platform, job):
        raise ValueError("no")

    # The job that the first one asked for is still for Ada; so is what is written when it is given up.
    assert await jobs.run_next(platform, by_kind(Handler(Greet, fails, given_up)), "general")
    found = [(row["action"], row["actor_kind"], row["actor_id"], row["address"]) for row in await rows(platform)]
    assert found == [("export.linked", "service", ADA.id, ""), ("webhook.disabled", "service", ADA.id, "")]


def test_a_request_without_a_caller_puts_nothing_down():
    def request():
        acting.begin("192.0.2.1", "laptop")
        with pytest.raises(NobodyActs):
            put_down()
        acting.by(ADA)
        return put_down()

    entry = copy_context().run(request)
    assert (entry.actor, entry.address, entry.device) == (ADA, "192.0.2.1", "laptop")
    assert put_down().actor.kind is ActorKind.SERVICE


async def test_a_callers_name_reaches_every_task_of_the_request():
    async def resolved():
        acting.by(ADA)

    async def request():
        acting.begin("192.0.2.1", "laptop")
        await asyncio.create_task(resolved())
        return put_down().actor

    assert await asyncio.create_task(request()) == ADA


def test_at_the_command_line_it_is_who_is_logged_in_whatever_their_environment_says(monkeypatch):
    before = getpass.getuser()
    monkeypatch.setenv("LOGNAME", "somebody-else")

    def command():
        acting.at_the_command_line()
        return put_down().actor

    assert copy_context().run(command) == Actor(ActorKind.OPERATOR, None, before)


def test_what_is_said_of_an_act_is_cut_to_its_bounds():
    entry = put_down(name="x" * 500, styles=["y" * 100] * 50, count=3, whole=True, nothing=None, who=ADA.id)
    assert len(entry.subject) == 200
    assert entry.details == {
        "name": "x" * 199 + "…",
        "styles": ["y" * 39 + "…"] * 10,
        "count": 3,
        "whole": True,
        "nothing": None,
        "who": str(ADA.id),
    }


@pytest.mark.parametrize("name", ["token", "secret", "api_key", "password", "signature"])
def test_nothing_that_is_named_like_a_secret_is_put_down(name):
    with pytest.raises(ValueError, match="do not belong"):
        put_down(**{name: "hush"})


def test_a_secret_in_an_address_is_hidden():
    assert "hush" not in put_down(note="see https://ada:hush@example.com/a?token=hush").details["note"]


def test_nor_are_there_more_details_than_may_be():
    with pytest.raises(ValueError, match="do not belong"):
        put_down(**{f"n{number}": 1 for number in range(13)})
