"""A connection that was closed below redis-py fails as one of redis-py's, whichever event loop runs."""

import asyncio
import ssl

import pytest
import uvloop
from redis.asyncio import SSLConnection
from redis.exceptions import ConnectionError as Lost

from realstaging.runtime.valkey import client


@pytest.mark.parametrize("loop", [uvloop.new_event_loop, asyncio.new_event_loop])
def test_a_closed_connection_fails_as_one_that_is_lost_and_is_replaced(redis_url, loop):
    async def broken_off_and_asked_again():
        async with client(redis_url, patience=5, health_check_interval=15) as redis:
            await redis.set("kept", "1")
            await close_below(redis)
            with pytest.raises(Lost):
                await redis.get("kept")
            assert await redis.get("kept") == b"1"
            # A pipeline, too: rate limits and wake-ups go by them.
            pipeline = redis.pipeline(transaction=False)
            await close_below(redis)
            with pytest.raises(Lost):
                await pipeline.get("kept").execute()
            assert await pipeline.get("kept").execute() == [b"1"]

    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(broken_off_and_asked_again())


async def close_below(redis):
    """Close the transport that the next command takes, as a link that is cut does."""
    connection = await redis.connection_pool.get_connection()
    await redis.connection_pool.release(connection)
    # Whoever reads is told a moment later: until then nothing but the transport itself knows.
    connection._writer.transport.abort()


def test_over_tls_too():
    plain, encrypted = (
        client("redis://valkey.test", patience=5).connection_pool,
        client("rediss://valkey.test", patience=5).connection_pool,
    )
    assert {SSLConnection, plain.connection_class} < set(encrypted.connection_class.__mro__)
    assert encrypted.make_connection().ssl_context.cert_reqs == ssl.CERT_REQUIRED
