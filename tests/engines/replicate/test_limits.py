import asyncio
import time

import pytest
from redis.asyncio import Redis

from realstaging.dev.ports import free_port
from realstaging.engines.replicate.client import told_to_wait
from realstaging.engines.replicate.errors import NotReached, Throttled
from realstaging.engines.replicate.limits import Call, ProcessLimiter
from realstaging.engines.replicate.shared_limits import SharedLimiter


@pytest.fixture(params=["process", "shared"])
async def make(request, redis_url):
    """Builds limiters of one account: the one of a process, or several on one Valkey."""
    redis = Redis.from_url(redis_url)
    alone = {}

    def build(**options):
        if request.param == "shared":
            return SharedLimiter(redis, **options)
        return alone.setdefault("one", ProcessLimiter(**options))

    yield build
    await redis.aclose()


async def test_all_together_keep_to_the_rate(make):
    limiters = [make(per_minute={Call.CREATE: 1200}, burst=5) for _ in range(3)]
    started = time.monotonic()
    await asyncio.gather(*(limiters[turn % 3].admit(Call.CREATE) for turn in range(25)))
    # 5 at once, then one each 50 ms.
    assert 0.95 <= time.monotonic() - started < 2.5


async def test_what_one_is_told_all_obey(make):
    first, second = (make(patience=5.0) for _ in range(2))
    await first.slow_down(Call.CREATE, 0.4)
    await first.slow_down(Call.CREATE, 0.1)
    started = time.monotonic()
    await second.admit(Call.OTHER)
    assert time.monotonic() - started < 0.2
    await second.admit(Call.CREATE)
    assert time.monotonic() - started > 0.35


async def test_nobody_waits_beyond_their_patience(make):
    limiter = make(patience=0.5)
    await limiter.slow_down(Call.CREATE, 20)
    with pytest.raises(Throttled) as throttled:
        await limiter.admit(Call.CREATE)
    assert 19 < throttled.value.retry_after <= 20


async def test_without_valkey_nothing_is_asked():
    async with Redis(port=free_port()) as redis:
        with pytest.raises(NotReached):
            await SharedLimiter(redis).admit(Call.CREATE)


@pytest.mark.parametrize("digits", ["1767225600", "9" * 400, "9" * 5000])
def test_a_pause_that_is_told_has_an_end(digits):
    """An epoch in place of seconds, or a ban: it is everybody's, and nobody would be there to lift it."""
    assert told_to_wait({"retry-after": digits}, "") == 300
    assert told_to_wait({}, f"Your rate limit resets in ~{digits}s") == 300
    assert told_to_wait({"retry-after": "0007"}, "") == 7
