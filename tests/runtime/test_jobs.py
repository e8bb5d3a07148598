import asyncio
from datetime import timedelta

import pytest

from realstaging.kit.errors import BadPhoto, Unavailable
from realstaging.runtime import database, jobs
from realstaging.runtime.jobs import Handler
from realstaging.runtime.work import transaction


async def enqueue(platform, kind="greet", **payload):
    async with transaction(platform) as work:
        return work.enqueue(kind, payload)


async def nothing():
    pass


async def row(platform, job_id):
    return await platform.database.fetchrow("select * from jobs where id = $1", job_id)


async def silence(platform, job_id):
    """As if the runner had died some time ago."""
    await platform.database.execute("update jobs set lease_until = now() - interval '1 second' where id = $1", job_id)


async def test_a_job_delivered_many_times_runs_once(platform):
    ran = []

    async def greet(_, job):
        ran.append(job.attempt)
        await asyncio.sleep(0.05)

    job_id = await enqueue(platform)
    await asyncio.gather(*(jobs.run(platform, {"greet": Handler(greet)}, job_id, nothing) for _ in range(10)))
    assert ran == [1]
    assert (await row(platform, job_id))["state"] == "done"


@pytest.mark.parametrize("away", database.AWAY)
def test_a_database_that_is_away_is_waited_for(away):
    assert jobs.heals(away("the server closed the connection"))


async def test_what_time_heals_is_tried_again_later(platform):
    async def greet(_, job):
        raise Unavailable

    job_id = await enqueue(platform)
    await jobs.run(platform, {"greet": Handler(greet)}, job_id, nothing)
    after = await row(platform, job_id)
    assert (after["state"], after["attempt"]) == ("queued", 1)
    assert after["run_at"] - platform.clock() > timedelta(seconds=3)


async def test_what_time_does_not_heal_is_dead_at_once_and_can_be_replayed(platform):
    async def greet(_, job):
        raise BadPhoto

    buried = []

    async def bury(work, job, error):
        buried.append((job.payload, error))

    job_id = await enqueue(platform, name="Ada")
    await jobs.run(platform, {"greet": Handler(greet, bury)}, job_id, nothing)
    assert (await row(platform, job_id))["state"] == "dead"
    assert buried[0][0] == {"name": "Ada"}
    assert await jobs.replay(platform, job_id)
    assert (await row(platform, job_id))["state"] == "queued"
    assert not await jobs.replay(platform, job_id)


async def test_a_job_whose_runner_fell_silent_is_claimed_anew(platform):
    job_id = await enqueue(platform)
    assert (await jobs.claim(platform, job_id)).attempt == 1
    assert await jobs.claim(platform, job_id) is None
    await silence(platform, job_id)
    assert (await jobs.claim(platform, job_id)).attempt == 2


async def test_a_job_that_kills_its_worker_each_time_is_given_up(platform):
    buried = []

    async def bury(work, job, error):
        buried.append(error)

    handlers = {"greet": Handler(None, bury)}
    job_id = await enqueue(platform)
    for _ in range(jobs.MOST_ATTEMPTS):
        assert await jobs.claim(platform, job_id)
        await silence(platform, job_id)
        await jobs.sweep(platform, handlers)
    assert (await row(platform, job_id))["state"] == "dead"
    assert buried == ["its worker died at every attempt"]


async def test_the_sweep_rings_for_lost_bells(platform):
    job_id = await enqueue(platform)
    await platform.bells.redis.flushall()
    assert await jobs.sweep(platform, {}) == 0
    await platform.database.execute("update jobs set rung_at = now() - interval '1 minute'")
    assert await jobs.sweep(platform, {}) == 1
    assert await platform.bells.queues["wait"].count("queued") == 1
    assert (await row(platform, job_id))["state"] == "queued"


async def test_a_delivery_that_died_before_its_claim_blocks_its_job_for_half_a_minute_at_most(platform):
    job_id = await enqueue(platform)
    queue = platform.bells.queues["wait"]
    assert (await queue.dequeue(1)).kwargs == {"job_id": str(job_id)}  # by a worker that dies now

    async def rung(seconds):
        """What waits in the queue once the sweep found the job so many seconds after its time."""
        waited = timedelta(seconds=seconds)
        await platform.database.execute(
            "update jobs set run_at = now() - $1::interval, rung_at = now() - $1::interval", waited
        )
        assert await jobs.sweep(platform, {}) == 1
        return await queue.count("queued")

    assert [await rung(seconds) for seconds in (10, 14, 31, 40, 61)] == [0, 0, 1, 1, 2]
    while await queue.count("queued"):
        delivered = await queue.dequeue(1)
        await jobs.run(platform, {"greet": Handler(lambda *_: nothing())}, job_id, nothing)
        await queue.finish(delivered, "complete")
    after = await row(platform, job_id)
    assert (after["state"], after["attempt"]) == ("done", 1)


async def test_taking_the_row_away_stops_the_work(platform):
    stopped = asyncio.Event()

    async def greet(_, job):
        try:
            await asyncio.sleep(30)
        except asyncio.CancelledError:
            stopped.set()
            raise

    job_id = await enqueue(platform)
    running = asyncio.create_task(jobs.run(platform, {"greet": Handler(greet)}, job_id, nothing))
    while (await row(platform, job_id))["state"] != "running":
        await asyncio.sleep(0)
    await platform.database.execute("update jobs set state = 'done' where id = $1", job_id)
    await asyncio.wait_for(running, 5)
    assert stopped.is_set()


async def test_a_stopping_worker_hands_its_job_back(platform):
    async def greet(_, job):
        await asyncio.sleep(30)

    job_id = await enqueue(platform)
    running = asyncio.create_task(jobs.run(platform, {"greet": Handler(greet)}, job_id, nothing))
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
