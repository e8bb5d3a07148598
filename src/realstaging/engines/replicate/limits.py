"""Not asking more often than Replicate allows, and not at all while it is down.

600 creates and 3,000 other calls a minute (https://replicate.com/docs/topics/predictions/rate-limits, read 2026-11-22),
less for accounts with little credit: a 429 says so, and is obeyed by everybody who shares the limiter.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Protocol

from realstaging.engines.replicate.errors import NotReached, Throttled


class Call(StrEnum):
    CREATE = "create"
    OTHER = "other"


PER_MINUTE = {Call.CREATE: 600, Call.OTHER: 3000}


class RateLimiter(Protocol):
    """Shared by all who use one Replicate account: in production by every worker, through Valkey."""

    async def admit(self, call: Call) -> None:
        """Return when the call may be made. Throttled when that would take longer than the limiter lets anyone wait."""
        ...

    async def slow_down(self, call: Call, seconds: float) -> None:
        """Replicate answered 429: nobody makes this kind of call for so long."""
        ...


class ProcessLimiter:
    """The limiter of a single process, as the command line uses: each call takes its turn a fixed spacing after the last.

    ``burst`` calls may go at once (GCRA, the virtual scheduling of ITU-T I.371).
    """

    def __init__(
        self,
        per_minute: dict[Call, int] | None = None,
        burst: int = 50,
        patience: float = 30.0,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._spacing = {call: 60.0 / rate for call, rate in (per_minute or PER_MINUTE).items()}
        self._burst = burst
        self._patience = patience
        self._now = now
        self._sleep = sleep
        self._due = dict.fromkeys(self._spacing, 0.0)
        self._closed_until = dict.fromkeys(self._spacing, 0.0)

    async def admit(self, call: Call) -> None:
        now, spacing = self._now(), self._spacing[call]
        due = max(self._due[call], now)
        wait = max(due - now - spacing * (self._burst - 1), self._closed_until[call] - now, 0.0)
        if wait > self._patience:
            raise Throttled(wait)
        self._due[call] = due + spacing
        if wait:
            await self._sleep(wait)

    async def slow_down(self, call: Call, seconds: float) -> None:
        self._closed_until[call] = max(self._closed_until[call], self._now() + seconds)


class Circuit:
    """Opens after ``threshold`` failures in a row; lets one call through after ``pause`` seconds to see whether it is back."""

    def __init__(self, threshold: int = 8, pause: float = 15.0, now: Callable[[], float] = time.monotonic) -> None:
        self._threshold = threshold
        self._pause = pause
        self._now = now
        self._failures = 0
        self._open_until = 0.0

    def check(self) -> None:
        """NotReached, with the time to wait, while the circuit is open."""
        if self._failures < self._threshold:
            return
        left = self._open_until - self._now()
        if left > 0:
            error = NotReached("Replicate is not answering; not asking it for a moment.")
            error.retry_after = left
            raise error
        self._open_until = self._now() + self._pause

    def succeeded(self) -> None:
        self._failures = 0

    def failed(self) -> None:
        self._failures += 1
        if self._failures >= self._threshold:
            self._open_until = self._now() + self._pause
