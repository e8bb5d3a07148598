"""Jobs outlive releases: those that the release before wrote are read, and one that nobody can read takes no other with it."""

import msgspec
import pytest

from realstaging.domains.staging.payloads import Free
from realstaging.kit.ids import new_id
from realstaging.runtime import jobs
from realstaging.runtime.jobs import Handler
from realstaging.runtime.lanes import Taken
from realstaging.runtime.work import transaction
from realstaging.wiring.jobs import HANDLERS
from tests.runtime.kinds import Greet

ID = "01a218c8-02cd-7bdc-b98a-1a105a380bcc"
# As the first release that had them wrote them: release 0.1 without their kind.
BEFORE = {
    "staging.stage": {"staging_id": ID},
    "staging.free": {"staging_id": ID},
    "staging.free_photos": {"photo_ids": [ID, ID]},
    "staging.free_project": {"project_id": ID},
    "photos.predict": {"photo_id": ID, "account_id": ID},
    "archives.make": {"archive_id": ID},
    "archives.withdraw": {"staging_id": ID},
    "staging.stop_account": {"account_id": ID},
    "webhooks.deliver": {"endpoint_id": ID},
    "webhooks.tell_owner": {"endpoint_id": ID, "reason": "It answered 500.", "off_at": None},
    "attempts.notice": {"notice_id": "msg_2"},
    "attempts.stop": {"wish": f"{ID}:{ID}"},
    "attempts.free": {"tokens": ["a", "b"]},
    "notifications.send": {"letter_id": ID, "turn": 1},
    "payments.handle": {"event_id": "evt_1"},
    "payments.fit_members": {"account_id": ID},
    "payments.end_extra": {"subscription_id": "sub_1"},
    "payments.forget_customer": {"customer_id": "cus_1"},
    "payments.forget_asked": {"account_id": ID, "asked_at": "2026-11-27T21:00:00Z"},
    "privacy.make": {"export_id": ID},
    "privacy.erase": {"erasure_id": ID},
    "sessions.end_at_issuer": {"issuer_sessions": ["a", "b"]},
}


async def insert(platform, kind, payload):
    job_id = new_id()
    await platform.database.execute(
        "insert into jobs (id, kind, lane, payload) values ($1, $2, 'general', $3)", job_id, kind, payload
    )
    return job_id


def values_of(payload):
    """All that is said in a payload, as text."""
    return [str(one) for value in payload for one in (value if isinstance(value, list) else [value])]


@pytest.mark.parametrize("kind", sorted(HANDLERS))
def test_a_job_of_the_release_before_is_read(kind):
    handler = HANDLERS[kind]
    claim = handler.claim(Taken(new_id(), kind, "general", BEFORE[kind], 1))
    assert handler.kind == kind
    said = [msgspec.to_builtins(getattr(claim.payload, name)) for name in claim.payload.__struct_fields__]
    assert values_of(said) == values_of(BEFORE[kind].values())


@pytest.mark.parametrize("kind", sorted(HANDLERS))
def test_what_the_release_before_reads_of_a_job_is_there(kind):
    """It takes the values by their names, and looks at nothing else."""
    payload = HANDLERS[kind].claim(Taken(new_id(), kind, "general", BEFORE[kind], 1)).payload
    written = msgspec.to_builtins(payload)
    assert {name: written[name] for name in BEFORE[kind]} == BEFORE[kind]
    assert written["kind"] == kind


async def test_a_job_nobody_can_read_is_dead_and_the_next_one_runs(platform):
    ran, buried = [], []

    async def greet(_, job):
        ran.append(job.payload.name)

    async def bury(work, job, error):
        buried.append(job)

    odd = await insert(platform, "greet", {"name": 7})
    await insert(platform, "greet", {"name": "Ada"})
    handlers = jobs.by_kind(Handler(Greet, greet, bury))
    assert await jobs.run_next(platform, handlers, "general")
    assert await jobs.run_next(platform, handlers, "general")
    assert ran == ["Ada"]
    assert buried == []
    [dead] = await jobs.dead(platform)
    assert (dead.id, dead.payload) == (odd, {"name": 7})
    assert "ValidationError" in dead.error


async def test_what_is_enqueued_is_what_is_run(platform):
    seen = []

    async def free(_, job):
        seen.append(job.payload)

    staging_id = new_id()
    async with transaction(platform) as work:
        work.enqueue(Free(staging_id))
    await jobs.run_next(platform, jobs.by_kind(Handler(Free, free)), "general")
    assert seen == [Free(staging_id)]
