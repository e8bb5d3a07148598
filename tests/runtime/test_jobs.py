import asyncio
import contextlib
from dataclasses import replace
from datetime import timedelta

import pytest

from realstaging.kit.errors import BadPhoto, Unavailable
from realstaging.runtime import database, jobs, lanes
from realstaging.runtime.jobs import Handler
from realstaging.runtime.work import transaction
from tests.runtime.kinds import Greet, GreetAnew, GreetOfOld


async def enqueue(platform, kind=Greet, **payload):
    async with transaction(platform) as work:
        return work.enqueue(kind(**payload))


async def row(platform, job_id):
    return await platform.database.fetchrow("select * from jobs where id = $1", job_id)


async def silence(platform, job_id):
    """As if the runner had died some time ago."""
    await platform.database.execute("update jobs set lease_until = now() - interval '1 second' where id = $1", job_id)


async def test_a_job_delivered_many_times_runs_once(platform):
    ran = []

    async def greet(_, job):
        ran.append(job.run)
        await asyncio.sleep(0.05)

    job_id = await enqueue(platform)
    await asyncio.gather(*(jobs.run_next(platform, {"greet": Handler(Greet, greet)}, "general") for _ in range(10)))
    assert ran == [1]
    assert (await row(platform, job_id))["state"] == "done"


@pytest.mark.parametrize("away", database.AWAY)
def test_a_database_that_is_away_is_waited_for(away):
    assert jobs.heals(away("the server closed the connection"))


async def test_what_time_heals_is_tried_again_later(platform):
    async def greet(_, job):
        raise Unavailable

    job_id = await enqueue(platform)
    await jobs.run_next(platform, {"greet": Handler(Greet, greet)}, "general")
    after = await row(platform, job_id)
    assert (after["state"], after["attempt"]) == ("queued", 1)
    assert after["run_at"] - platform.clock() > timedelta(seconds=3)


async def test_a_process_whose_clock_is_wrong_puts_no_job_off(platform):
    """Jobs go by the database's clock: what such a process asks for, or hands back, is done by others now."""
    ahead = replace(platform, clock=lambda: platform.clock() + timedelta(hours=1))
    failures = [Unavailable()]
    failures[0].retry_after = 0.0

    async def greet(_, job):
        if failures:
            raise failures.pop()

    job_id, handlers = await enqueue(ahead), {"greet": Handler(Greet, greet)}
    assert await jobs.run_next(ahead, handlers, "general")
    assert (await row(platform, job_id))["state"] == "queued"
    assert await jobs.run_next(platform, handlers, "general")
    assert (await row(platform, job_id))["state"] == "done"


async def test_what_time_does_not_heal_is_dead_at_once_and_can_be_replayed(platform):
    async def greet(_, job):
        raise BadPhoto

    buried = []

    async def bury(work, job, error):
        buried.append((job.payload, error))

    job_id = await enqueue(platform, name="Ada")
    await jobs.run_next(platform, {"greet": Handler(Greet, greet, bury)}, "general")
    assert (await row(platform, job_id))["state"] == "dead"
    assert buried[0][0] == Greet("Ada")
    assert await jobs.replay(platform, job_id)
    assert (await row(platform, job_id))["state"] == "queued"
    assert not await jobs.replay(platform, job_id)


async def test_a_job_whose_runner_fell_silent_is_claimed_anew(platform):
    job_id = await enqueue(platform)
    assert (await jobs.claim(platform, "general", ["greet"])).run == 1
    assert await jobs.claim(platform, "general", ["greet"]) is None
    await silence(platform, job_id)
    assert (await jobs.claim(platform, "general", ["greet"])).run == 2


async def test_a_job_that_kills_its_worker_each_time_is_given_up(platform):
    buried = []

    async def bury(work, job, error):
        buried.append(error)

    handlers = {"greet": Handler(Greet, None, bury)}
    job_id = await enqueue(platform)
    for _ in range(jobs.MOST_FAILURES):
        assert await jobs.claim(platform, "general", ["greet"])
        await silence(platform, job_id)
        await jobs.sweep(platform, handlers)
    assert (await row(platform, job_id))["state"] == "dead"
    assert buried == ["its worker died at every run"]


async def waits(platform, seconds):
    """As if every job had waited for so long."""
    await platform.database.execute("update jobs set run_at = now() - $1::interval", timedelta(seconds=seconds))


async def test_the_sweep_wakes_workers_for_lost_wake_ups_and_for_no_others(platform):
    await enqueue(platform)
    await enqueue(platform)
    await platform.wake_ups.redis.flushall()
    handlers = {"greet": Handler(Greet, None)}
    assert await jobs.sweep(platform, handlers) == 0
    await waits(platform, 60)
    await enqueue(platform)
    assert await platform.wake_ups.unheard("general") == 1
    # Whichever job hears the wake-up that is there: of the two that wait too long one more is missing.
    assert await jobs.sweep(platform, handlers) == 1
    assert await jobs.sweep(platform, handlers) == 0
    assert await platform.wake_ups.unheard("general") == 2


async def test_wake_ups_do_not_pile_up_while_every_place_is_taken(platform):
    async with transaction(platform) as work:
        for _ in range(jobs.MOST_WAKE_UPS + 50):
            work.enqueue(Greet())
    await platform.wake_ups.redis.flushall()
    await waits(platform, 60)
    for _ in range(5):
        await jobs.sweep(platform, {"greet": Handler(Greet, None)})
    assert await platform.wake_ups.unheard("general") == jobs.MOST_WAKE_UPS


async def test_a_wake_up_that_died_with_its_worker_is_replaced(platform):
    await enqueue(platform)
    queue = platform.wake_ups.queues["general"]
    await queue.dequeue(1)  # by a worker that dies now
    await waits(platform, 9)
    assert await jobs.sweep(platform, {"greet": Handler(Greet, None)}) == 1
    assert await queue.dequeue(1)


async def test_every_job_of_a_transaction_has_a_wake_up_of_its_own(platform):
    async with transaction(platform) as work:
        for _ in range(30):
            work.enqueue(Greet())
    assert await platform.wake_ups.unheard("general") == 30


async def test_a_kind_of_a_newer_release_waits_for_its_worker_and_is_in_nobodys_way(platform):
    ran = []

    async def greet(_, job):
        ran.append(job.payload.__struct_config__.tag)

    handlers = {"greet": Handler(Greet, greet)}
    newer = await enqueue(platform, GreetAnew)
    await enqueue(platform)
    await waits(platform, 60)
    for _ in range(3):
        await jobs.run_next(platform, handlers, "general")
        await jobs.sweep(platform, handlers)
    assert ran == ["greet"]
    waiting = await row(platform, newer)
    assert (waiting["state"], waiting["attempt"]) == ("queued", 0)
    assert await jobs.run_next(platform, {**handlers, "greet.anew": Handler(GreetAnew, greet)}, "general")
    assert ran == ["greet", "greet.anew"]


async def test_a_kind_that_silenced_a_newer_worker_does_not_end_the_sweep_of_an_older(platform):
    job_id = await enqueue(platform, GreetAnew)
    for _ in range(jobs.MOST_FAILURES):
        assert await jobs.claim(platform, "general", ["greet.anew"])
        await silence(platform, job_id)
    await jobs.sweep(platform, {"greet": Handler(Greet, None)})
    assert (await row(platform, job_id))["state"] == "running"
    await jobs.sweep(platform, {"greet.anew": Handler(GreetAnew, None)})
    assert (await row(platform, job_id))["state"] == "dead"


async def test_a_kind_nobody_knows_is_dead_after_a_day_and_can_be_replayed(platform):
    job_id = await enqueue(platform, GreetOfOld)
    handlers = {"greet": Handler(Greet, None)}
    await waits(platform, 23 * 3600)
    await jobs.sweep(platform, handlers)
    assert (await row(platform, job_id))["state"] == "queued"
    await waits(platform, 25 * 3600)
    await jobs.sweep(platform, handlers)
    dead = await row(platform, job_id)
    assert (dead["state"], dead["error"]) == ("dead", "no worker knows this kind of job")
    assert await jobs.replay(platform, job_id)


async def test_a_job_that_cannot_be_buried_keeps_no_other_from_its_end_and_no_worker_asleep(platform):
    async def bury(work, job, error):
        if job.payload.odd:
            raise KeyError("odd")

    handlers = {"greet": Handler(Greet, None, bury)}
    odd, plain = await enqueue(platform, odd=True), await enqueue(platform, odd=False)
    for _ in range(jobs.MOST_FAILURES):
        for _ in (odd, plain):
            assert await jobs.claim(platform, "general", ["greet"])
        for job_id in (odd, plain):
            await silence(platform, job_id)
    await enqueue(platform)
    await platform.database.execute("update jobs set run_at = now() - interval '1 minute' where state = 'queued'")
    await platform.wake_ups.redis.flushall()
    with pytest.raises(ExceptionGroup):
        await jobs.sweep(platform, handlers)
    assert (await row(platform, plain))["state"] == "dead"
    assert await platform.wake_ups.unheard("general") == 1


async def stopped_while_running(platform, work):
    """A worker that is told to stop while it runs the job."""
    begun = asyncio.Event()

    async def greet(platform, job):
        begun.set()
        await work(platform, job)

    running = asyncio.create_task(jobs.run_next(platform, {"greet": Handler(Greet, greet)}, "general"))
    await begun.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_being_handed_back_is_no_failure_and_each_run_has_a_number_of_its_own(platform):
    seen = []

    async def greet(_, job):
        seen.append((job.run, job.failures, job.last))
        await asyncio.sleep(30)

    job_id = await enqueue(platform)
    runs = 2 * jobs.MOST_FAILURES
    for _ in range(runs):
        await stopped_while_running(platform, greet)
    after = await row(platform, job_id)
    assert (after["state"], after["attempt"], after["failures"]) == ("queued", runs, 0)
    assert seen == [(number, 0, False) for number in range(1, runs + 1)]
    assert await platform.wake_ups.unheard("general") == runs + 1


async def test_failures_count_whatever_lies_between_them(platform):
    async def fail(_, job):
        raise Unavailable

    async def wait(_, job):
        await asyncio.sleep(30)

    job_id = await enqueue(platform)
    for _ in range(jobs.MOST_FAILURES - 1):
        await jobs.run_next(platform, {"greet": Handler(Greet, fail)}, "general")
        await waits(platform, 0)
        await stopped_while_running(platform, wait)
    assert (await row(platform, job_id))["failures"] == jobs.MOST_FAILURES - 1
    await jobs.run_next(platform, {"greet": Handler(Greet, fail)}, "general")
    assert (await row(platform, job_id))["state"] == "dead"
    await jobs.replay(platform, job_id)
    replayed = await row(platform, job_id)
    # The number of a run is in the names of its files: it never comes again.
    assert (replayed["state"], replayed["failures"], replayed["attempt"]) == ("queued", 0, 2 * jobs.MOST_FAILURES - 1)


async def test_work_that_ends_well_as_the_worker_stops_is_done(platform):
    async def greet(_, job):
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(30)

    job_id = await enqueue(platform)
    await stopped_while_running(platform, greet)
    assert (await row(platform, job_id))["state"] == "done"


async def test_a_job_that_was_handed_back_is_nobodys_until_it_is_claimed_and_then_one_runners(platform):
    async def greet(_, job):
        await asyncio.sleep(30)

    job_id = await enqueue(platform)
    await stopped_while_running(platform, greet)
    claims = await asyncio.gather(*(jobs.claim(platform, "general", ["greet"]) for _ in range(8)))
    assert [claim.run for claim in claims if claim] == [2]
    # The stopped run's number opens nothing any more.
    stale = lanes.Taken(job_id, "greet", "general", {}, 1)
    await jobs._hand_back(platform, stale)
    assert (await row(platform, job_id))["state"] == "running"


async def test_taking_the_row_away_stops_the_work(platform):
    stopped = asyncio.Event()

    async def greet(_, job):
        try:
            await asyncio.sleep(30)
        except asyncio.CancelledError:
            stopped.set()
            raise

    job_id = await enqueue(platform)
    running = asyncio.create_task(jobs.run_next(platform, {"greet": Handler(Greet, greet)}, "general"))
    while (await row(platform, job_id))["state"] != "running":
        await asyncio.sleep(0)
    await platform.database.execute("update jobs set state = 'done' where id = $1", job_id)
    await asyncio.wait_for(running, 5)
    assert stopped.is_set()


async def test_a_stopping_worker_hands_its_job_back(platform):
    async def greet(_, job):
        await asyncio.sleep(30)

    job_id = await enqueue(platform)
    running = asyncio.create_task(jobs.run_next(platform, {"greet": Handler(Greet, greet)}, "general"))
    while (await row(platform, job_id))["state"] != "running":
        await asyncio.sleep(0)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    after = await row(platform, job_id)
    assert (after["state"], after["error"]) == ("queued", "handed back")


@pytest.mark.parametrize(("attempt", "seconds"), [(1, 5.0), (2, 10.0), (3, 20.0), (20, 300.0)])
def test_waits_double_up_to_five_minutes(attempt, seconds):
    assert jobs.backoff(Unavailable(), attempt) == seconds
