"""Wake-ups sent together are what SAQ would have written for each alone; many places hear them over few connections."""

import asyncio
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from realstaging.kit.clock import utc_now
from realstaging.runtime.wake_ups import SILENCE, LaneQueue, WakeUp, WakeUps, connect


@pytest.fixture
async def queue(redis_url):
    lane = LaneQueue(connect(redis_url, patience=5), name="realstaging-wake-test")
    yield lane
    await lane.disconnect()


async def written(queue):
    """Everything in Valkey: jobs without what tells them apart, and where their keys stand."""
    jobs, places = {}, {}
    for key in await queue.redis.keys("*"):
        match await queue.redis.type(key):
            case b"string":
                told = queue.deserialize(await queue.redis.get(key)).to_dict()
                jobs[key] = {name: value for name, value in told.items() if name not in {"key", "queued", "scheduled"}}
            case b"list":
                places[key] = await queue.redis.lrange(key, 0, -1)
            case b"zset":
                places[key] = await queue.redis.zrange(key, 0, -1, withscores=True)
    return jobs, places


async def test_a_wake_up_is_what_saq_enqueues(queue):
    await queue.enqueue("wake", scheduled=0, timeout=0, heartbeat=SILENCE, retries=1, ttl=1)
    [(_, by_saq)], places = (await written(queue))[0].items(), (await written(queue))[1]
    await queue.redis.flushall()
    await queue.wake([utc_now()])
    jobs, ours = await written(queue)
    [(key, by_us)] = jobs.items()
    assert by_us == by_saq
    assert set(ours) == set(places)
    assert ours[queue.namespace("queued").encode()] == [key]
    assert ours[queue.namespace("incomplete").encode()] == [(key, 0.0)]


async def test_each_has_a_key_of_its_own_and_waits_for_its_moment(queue):
    later = utc_now() + timedelta(minutes=1)
    await queue.wake([utc_now(), utc_now(), later])
    jobs, places = await written(queue)
    assert len(jobs) == 3
    assert len(places[queue.namespace("queued").encode()]) == 2
    scores = sorted(score for _, score in places[queue.namespace("incomplete").encode()])
    assert scores[:2] == [0.0, 0.0]
    assert 0 <= scores[2] - later.timestamp() <= 1


async def test_fifty_are_one_round_trip(queue):
    before = (await queue.redis.info("commandstats"))["cmdstat_exec"]["calls"] if await multi(queue) else 0
    await queue.wake([utc_now()] * 50)
    after = await queue.redis.info("commandstats")
    assert after["cmdstat_exec"]["calls"] == before + 1
    assert await queue.count("queued") == 50


async def test_two_hundred_places_hear_over_few_connections(queue):
    """Render's smallest Valkey takes 250 connections, of all processes together."""
    before = {client["id"] for client in await queue.redis.client_list()}
    places = [asyncio.create_task(queue.dequeue(timeout=5)) for _ in range(200)]
    # Each place that asks on its own has its connection by then: a question is sent before this one's answer comes.
    await queue.redis.ping()
    await queue.wake([utc_now()] * len(places))
    heard = await asyncio.gather(*places)
    assert len({job.key for job in heard}) == len(places)
    opened = {client["id"] for client in await queue.redis.client_list()} - before
    assert len(opened) <= 12


async def test_what_goes_wrong_after_a_commit_is_told_and_fails_nobody(redis_url):
    wake_ups = WakeUps(redis_url, patience=5)
    with capture_logs() as logs:
        await wake_ups.send([WakeUp("a lane that nobody has", utc_now())])
    assert [(line["event"], line["log_level"]) for line in logs] == [("wake_ups.mistaken", "error")]
    await wake_ups.close()


async def multi(queue):
    """Whether Valkey has run a transaction yet."""
    return "cmdstat_exec" in await queue.redis.info("commandstats")
