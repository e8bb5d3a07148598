import asyncio
from contextlib import asynccontextmanager

import msgspec
import pytest
from redis.exceptions import RedisError

from realstaging.kit.ids import new_id
from realstaging.runtime import events
from realstaging.runtime.events import Hub, Listener, Pace
from realstaging.runtime.wake_ups import EVENTS, WakeUps, connect
from realstaging.runtime.work import Work, transaction
from tests.runtime.kinds import Count, Counted
from tests.runtime.mute import network

ADA, BEN = new_id(), new_id()


@asynccontextmanager
async def listening(platform, redis, patience=0.2, **more):
    """A hub, and somebody who listens to it and has heard something."""
    hub = Hub(platform.database, redis, Pace(patience, **more))
    listener = Listener(ADA, -1)
    hub.join(listener)
    hub.start()
    # Until the hub is subscribed it has no rows to catch up with either.
    async with asyncio.timeout(10):
        while not (await platform.wake_ups.redis.pubsub_numsub(EVENTS))[0][1]:
            await asyncio.sleep(0.01)
    await tell(platform, 0)
    assert await heard(hub, listener) == 0
    try:
        yield hub, listener
    finally:
        await hub.close()


async def tell(platform, number):
    async with transaction(platform) as work:
        work.publish(ADA, Counted(Count(number)))


async def write(platform, number):
    """Commit an event and tell nothing; the message."""
    async with platform.database.acquire() as connection, connection.transaction():
        work = Work(platform, connection)
        work.publish(ADA, Counted(Count(number)))
        _, [message] = await work.flush()
    return message


async def heard(hub, listener):
    """The number of the one event that comes next, or the numbers of several that come at once."""
    async with asyncio.timeout(15):
        while not (new := await hub.heard(listener, 15)) and not listener.ended:
            pass
    numbers = [msgspec.json.decode(event.data)["number"] for event in new]
    return numbers[0] if len(numbers) == 1 else numbers


async def test_a_connection_dropped_without_a_word_is_noticed_and_nothing_is_missed(platform, redis_url):
    async with network(redis_url) as (between, url):
        redis = connect(url, patience=0.5)
        async with listening(platform, redis) as (hub, listener):
            between.silence()
            await tell(platform, 1)
            assert await heard(hub, listener) == 1
            await tell(platform, 2)
            assert await heard(hub, listener) == 2
        await redis.aclose()


async def test_a_quiet_subscription_that_answers_is_kept(platform, redis_url):
    redis = connect(redis_url, patience=5)
    # Longer than a busy machine takes to answer, and asked for twice.
    async with listening(platform, redis, patience=0.6) as (hub, listener):
        clients = {client["id"] for client in await redis.client_list(_type="pubsub")}
        await asyncio.sleep(1.5)
        assert {client["id"] for client in await redis.client_list(_type="pubsub")} == clients
        await tell(platform, 1)
        assert await heard(hub, listener) == 1
    await redis.aclose()


async def test_what_redis_py_mends_by_itself_is_caught_up_with(platform, redis_url):
    redis = connect(redis_url, patience=5)
    async with listening(platform, redis, patience=5) as (hub, listener):
        # Written without a word to Valkey, as when it was away at that moment.
        await platform.database.execute(
            "insert into events (account_id, kind, data) values ($1, 'counted', '{\"number\": 1}'::jsonb)", ADA
        )
        await platform.wake_ups.redis.client_kill_filter(_type="pubsub")
        assert await heard(hub, listener) == 1
    await redis.aclose()


async def test_events_told_in_another_order_than_their_commits_are_heard_in_order(platform):
    """Two stagings end at the same moment: the process that committed last may be the first to ring."""
    async with listening(platform, platform.wake_ups.redis) as (hub, listener):
        messages = [await write(platform, number) for number in (1, 2)]
        for message in reversed(messages):
            await platform.wake_ups.send([], [message])
        assert await heard(hub, listener) == [1, 2]
        await tell(platform, 3)
        assert await heard(hub, listener) == 3


async def test_a_message_that_was_lost_alone_is_noticed_at_the_next(platform):
    async with listening(platform, platform.wake_ups.redis) as (hub, listener):
        await write(platform, 1)
        await platform.wake_ups.send([], [await write(platform, 2)])
        assert await heard(hub, listener) == [1, 2]


async def test_the_last_message_may_be_lost_too(platform):
    async with listening(platform, platform.wake_ups.redis, look=0.1) as (hub, listener):
        await write(platform, 1)
        assert await heard(hub, listener) == 1


async def test_events_written_at_the_same_moment_each_know_the_one_before(platform):
    messages = await asyncio.gather(*(write(platform, number) for number in range(8)))
    messages.sort(key=lambda message: message.id)
    assert [message.previous for message in messages] == [0, *(message.id for message in messages[:-1])]


async def test_events_of_one_transaction_know_the_one_before(platform):
    first = await write(platform, 0)
    async with platform.database.acquire() as connection, connection.transaction():
        work = Work(platform, connection)
        for account in (ADA, BEN, ADA):
            work.publish(account, Counted(Count(0)))
        _, messages = await work.flush()
    assert [(message.account_id, message.previous) for message in messages] == [
        (ADA, first.id),
        (BEN, 0),
        (ADA, messages[0].id),
    ]


@pytest.mark.parametrize("nonsense", [b"", b"{", b"[]", b'{"id": "one"}', b"\xff\xfe", b"9" * 400])
async def test_a_message_that_is_not_understood_ends_nothing(platform, nonsense):
    async with listening(platform, platform.wake_ups.redis) as (hub, listener):
        await platform.wake_ups.redis.publish(EVENTS, nonsense)
        await tell(platform, 1)
        assert await heard(hub, listener) == 1


async def test_a_failure_of_any_kind_does_not_end_the_hub(platform):
    failures = [KeyError("odd"), RuntimeError("odd")]

    class Odd(Listener):
        def offer(self, event):
            if failures:
                raise failures.pop()

    async with listening(platform, platform.wake_ups.redis) as (hub, listener):
        hub.join(Odd(ADA, -1))
        for number in (1, 2, 3):
            await tell(platform, number)
        last = 0
        while last != 3:
            new = await heard(hub, listener)
            last = new[-1] if isinstance(new, list) else new
        assert not failures


async def test_after_a_restore_browsers_look_anew(platform):
    """The database was put back to an earlier day: its next ids are smaller than those the hub has told."""
    async with listening(platform, platform.wake_ups.redis, look=0) as (hub, listener):
        await platform.database.execute("truncate events restart identity")
        while not listener.ended:
            assert await hub.heard(listener, 15) == []
        hub.leave(listener)
        back = Listener(ADA, -1)
        hub.join(back)
        await tell(platform, 7)
        assert await heard(hub, back) == 7


async def test_what_is_too_much_to_catch_up_with_ends_the_listener(platform, redis_url):
    async with network(redis_url) as (between, url):
        redis = connect(url, patience=0.5)
        async with listening(platform, redis, most=3) as (hub, listener):
            between.silence()
            async with transaction(platform) as work:
                for number in range(5):
                    work.publish(ADA, Counted(Count(number)))
            while not listener.ended:
                assert await hub.heard(listener, 15) == []
        await redis.aclose()


@pytest.mark.parametrize("text", ["", "²", "١٢", "-1", "+1", "1_0", " 1", "1.0", "0x1", "9" * 19, "9" * 5000, "one"])
def test_what_is_no_event_id_is_none(text):
    assert events.id_of(text) is None


def test_an_event_id_is_read():
    assert events.id_of("0") == 0
    assert events.id_of("9" * 18) == 10**18 - 1


async def test_every_answer_of_valkey_is_waited_for_with_a_limit(redis_url):
    async with network(redis_url) as (between, url):
        wake_ups = WakeUps(url, patience=0.3)
        await wake_ups.redis.ping()
        for client in (wake_ups.redis, *(queue.redis for queue in wake_ups.queues.values())):
            assert client.connection_pool.connection_kwargs["socket_timeout"]
            assert client.connection_pool.connection_kwargs["socket_keepalive"]
        between.silence()
        async with asyncio.timeout(5):
            with pytest.raises(RedisError):
                await wake_ups.redis.ping()
            assert await wake_ups.redis.ping()
        await wake_ups.close()
