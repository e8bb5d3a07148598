import asyncio

import pytest

from realstaging.kit.ids import new_id
from realstaging.runtime.work import transaction
from tests.runtime.kinds import Count, Counted, Greet, Greeted, Name


async def count(platform, table):
    return await platform.database.fetchval(f"select count(*) from {table}")


async def test_jobs_and_events_are_written_with_the_work(platform):
    account = new_id()
    async with transaction(platform) as work:
        job_id = work.enqueue(Greet("Ada"), lane="cpu")
        work.publish(account, Greeted(Name("Ada")))
    job = await platform.database.fetchrow("select * from jobs")
    assert (job["id"], job["kind"], job["lane"], job["payload"], job["state"]) == (
        job_id,
        "greet",
        "cpu",
        {"kind": "greet", "name": "Ada", "odd": False},
        "queued",
    )
    event = await platform.database.fetchrow("select * from events")
    assert (event["account_id"], event["kind"], event["data"]) == (account, "greeted", {"name": "Ada"})


async def test_a_rollback_takes_jobs_and_events_with_it(platform):
    with pytest.raises(ValueError, match="changed my mind"):
        async with transaction(platform) as work:
            work.enqueue(Greet())
            work.publish(new_id(), Greeted(Name("")))
            raise ValueError("changed my mind")
    assert await count(platform, "jobs") == await count(platform, "events") == 0
    assert await platform.wake_ups.queues["general"].count("queued") == 0


async def test_events_keep_their_order(platform):
    account = new_id()
    async with transaction(platform) as work:
        for number in range(20):
            work.publish(account, Counted(Count(number)))
    rows = await platform.database.fetch("select data from events order by id")
    assert [row["data"]["number"] for row in rows] == list(range(20))


async def test_a_silent_valkey_costs_the_message_and_not_the_work(platform):
    await platform.wake_ups.close()
    platform.wake_ups.redis.connection_pool.connection_kwargs["port"] = 1
    for queue in platform.wake_ups.queues.values():
        queue.redis.connection_pool.connection_kwargs["port"] = 1
    async with transaction(platform) as work:
        work.enqueue(Greet())
        work.publish(new_id(), Greeted(Name("")))
    assert await count(platform, "jobs") == 1


async def test_an_account_has_one_writer_of_events_at_a_time(platform):
    account = new_id()

    async def tell(number):
        async with transaction(platform) as work:
            work.publish(account, Counted(Count(number)))

    async with transaction(platform) as first:
        first.publish(account, Counted(Count(1)))
        await first.flush()
        second = asyncio.create_task(tell(2))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.shield(second), 0.3)
    await second
    rows = await platform.database.fetch("select data from events order by id")
    assert [row["data"]["number"] for row in rows] == [1, 2]


async def test_a_connection_leaves_no_open_transaction_in_the_pool(platform):
    async with platform.database.acquire() as connection:
        await connection.execute("begin")
        await connection.execute(
            "insert into events (account_id, kind, data) values ($1, 'left', '{}'::jsonb)", new_id()
        )
    assert await count(platform, "events") == 0
