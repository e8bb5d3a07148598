"""How many requests may come in a minute: counted in Valkey for all processes together, in this process while Valkey is away.

The counters are those of the library's sliding window (https://limits.readthedocs.io, strategy "sliding window counter"), under
its own keys. It asks for one limit at a time; here one script looks at every limit that a request falls under and takes from all
of them or from none, in one round trip (docs/decisions/0072).
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Final

import msgspec
import structlog
from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from prometheus_client import Counter
from redis.exceptions import NoScriptError, RedisError

from realstaging.runtime.valkey import client

log = structlog.get_logger()

# A request waits for its place no longer than this (seconds); counting costs well below 1 ms where all is well.
PATIENCE: Final = 0.05
# After a failure Valkey is not asked for this long (seconds): no request waits for what is known to be away.
PAUSE: Final = 1.0
# Counters that a process keeps by itself are shared out among this many, so that no number of callers fills its memory.
PLACES: Final = 2048
PREFIX: Final = "realstaging:rates"

LOCAL: Final = Counter("realstaging_rate_local_total", "Requests counted in the process because Valkey did not answer.")
REFUSED: Final = Counter("realstaging_rate_refused_total", "Requests refused as too many.", ["cost", "per"])


class Cost(StrEnum):
    """What kind of work a request is. Each kind has limits of its own."""

    READ = "read"
    WRITE = "write"
    UPLOAD = "upload"
    STAGE = "stage"
    FILE = "file"
    """A picture, or a part of the web app: many belong to one page."""
    CHECKOUT = "checkout"
    """Payment pages, and what may charge a card: few, so that nobody tries out stolen cards here."""
    WEBHOOK = "webhook"
    LINK = "upload-link"
    """What whoever has an upload link asks for."""
    REPORT = "report"
    """What a page reports of itself, without sign-in."""
    SIGN_IN = "sign-in"
    """A request to what needs a sign-in, without a valid one."""

    @property
    def setting(self) -> str:
        """The setting that limits it."""
        return f"rate_limit_{self.replace('-', '_')}"


class Per(StrEnum):
    """Whose requests are counted together."""

    ACCOUNT = "account"
    TOKEN = "token"  # noqa: S105 - a word, no secret
    ADDRESS = "address"


Rates = Mapping[Cost, Mapping[Per, RateLimitItem]]


def rates_of(text: str) -> dict[Per, RateLimitItem]:
    """The limits in a setting: one for each of ``Per`` as ``3000/minute, 2400/minute, 6000/minute``, two for tokens and addresses, or
    one for addresses alone. ValueError where it is none of these.
    """
    amounts = [parse(part.strip()) for part in text.split(",")]
    if any(item.amount < 1 for item in amounts):
        raise ValueError("a limit of nothing at all")
    if len(amounts) == 1:
        return {Per.ADDRESS: amounts[0]}
    if len(amounts) == 2:  # noqa: PLR2004 - as said
        return {Per.TOKEN: amounts[0], Per.ADDRESS: amounts[1]}
    return dict(zip(Per, amounts, strict=True))


class Standing(msgspec.Struct, frozen=True):
    """Where a caller stands with one limit. ``remaining`` requests; ``wait``: seconds until there is one more."""

    cost: Cost
    per: Per
    most: int
    window: int
    remaining: int
    wait: int

    @property
    def name(self) -> str:
        return f"{self.cost}-{self.per}"


class Admission(msgspec.Struct, frozen=True):
    """Whether a request may come, and where its caller stands with every limit it falls under."""

    admitted: bool
    standings: list[Standing]

    @property
    def exceeded(self) -> list[Standing]:
        """The limits that stand in the way."""
        if self.admitted:
            return []
        least = min(standing.remaining for standing in self.standings)
        return [standing for standing in self.standings if standing.remaining == least]


class Counted(msgspec.Struct, frozen=True):
    """A sliding window: what is left of the one before, and the one that runs. Times to live in milliseconds."""

    before: int
    before_left: int
    now: int
    now_left: int


def stand(item: RateLimitItem, counted: Counted) -> tuple[int, int]:
    """Requests remaining, and the whole seconds after which there is one more.

    The window before counts with the share of it that is still within one window's length, rounded down.
    """
    window = item.get_expiry() * 1000
    weighted = counted.before * counted.before_left // window
    if weighted:
        wait = counted.before_left - weighted * window / counted.before
    else:
        # What runs becomes the window before when half of its key's life is over, and then fades.
        wait = max(0, counted.now_left - window)
    return max(0, item.amount - weighted - counted.now), int(wait // 1000) + 1


# For each limit: KEYS the window before and the one that runs, ARGV the most and the window in seconds. The first answer is how many
# limits stand in the way; four numbers follow for each. Written after the library's own acquire_sliding_window.lua.
_ADMIT: Final = """
local refused, seen = 0, {}
for i = 1, #KEYS / 2 do
  local before, now = KEYS[2 * i - 1], KEYS[2 * i]
  local most, window = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i]) * 1000
  local left = redis.call('pttl', now)
  if left > 0 and left < window then
    redis.call('rename', now, before)
    redis.call('set', now, 0, 'px', left + window)
  end
  local standing = {
    tonumber(redis.call('get', before) or '0'), math.max(redis.call('pttl', before), 0),
    tonumber(redis.call('get', now) or '0'), math.max(redis.call('pttl', now), 0)}
  if math.floor(standing[1] * standing[2] / window) + standing[3] + 1 > most then refused = refused + 1 end
  seen[i] = standing
end
local answer = {refused}
for i = 1, #seen do
  if refused == 0 then
    local now, window = KEYS[2 * i], tonumber(ARGV[2 * i]) * 1000
    if seen[i][4] > 0 then redis.call('incr', now) else redis.call('set', now, 1, 'px', 2 * window) seen[i][4] = 2 * window end
    seen[i][3] = seen[i][3] + 1
  end
  for j = 1, 4 do answer[#answer + 1] = seen[i][j] end
end
return answer
"""


Limit = tuple[Per, RateLimitItem, str]
"""A limit, and who is held to it."""
Question = tuple[list[str], list[int], "asyncio.Future[list[int] | None]"]


class _Valkey:
    """Asks the script, over one connection: questions that come together share a round trip, and nobody waits long."""

    def __init__(self, url: str, patience: float, clock: Callable[[], float]) -> None:
        self._redis = client(url, patience=5, max_connections=1)
        self._script = hashlib.sha1(_ADMIT.encode(), usedforsecurity=False).hexdigest()
        self._patience = patience
        self._clock = clock
        self._asked_again_at = 0.0
        self._waiting: list[Question] = []
        self._asking: asyncio.Task[None] | None = None

    async def ask(self, keys: list[str], arguments: list[int]) -> list[int] | None:
        """The script's answer; None where there is none in time, and at once for a while after that."""
        if self._clock() < self._asked_again_at:
            return None
        answer: asyncio.Future[list[int] | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((keys, arguments, answer))
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask_all())
        return await answer

    async def _ask_all(self) -> None:
        while self._waiting:
            together, self._waiting = self._waiting, []
            try:
                answers = await self._asked(together)
            except Exception as mistake:  # noqa: BLE001 - theirs who ask, or they would wait for ever
                for *_, future in together:
                    if not future.done():
                        future.set_exception(mistake)
                continue
            for (*_, future), answer in zip(together, answers, strict=True):
                if not future.done():
                    future.set_result(answer)

    async def _asked(self, together: list[Question]) -> Sequence[list[int] | None]:
        try:
            async with asyncio.timeout(self._patience):
                try:
                    return await self._send(together)
                except NoScriptError:
                    await self._redis.script_load(_ADMIT)
                    return await self._send(together)
        except (RedisError, OSError, TimeoutError) as error:
            self._asked_again_at = self._clock() + PAUSE
            log.warning("rates.local", error=repr(error))
            return [None] * len(together)

    async def _send(self, together: list[Question]) -> list[list[int] | None]:
        pipeline = self._redis.pipeline(transaction=False)
        for keys, arguments, _ in together:
            pipeline.evalsha(self._script, len(keys), *keys, *arguments)
        return list(await pipeline.execute())

    async def close(self) -> None:
        await self._redis.aclose()


class RateLimiter:
    """Admits or refuses requests. Never an open door: while Valkey is away each process counts by itself."""

    def __init__(
        self,
        redis_url: str,
        rates: Rates,
        *,
        patience: float = PATIENCE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rates = rates
        self._valkey = _Valkey(redis_url, patience, clock)
        self._memory = MemoryStorage()
        self._local = SlidingWindowCounterRateLimiter(self._memory)

    async def admit(self, cost: Cost, callers: Mapping[Per, str]) -> Admission:
        """Count a request against every limit of its cost that ``callers`` names somebody for, or against none of them."""
        limits = [(per, item, callers[per]) for per, item in self._rates[cost].items() if per in callers]
        admission = await self._shared(cost, limits) or await self._alone(cost, limits)
        for standing in admission.exceeded:
            REFUSED.labels(cost, standing.per).inc()
        return admission

    async def _shared(self, cost: Cost, limits: Sequence[Limit]) -> Admission | None:
        """None where Valkey does not answer in time."""
        keys: list[str] = []
        arguments: list[int] = []
        for per, item, who in limits:
            now = f"{PREFIX}:{{{item.key_for(cost, per, who)}}}"
            keys += [f"{now}/-1", now]
            arguments += [item.amount, item.get_expiry()]
        answer = await self._valkey.ask(keys, arguments)
        if answer is None:
            return None
        refused, *numbers = answer
        windows = [Counted(*numbers[at : at + 4]) for at in range(0, len(numbers), 4)]
        return _admission(cost, limits, windows, admitted=refused == 0)

    async def _alone(self, cost: Cost, limits: Sequence[Limit]) -> Admission:
        LOCAL.inc()
        named = [(item, (cost, per, _place(who))) for per, item, who in limits]
        admitted = all([await self._local.test(item, *names) for item, names in named])
        if admitted:
            admitted = all([await self._local.hit(item, *names) for item, names in named])
        windows = []
        for item, names in named:
            before, before_left, now, now_left = await self._memory.get_sliding_window(
                item.key_for(*names), item.get_expiry()
            )
            windows.append(Counted(before, round(before_left * 1000), now, round(now_left * 1000)))
        return _admission(cost, limits, windows, admitted=admitted)

    async def close(self) -> None:
        await self._valkey.close()


def _place(who: str) -> str:
    digest = hashlib.blake2b(who.encode(), digest_size=4).digest()
    return str(int.from_bytes(digest) % PLACES)


def _admission(cost: Cost, limits: Sequence[Limit], windows: Sequence[Counted], *, admitted: bool) -> Admission:
    return Admission(
        admitted,
        [
            Standing(cost, per, item.amount, item.get_expiry(), *stand(item, counted))
            for (per, item, _), counted in zip(limits, windows, strict=True)
        ],
    )
