"""Who is being limited at this moment: read from the counters in Valkey that `rate_limits` counts with, so that it costs requests nothing."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from limits import RateLimitItem
from redis.asyncio import Redis

from realstaging.runtime.rate_limits import PREFIX, Cost, Counted, Per, Rates, stand

MOST_COUNTERS: Final = 50_000
"""That are looked at: each is some caller's, for one kind of request."""
LONGEST_LOOK: Final = 2.0
"""Seconds."""
AT_ONCE: Final = 500
# A counter's name, as the library makes it (`RateLimitItem.key_for`): who it is of may have slashes in it, as networks do.
NAME: Final = re.compile(rf"{PREFIX}:{{LIMITER/(?P<cost>[a-z-]+)/(?P<per>[a-z]+)/(?P<who>.+)/\d+/\d+/[a-z]+}}")


class Limited(msgspec.Struct, frozen=True):
    """A caller who has no request left of a kind; ``wait``: seconds until there is one."""

    cost: Cost
    per: Per
    who: str
    wait: int


class Found(msgspec.Struct, frozen=True):
    """Those who are limited; not ``complete`` where there were too many counters, or Valkey took too long."""

    limited: list[Limited]
    complete: bool


async def limited(redis: Redis, rates: Rates) -> Found:
    """Everybody who is refused now. RedisError where Valkey is away: each process counts by itself then, and nobody knows of all."""
    until, seen, cursor = time.monotonic() + LONGEST_LOOK, 0, 0
    found: dict[tuple[Cost, Per, str], Limited] = {}
    while True:
        cursor, keys = await redis.scan(cursor, match=f"{PREFIX}:*}}", count=AT_ONCE)
        names = [key.decode() if isinstance(key, bytes) else key for key in keys]
        for one in await _of(redis, rates, names):
            found[one.cost, one.per, one.who] = one
        seen += len(names)
        if cursor == 0 or seen >= MOST_COUNTERS or time.monotonic() > until:
            return Found(sorted(found.values(), key=lambda one: (one.cost, one.per, one.who)), complete=cursor == 0)


async def _of(redis: Redis, rates: Rates, names: Sequence[str]) -> list[Limited]:
    counters = [(name, *counter) for name in names if (counter := _counter(rates, name))]
    if not counters:
        return []
    pipeline = redis.pipeline(transaction=False)
    for name, *_ in counters:
        for key in (f"{name}/-1", name):
            pipeline.get(key)
            pipeline.pttl(key)
    told: list[Any] = await pipeline.execute()
    found = []
    for place, (_, item, cost, per, who) in enumerate(counters):
        before, before_left, now, now_left = told[4 * place : 4 * place + 4]
        window = _as_asked_next(item, Counted(int(before or 0), max(before_left, 0), int(now or 0), max(now_left, 0)))
        remaining, wait = stand(item, window)
        if remaining == 0:
            found.append(Limited(cost, per, who, wait))
    return found


def _counter(
    rates: Mapping[Cost, Mapping[Per, RateLimitItem]], name: str
) -> tuple[RateLimitItem, Cost, Per, str] | None:
    """The limit that a counter is of, and whose it is; None for one of limits that are not in force any more."""
    parts = NAME.fullmatch(name)
    if parts is None or parts["cost"] not in set(Cost) or parts["per"] not in set(Per):
        return None
    cost, per, who = Cost(parts["cost"]), Per(parts["per"]), parts["who"]
    item = rates[cost].get(per)
    in_force = item is not None and name == f"{PREFIX}:{{{item.key_for(cost, per, who)}}}"
    return (item, cost, per, who) if item and in_force else None


def _as_asked_next(item: RateLimitItem, counted: Counted) -> Counted:
    """The windows as the next request finds them: what has run for a whole window's length becomes the one before."""
    window = item.get_expiry() * 1000
    if 0 < counted.now_left < window:
        return Counted(counted.now, counted.now_left, 0, counted.now_left + window)
    return counted
