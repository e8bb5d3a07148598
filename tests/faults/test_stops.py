"""Whatever the provider answers to an order to stop, it comes to an end, with its cost written down or counted."""

import asyncio

import msgspec
import pytest

from harness.paid import house
from realstaging.domains.attempts import jobs as attempts_jobs
from realstaging.domains.attempts.payloads import Stop
from realstaging.engines.replicate.predictions import Prediction
from realstaging.runtime.jobs import Claim
from realstaging.runtime.lanes import MOST_FAILURES
from realstaging.runtime.telemetry import GIVEN_UP
from realstaging.sandbox.replicate.faults import Fault


@pytest.fixture
async def paid(tmp_path, database_url, redis_url):
    async with house(tmp_path, database_url, redis_url) as house_of_ada:
        house_of_ada.sandbox.conduct.run_median = 60
        yield house_of_ada


async def cancelled(paid):
    """A staging whose prediction runs, cancelled."""
    [staging] = await paid.ada.stage(await paid.photo(), engine="replicate")
    async with asyncio.timeout(30):
        while not any(one.started_at for one in paid.sandbox.predictions.values()):
            await asyncio.sleep(0.01)
    await paid.ada.ask("POST", f"stagings/{staging['id']}/cancel")


async def attempt(paid):
    return dict(await paid.database.fetchrow("select * from attempts"))


@pytest.mark.parametrize(
    "faults",
    [
        [Fault.STOP_UNKNOWN],
        [Fault.STOP_UNKNOWN, Fault.LOOK_UNKNOWN],
        [Fault.STOP_UNKNOWN, Fault.LOOK_UNKNOWN, Fault.WEBHOOK_LOST],
        [Fault.STOP_REFUSED],
        [Fault.STOP_LATE],
        [Fault.STOP_LATE, Fault.WEBHOOK_LOST],
    ],
    ids="+".join,
)
async def test_every_answer_to_a_stop_leads_to_an_end(paid, faults):
    for fault in faults:
        paid.fault(fault, times=None, seconds=0.2)
    async with paid.working():
        await cancelled(paid)
        await paid.quiet(60)
    ended = await attempt(paid)
    assert (ended["verdict"], ended["cost"]) == ("stopped", 40_000)
    assert await paid.audit() == []
    assert await paid.database.fetchval("select count(*) from jobs where state = 'dead'") == 0


@pytest.mark.parametrize("fault", [Fault.STOP_REFUSED, Fault.STOP_LATE])
async def test_what_cannot_be_stopped_is_given_up_and_counted(paid, fault):
    """An order to stop is enqueued so many times, ever more rarely, and then no more."""
    paid.fault(Fault.WEBHOOK_LOST, times=None)
    paid.fault(fault, times=None, seconds=600)
    async with paid.working():
        await cancelled(paid)
        async with asyncio.timeout(30):
            while not await paid.database.fetchval("select stops from attempts"):
                await asyncio.sleep(0.02)
    await paid.database.execute("update attempts set created_at = created_at - interval '1 hour'")
    platform, given_up = paid.service.platform, GIVEN_UP._value.get()
    pauses = []
    for _ in range(attempts_jobs.MOST_STOPS + 3):
        before = (await attempt(paid))["stops"]
        for minutes in (2, 4, 8, 16, 32, 64, 128, 256, 512):
            await paid.database.execute("update attempts set stopping_at = now() - $1 * interval '61 seconds'", minutes)
            await attempts_jobs.sweep(platform)
            if (await attempt(paid))["stops"] > before:
                pauses.append(minutes)
                break
        payload = Stop((await attempt(paid))["request_key"])
        job = Claim(id=None, payload=payload, run=MOST_FAILURES, failures=MOST_FAILURES - 1)
        await attempts_jobs.stop(platform, job)
    ended = await attempt(paid)
    assert pauses == [2, 4, 8, 16, 32, 64, 128]
    assert (ended["stops"], ended["verdict"], ended["cost"], ended["answer"]) == (8, "stopped", 40_000, None)
    assert GIVEN_UP._value.get() == given_up + 1
    # Of today again, were it an hour after midnight.
    await paid.database.execute("update attempts set created_at = created_at + interval '1 hour'")
    assert (await paid.ada.ask("GET", "usage"))["unpaid"]["day_usd"] == "0.04"
    # The truth, told at last, is written down all the same.
    [prediction] = paid.sandbox.predictions.values()
    prediction.end("failed", error="out of memory")
    told = msgspec.convert(prediction.wire(), Prediction)
    await platform.engines["replicate"]._attempts.answered(ended["token"], told.answer())
    assert (await attempt(paid))["cost"] == 0


async def test_the_answer_of_a_staging_under_way_is_kept(paid):
    """What passed may be needed again by whoever goes on, however long its worker is away; then it is removed."""
    [staging] = await paid.ada.stage(await paid.photo(), engine="replicate")
    await paid.database.execute(
        """insert into attempts (token, request_key, staging_id, number, model, prompt_version, price, ended_at, verdict)
           select 'kept', id || ':' || job_id, id, 1, 'm', '1', 1, now() - interval '2 hours', 'passed' from stagings"""
    )
    freed = "select count(*) from jobs where kind = 'attempts.free'"
    await attempts_jobs.sweep(paid.service.platform)
    assert await paid.database.fetchval(freed) == 0
    await paid.ada.ask("POST", f"stagings/{staging['id']}/cancel")
    await attempts_jobs.sweep(paid.service.platform)
    assert await paid.database.fetchval(freed) == 1


async def test_a_right_to_ask_given_back_after_a_stop_ends_it(paid):
    """The provider is throttled while a staging is cancelled: nothing was asked, and nothing is looked for."""
    paid.fault(Fault.THROTTLED, times=None, seconds=1)
    async with paid.working():
        [staging] = await paid.ada.stage(await paid.photo(), engine="replicate")
        async with asyncio.timeout(30):
            while not paid.sandbox.faults.struck[Fault.THROTTLED]:
                await asyncio.sleep(0.01)
        await paid.ada.ask("POST", f"stagings/{staging['id']}/cancel")
        async with asyncio.timeout(30):
            while (await attempt(paid))["ended_at"] is None:
                await asyncio.sleep(0.02)
    ended = await attempt(paid)
    assert (ended["verdict"], ended["cost"], ended["prediction_id"]) == ("stopped", 0, None)
