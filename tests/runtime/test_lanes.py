"""Workers on their lanes: what they hear, and whose job is next."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

from realstaging.kit.ids import new_id
from realstaging.runtime import jobs, lanes
from realstaging.runtime.database import open_pool
from realstaging.runtime.jobs import Handler
from realstaging.runtime.wake_ups import WakeUps
from realstaging.runtime.work import transaction
from realstaging.worker import serve
from tests.runtime.kinds import Note, Render
from tests.runtime.mute import network

ADA, BOB, CY = (new_id() for _ in range(3))


async def queue_for(platform, account_id, number, kind=Render, lane="cpu"):
    async with transaction(platform) as work:
        return [work.enqueue(kind(), lane=lane, account_id=account_id) for _ in range(number)]


async def claimed(platform, lane="cpu", kinds=("render",)):
    """Whose job is next; None for the system's, nothing where there is none."""
    job = await jobs.claim(platform, lane, kinds)
    return job and await platform.database.fetchval("select account_id from jobs where id = $1", job.id)


@asynccontextmanager
async def working(platform, handlers, **places):
    stop = asyncio.Event()
    task = asyncio.create_task(serve(platform, handlers, places, stop))
    try:
        yield
    finally:
        stop.set()
        await task


async def test_a_worker_whose_connections_went_silent_hears_again(platform, redis_url):
    ran = asyncio.Queue()

    async def note(_, job):
        ran.put_nowait(job.payload.number)

    async def enqueue(number):
        async with transaction(platform) as work:
            work.enqueue(Note(number), lane="general")

    async with network(redis_url) as (between, url):
        wake_ups = WakeUps(url, patience=0.3)
        async with (
            working(replace(platform, wake_ups=wake_ups), {"note": Handler(Note, note)}, general=2),
            asyncio.timeout(15),
        ):
            await enqueue(1)
            assert await ran.get() == 1
            between.silence()
            # Both places hear again, so that no wake-up is lost and none is left to the sweep.
            await between.asked(b"BLMOVE", 2)
            for number in (2, 3):
                await enqueue(number)
            assert {await ran.get(), await ran.get()} == {2, 3}
        await wake_ups.close()


async def test_one_who_queues_hundreds_makes_nobody_wait(platform):
    await queue_for(platform, ADA, 550)
    assert [await claimed(platform) for _ in range(3)] == [ADA] * 3
    await queue_for(platform, BOB, 1)
    await queue_for(platform, None, 1)
    assert [await claimed(platform) for _ in range(3)] == [BOB, None, ADA]


async def test_accounts_with_as_many_jobs_running_take_turns(platform):
    for account in (ADA, BOB, CY):
        await queue_for(platform, account, 4)
    assert [await claimed(platform) for _ in range(12)] == [ADA, BOB, CY] * 4
    assert await claimed(platform) is None


async def test_of_one_account_the_oldest_is_next(platform):
    ids = await queue_for(platform, ADA, 5)
    assert [(await jobs.claim(platform, "cpu", ["render"])).id for _ in range(5)] == ids


async def test_jobs_running_on_another_lane_do_not_count(platform):
    await queue_for(platform, ADA, 3, lane="general")
    for _ in range(3):
        await claimed(platform, "general")
    await queue_for(platform, ADA, 1)
    await queue_for(platform, BOB, 1)
    assert [await claimed(platform) for _ in range(2)] == [ADA, BOB]
    assert await claimed(platform, "general") is None


async def test_what_is_due_later_is_not_claimed_and_keeps_nobody_waiting(platform):
    async with transaction(platform) as work:
        later = work.enqueue(Render(), lane="cpu", account_id=ADA, run_at=platform.clock() + timedelta(seconds=30))
    await queue_for(platform, BOB, 1)
    assert await claimed(platform) == BOB
    assert await claimed(platform) is None
    await platform.database.execute("update jobs set run_at = now() where id = $1", later)
    assert await claimed(platform) == ADA


async def test_a_job_whose_runner_fell_silent_comes_first(platform):
    await queue_for(platform, ADA, 2)
    first = await jobs.claim(platform, "cpu", ["render"])
    await queue_for(platform, BOB, 1)
    await platform.database.execute("update jobs set lease_until = now() - interval '1 s' where state = 'running'")
    again = await jobs.claim(platform, "cpu", ["render"])
    assert (again.id, again.run, again.failures) == (first.id, 2, 1)


async def test_claims_at_the_same_moment_find_a_job_each(platform, database_url):
    """More at once than jobs are looked at of each account: each takes another's row, none goes away with nothing."""
    places = 3 * lanes.NARROW
    async with await open_pool(database_url, smallest=places, largest=places) as pool:
        await queue_for(platform, ADA, places + 5)
        await queue_for(platform, BOB, 5)
        rows = await asyncio.gather(*(lanes.claim(pool, "cpu", ["render"]) for _ in range(places)))
        assert len({row.id for row in rows}) == places
        # Not one after the other, so the order is not perfect, but nobody is left out.
        assert {
            row["account_id"] for row in await pool.fetch("select account_id from jobs where state = 'running'")
        } == {
            ADA,
            BOB,
        }
        rest = await asyncio.gather(*(lanes.claim(pool, "cpu", ["render"]) for _ in range(places)))
        assert len({row.id for row in rest if row}) == 10


async def test_a_row_another_transaction_holds_is_passed_over(platform):
    [held, free] = await queue_for(platform, ADA, 2)
    async with platform.database.acquire() as connection, connection.transaction():
        await connection.execute("select from jobs where id = $1 for update", held)
        async with asyncio.timeout(5):
            assert (await jobs.claim(platform, "cpu", ["render"])).id == free
            assert await claimed(platform) is None
    assert (await jobs.claim(platform, "cpu", ["render"])).id == held


async def test_a_second_accounts_only_photo_is_next_on_a_working_lane(platform):
    started, go_on = asyncio.Queue(), asyncio.Semaphore(0)

    async def render(platform, job):
        started.put_nowait(await platform.database.fetchval("select account_id from jobs where id = $1", job.id))
        await go_on.acquire()

    await queue_for(platform, ADA, 550)
    async with working(platform, {"render": Handler(Render, render)}, cpu=1), asyncio.timeout(30):
        assert await started.get() == ADA
        await queue_for(platform, BOB, 1)
        go_on.release()
        assert await started.get() == BOB
        go_on.release()
        assert await started.get() == ADA


async def test_many_jobs_take_every_free_place_at_once(platform):
    """Wake-ups that were one and the same would wake one place only."""
    running, all_there, done = 0, asyncio.Event(), asyncio.Event()

    async def render(*_):
        nonlocal running
        running += 1
        if running == 20:
            all_there.set()
        await done.wait()

    async with working(platform, {"render": Handler(Render, render)}, cpu=20):
        await queue_for(platform, ADA, 25)
        async with asyncio.timeout(20):
            await all_there.wait()
        done.set()
        async with asyncio.timeout(20):
            while await platform.database.fetchval("select count(*) from jobs where state <> 'done'"):
                await asyncio.sleep(0.02)


async def test_saq_ends_no_work_however_long_valkey_is_silent_about_it(platform):
    """What SAQ knows of a wake-up is over once its job is claimed: nothing is left that it could take for stuck."""
    begun, done = asyncio.Event(), asyncio.Event()

    async def render(*_):
        begun.set()
        await done.wait()

    async with working(platform, {"render": Handler(Render, render)}, cpu=1), asyncio.timeout(20):
        [job_id] = await queue_for(platform, ADA, 1)
        await begun.wait()
        queue = platform.wake_ups.queues["cpu"]
        while await queue.count("incomplete"):
            await asyncio.sleep(0.01)
        assert await queue.count("active") == 0
        done.set()
        while await platform.database.fetchval("select state from jobs where id = $1", job_id) != "done":
            await asyncio.sleep(0.01)
        assert await platform.database.fetchval("select attempt from jobs") == 1


def nodes(plan):
    """A query plan's steps."""
    yield plan
    for below in plan.get("Plans", []):
        yield from nodes(below)


async def test_the_claim_reads_no_more_than_it_must_with_ten_thousand_waiting(platform):
    """Pages, not seconds: 10,000 queued by twenty accounts, 300 running, 20,000 done."""
    await platform.database.execute(
        """insert into jobs (id, kind, lane, payload, state, account_id, run_at, lease_until, finished_at)
           select gen_random_uuid(), 'render', 'cpu', '{}', state, md5((n % 20)::text)::uuid, now() - n * interval '1 ms',
             case when state = 'running' then now() + interval '1 hour' end, case when state = 'done' then now() end
           from (select n, case when n <= 20000 then 'done' when n <= 20300 then 'running' else 'queued' end as state
                 from generate_series(1, 30300) as n) as given"""
    )
    await platform.database.execute("vacuum analyze jobs")
    [plan] = await platform.database.fetchval(
        f"explain (analyze, buffers, format json) {lanes._CLAIM}",
        "cpu",
        ["render"],
        lanes.LEASE,
        lanes.MOST_FAILURES,
        lanes.NARROW,
    )
    buffers = plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"]
    assert buffers < 1500, buffers
    # One row for each probe, and none of those that are done.
    assert not {node["Node Type"] for node in nodes(plan["Plan"]) if node.get("Relation Name") == "jobs"} & {"Seq Scan"}
