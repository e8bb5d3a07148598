"""The rate limit shared by every process that uses one Replicate account, in Valkey."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

from redis.asyncio import Redis
from redis.exceptions import RedisError

from realstaging.engines.replicate.errors import NotReached, Throttled
from realstaging.engines.replicate.limits import PER_MINUTE, Call

# GCRA as in ProcessLimiter, in one step and by the server's own clock, so that processes need not agree on the time. Gives the
# milliseconds to wait; nothing is taken where that is more than the caller's patience. KEYS: due, closed. ARGV: spacing, burst, patience.
_ADMIT: Final = """
local time = redis.call('time')
local now = time[1] * 1000 + time[2] / 1000
local due = math.max(tonumber(redis.call('get', KEYS[1]) or '0'), now)
local wait = math.max(due - now - ARGV[1] * (ARGV[2] - 1), redis.call('pttl', KEYS[2]), 0)
if wait <= tonumber(ARGV[3]) then
  redis.call('set', KEYS[1], string.format('%.3f', due + ARGV[1]), 'px', math.ceil(due + ARGV[1] - now) + 1000)
end
return math.ceil(wait)
"""
# A told pause only ever grows. KEYS: closed. ARGV: milliseconds.
_CLOSE: Final = """
if redis.call('pttl', KEYS[1]) < tonumber(ARGV[1]) then redis.call('set', KEYS[1], '1', 'px', ARGV[1]) end
return 0
"""


class SharedLimiter:
    """`RateLimiter` for all workers. NotReached while Valkey does not answer: better no call than too many."""

    def __init__(
        self,
        redis: Redis,
        *,
        name: str = "realstaging:replicate",
        per_minute: dict[Call, int] | None = None,
        burst: int = 50,
        patience: float = 30.0,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._redis = redis
        self._name = name
        self._spacing = {call: 60_000 / rate for call, rate in (per_minute or PER_MINUTE).items()}
        self._burst = burst
        self._patience = patience
        self._sleep = sleep
        self._admit: Any = redis.register_script(_ADMIT)
        self._close: Any = redis.register_script(_CLOSE)

    async def admit(self, call: Call) -> None:
        keys = [f"{self._name}:{call}:due", f"{self._name}:{call}:closed"]
        wait = await self._asked(self._admit, keys, [self._spacing[call], self._burst, self._patience * 1000]) / 1000
        if wait > self._patience:
            raise Throttled(wait)
        if wait:
            await self._sleep(wait)

    async def slow_down(self, call: Call, seconds: float) -> None:
        await self._asked(self._close, [f"{self._name}:{call}:closed"], [max(1, round(seconds * 1000))])

    async def _asked(self, script: Any, keys: list[str], arguments: list[float]) -> float:
        try:
            async with asyncio.timeout(3):
                return float(await script(keys=keys, args=arguments))
        except (RedisError, OSError, TimeoutError) as error:
            raise NotReached("The shared rate limit cannot be asked.") from error
