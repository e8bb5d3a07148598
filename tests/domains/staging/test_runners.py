"""Only whoever works on a staging now may change it: a runner given up for dead, or of a job before this one, changes nothing."""

from uuid import UUID

import pytest

from realstaging.domains.staging import jobs as staging_jobs
from realstaging.domains.staging import runners_store
from realstaging.engines.brief import Progress
from realstaging.kit.errors import CannotStage
from realstaging.runtime import jobs
from realstaging.wiring.jobs import HANDLERS


async def claimed(service, staging, lane="cpu"):
    """The staging's job, taken by a new worker whatever the one before does."""
    job_id = await service.platform.database.fetchval("select job_id from stagings where id = $1", UUID(staging["id"]))
    await service.platform.database.execute(
        "update jobs set lease_until = now() - interval '1 hour' where id = $1", job_id
    )
    job = await jobs.claim(service.platform, lane, ["staging.stage"])
    assert job.id == job_id
    return staging_jobs.HANDLERS[job.kind].claim(job)


async def row_of(service, staging):
    return dict(await service.platform.database.fetchrow("select * from stagings where id = $1", UUID(staging["id"])))


async def finish(platform, runner):
    result = runners_store.Result(
        key="results/stale",
        size=1,
        untouched_share=1.0,
        confidence=1.0,
        seconds=1.0,
        warnings=[],
        plan=None,
        made_by=None,
        fidelity=None,
    )
    return await runners_store.finish(platform.database, runner, result)


WRITERS = {
    "begin": lambda platform, runner: runners_store.begin(platform.database, runner),
    "advance": lambda platform, runner: runners_store.advance(platform.database, runner, "stale", 0.1, None),
    "finish": finish,
    "fail": lambda platform, runner: runners_store.fail(platform.database, runner, "stale", "stale"),
}


@pytest.mark.parametrize("writer", WRITERS)
async def test_a_stale_runner_changes_nothing(service, ada, writer):
    [staging] = await ada.stage(await ada.photo(await ada.project()))
    platform, staging_id = service.platform, UUID(staging["id"])

    async def refused(job):
        before = await row_of(service, staging)
        assert await WRITERS[writer](platform, runners_store.Runner(staging_id, job.id, job.run)) is None
        assert await row_of(service, staging) == before

    first = await claimed(service, staging)
    await staging_jobs._begin(platform, staging_id, first)
    second = await claimed(service, staging)
    await staging_jobs._begin(platform, staging_id, second)
    await refused(first)
    # The same attempt number of a job before this one: cancelled, then tried again.
    await ada.ask("POST", f"stagings/{staging['id']}/cancel")
    await refused(second)
    await ada.ask("POST", f"stagings/{staging['id']}/retry")
    await refused(second)
    third = await claimed(service, staging)
    await staging_jobs._begin(platform, staging_id, third)
    await refused(second)
    await refused(first)
    await ada.ask("DELETE", f"stagings/{staging['id']}", 204)
    await refused(third)


async def test_whoever_works_on_it_may_change_it(service, ada):
    [staging] = await ada.stage(await ada.photo(await ada.project()))
    runner = runners_store.Runner(UUID(staging["id"]), (job := await claimed(service, staging)).id, job.run)
    for writer in ("begin", "advance", "finish"):
        assert await WRITERS[writer](service.platform, runner)
    assert (await row_of(service, staging))["state"] == "ready"


async def test_a_late_failure_does_not_end_what_another_worker_does(service, ada):
    """The whole job: two workers on one staging; the first, given up for dead, meets its error last."""
    [staging] = await ada.stage(await ada.photo(await ada.project()))
    platform = service.platform
    first = await claimed(service, staging)
    taken = await staging_jobs._begin(platform, UUID(staging["id"]), first)
    second = await claimed(service, staging)
    await staging_jobs._begin(platform, UUID(staging["id"]), second)
    runner = runners_store.Runner(UUID(staging["id"]), first.id, first.run)
    await staging_jobs._fail(platform, runner, CannotStage("too late"))
    await staging_jobs._advance(staging_jobs._Run(platform, first, taken), Progress("stale", 0.9))
    await staging_jobs.stage(platform, second)
    assert (await row_of(service, staging))["state"] == "ready"


async def test_a_job_given_up_late_does_not_bury_what_was_tried_again(service, ada):
    """Its worker failed the staging and died before it wrote the job's outcome; meanwhile the staging was tried again."""
    [staging] = await ada.stage(await ada.photo(await ada.project()))
    platform = service.platform
    old = await claimed(service, staging)
    await staging_jobs._begin(platform, UUID(staging["id"]), old)
    await staging_jobs._fail(platform, runners_store.Runner(UUID(staging["id"]), old.id, old.run), CannotStage("no"))
    await ada.ask("POST", f"stagings/{staging['id']}/retry")
    worn_out = "update jobs set failures = $2, lease_until = now() - interval '1 hour' where id = $1"
    await platform.database.execute(worn_out, old.id, jobs.MOST_FAILURES)
    await jobs.sweep(platform, HANDLERS)
    assert await platform.database.fetchval("select state from jobs where id = $1", old.id) == "dead"
    assert (await row_of(service, staging))["state"] == "queued"
    # One that nobody tried again is told to have failed.
    new = await claimed(service, staging)
    await platform.database.execute(worn_out, new.id, jobs.MOST_FAILURES)
    await jobs.sweep(platform, HANDLERS)
    assert (await row_of(service, staging))["error_code"] == "internal_error"
