"""Counting requests: in Valkey by the library's keys, together or not at all, and in the process while Valkey is away."""

import asyncio
import time

import pytest
from limits import parse
from limits.aio.storage import RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from redis.asyncio import Redis

from realstaging.fail_closed import problems
from realstaging.runtime import limited_callers
from realstaging.runtime.rate_limits import PREFIX, Cost, Counted, Per, RateLimiter, _Valkey, rates_of, stand
from realstaging.settings import Settings, read

WHO = {Per.ACCOUNT: "ada", Per.TOKEN: "t1", Per.ADDRESS: "192.0.2.1"}


@pytest.fixture
async def limiter_of():
    made = []

    def make(url, text, **more):
        made.append(RateLimiter(url, {cost: rates_of(text) for cost in Cost}, **{"patience": 5.0, **more}))
        return made[-1]

    yield make
    for limiter in made:
        await limiter.close()


async def test_as_many_as_allowed_are_admitted_and_the_tightest_limit_is_named(redis_url, limiter_of):
    limiter = limiter_of(redis_url, "9/minute, 5/minute, 9/minute")
    verdicts = [await limiter.admit(Cost.READ, WHO) for _ in range(7)]
    assert [verdict.admitted for verdict in verdicts] == [True] * 5 + [False] * 2
    assert [standing.remaining for standing in verdicts[0].standings] == [8, 4, 8]
    [exceeded] = verdicts[-1].exceeded
    assert exceeded.name == "read-token"
    assert 1 <= exceeded.wait <= 61


async def test_a_refused_request_takes_nothing_from_the_other_limits(redis_url, limiter_of):
    limiter = limiter_of(redis_url, "9/minute, 2/minute, 9/minute")
    for _ in range(6):
        verdict = await limiter.admit(Cost.READ, WHO)
    assert [standing.remaining for standing in verdict.standings] == [7, 0, 7]


async def test_kinds_of_work_and_callers_are_counted_apart(redis_url, limiter_of):
    limiter = limiter_of(redis_url, "1/minute, 1/minute, 1/minute")
    assert (await limiter.admit(Cost.READ, WHO)).admitted
    assert not (await limiter.admit(Cost.READ, WHO)).admitted
    assert (await limiter.admit(Cost.WRITE, WHO)).admitted
    assert (await limiter.admit(Cost.READ, {name: f"another {name}" for name in Per})).admitted
    # Each alone is enough to be refused by.
    for per, who in WHO.items():
        others = {name: f"{name} besides {per}" for name in Per}
        assert not (await limiter.admit(Cost.READ, {**others, per: who})).admitted


async def test_requests_at_once_and_in_several_processes_take_no_more_than_there_is(redis_url, limiter_of):
    limiters = [limiter_of(redis_url, "50/minute, 50/minute, 50/minute") for _ in range(4)]
    verdicts = await asyncio.gather(*(limiter.admit(Cost.READ, WHO) for limiter in limiters for _ in range(40)))
    assert sum(verdict.admitted for verdict in verdicts) == 50


async def test_one_request_is_one_question_to_valkey(redis_url, limiter_of):
    limiter = limiter_of(redis_url, "50/minute, 50/minute, 50/minute")
    await limiter.admit(Cost.READ, WHO)
    async with Redis.from_url(redis_url) as redis:
        before = await asked(redis)
        for _ in range(10):
            await limiter.admit(Cost.READ, WHO)
        after = await asked(redis)
        assert after["evalsha"] - before["evalsha"] == 10
        assert {name for name in after if after[name] != before.get(name, 0)} - {"evalsha", "info", *INSIDE} == set()
        # A server that was started anew knows no scripts.
        await redis.script_flush()
        assert (await limiter.admit(Cost.READ, WHO)).standings[0].remaining == 38


INSIDE = {"get", "set", "incr", "pttl", "rename"}


async def asked(redis):
    return {
        name.removeprefix("cmdstat_"): told["calls"]
        for name, told in (await redis.info("commandstats")).items()
        if name.startswith("cmdstat_")
    }


async def test_the_library_reads_what_the_script_writes(redis_url, limiter_of):
    limiter, item = limiter_of(redis_url, "5/minute"), parse("5/minute")
    library = SlidingWindowCounterRateLimiter(
        RedisStorage(f"async+{redis_url}", implementation="redispy", key_prefix=PREFIX)
    )
    for _ in range(2):
        await limiter.admit(Cost.SIGN_IN, WHO)
    names = (Cost.SIGN_IN, Per.ADDRESS, WHO[Per.ADDRESS])
    assert (await library.get_window_stats(item, *names)).remaining == 3
    assert await library.hit(item, *names)
    assert (await limiter.admit(Cost.SIGN_IN, WHO)).standings[0].remaining == 1


async def test_whoever_waits_as_long_as_told_is_let_in_and_windows_end(redis_url, limiter_of):
    limiter = limiter_of(redis_url, "3/second, 3/second, 3/second")
    admitted = 0
    async with asyncio.timeout(30):
        for _ in range(6):
            verdict = await limiter.admit(Cost.READ, WHO)
            while not verdict.admitted:
                # The wait told is what is tested.
                await asyncio.sleep(verdict.exceeded[0].wait)
                verdict = await limiter.admit(Cost.READ, WHO)
            admitted += 1
    assert admitted == 6
    async with Redis.from_url(redis_url) as redis:
        lives = [await redis.pttl(key) for key in await redis.keys(f"{PREFIX}:*")]
    assert lives
    assert all(0 < life <= 2000 for life in lives)


@pytest.mark.parametrize(
    ("counted", "remaining", "wait"),
    [
        (Counted(0, 0, 0, 0), 60, 1),
        (Counted(0, 0, 1, 120_000), 59, 61),
        (Counted(0, 0, 60, 90_000), 0, 31),
        (Counted(60, 60_000, 0, 120_000), 0, 1),
        (Counted(60, 30_000, 30, 90_000), 0, 1),
        (Counted(10, 5_999, 60, 66_000), 0, 7),
        (Counted(900, 60_000, 0, 120_000), 0, 1),
    ],
)
def test_where_a_caller_stands(counted, remaining, wait):
    assert stand(parse("60/minute"), counted) == (remaining, wait)


async def test_while_valkey_is_away_the_process_counts_and_nobody_waits(redis_url, limiter_of):
    now = [0.0]
    gone = limiter_of("redis://127.0.0.1:1/0", "5/minute, 5/minute, 5/minute", clock=lambda: now[0])
    assert [(await gone.admit(Cost.READ, WHO)).admitted for _ in range(7)] == [True] * 5 + [False] * 2
    assert (await gone.admit(Cost.READ, WHO)).exceeded[0].wait >= 1


async def test_a_mute_valkey_costs_one_wait_and_is_asked_again_later(redis_url, limiter_of):
    """It takes connections and says nothing."""
    now, taken = [0.0], []

    async def mute(reader, writer):
        taken.append(writer)
        await reader.read()

    server = await asyncio.start_server(mute, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    limiter = limiter_of(
        f"redis://127.0.0.1:{port}/0", "100/minute, 100/minute, 100/minute", patience=0.05, clock=lambda: now[0]
    )
    began = time.monotonic()
    verdicts = await asyncio.gather(*(limiter.admit(Cost.READ, WHO) for _ in range(60)))
    verdicts += [await limiter.admit(Cost.READ, WHO) for _ in range(60)]
    assert time.monotonic() - began < 3
    assert sum(verdict.admitted for verdict in verdicts) == 100
    assert len(taken) == 1
    now[0] = 2.0
    await limiter.admit(Cost.READ, WHO)
    assert len(taken) == 2
    server.close()
    for writer in taken:
        writer.close()


async def test_a_process_that_counts_alone_keeps_a_bounded_number_of_counters(limiter_of):
    limiter = limiter_of("redis://127.0.0.1:1/0", "1000000/minute", clock=lambda: 0.0)
    for number in range(10_000):
        await limiter.admit(Cost.SIGN_IN, {Per.ADDRESS: f"2001:db8:{number:x}::/64"})
    assert len(limiter._memory.storage) <= 2 * 2048


def test_limits_are_settings_and_what_cannot_be_read_is_told():
    assert Settings().rates[Cost.STAGE][Per.TOKEN].amount == 180
    told = problems(
        read(
            {
                "TRUSTED_PROXIES": "my-proxy",
                "RATE_LIMIT_READ": "5/minute",
                "RATE_LIMIT_WRITE": "5/fortnight, 5/minute, 5/minute",
                "RATE_LIMIT_SIGN_IN": "0/minute",
            }
        )
    )
    for name in ("TRUSTED_PROXIES", "RATE_LIMIT_READ", "RATE_LIMIT_WRITE", "RATE_LIMIT_SIGN_IN"):
        assert any(problem.startswith(f"{name} must be") for problem in told), name


async def test_a_mistake_of_ours_is_told_whoever_waits(redis_url):
    valkey = _Valkey(redis_url, 5, time.monotonic)
    async with asyncio.timeout(5):
        with pytest.raises(TypeError):
            await valkey.ask(["a key"], None)
    await valkey.close()


async def test_who_is_told_as_limited_is_who_would_be_refused_next(redis_url, limiter_of):
    limiter, rates = limiter_of(redis_url, "5/minute"), {cost: rates_of("5/minute") for cost in Cost}
    async with Redis.from_url(redis_url) as redis:
        who, network = {Per.ADDRESS: "192.0.2.1"}, {Per.ADDRESS: "2001:db8::/64"}
        for _ in range(5):
            await limiter.admit(Cost.READ, network)
        for _ in range(4):
            await limiter.admit(Cost.READ, who)
        found = await limited_callers.limited(redis, rates)
        assert [(one.cost, one.per, one.who) for one in found.limited] == [(Cost.READ, Per.ADDRESS, "2001:db8::/64")]
        assert found.complete
        assert 1 <= found.limited[0].wait <= 61
        # Of limits that are not in force any more nobody is told.
        assert (await limited_callers.limited(redis, {cost: rates_of("3/minute") for cost in Cost})).limited == []
        # A minute and a half later what was counted has become the window before, and half of that has faded.
        for key in await redis.keys(f"{PREFIX}:*"):
            await redis.pexpire(key, 30_000)
        assert (await limited_callers.limited(redis, rates)).limited == []
        assert (await limiter.admit(Cost.READ, network)).admitted
