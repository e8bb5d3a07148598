"""Chores: what a worker does every so many seconds, for as long as it runs, whatever goes wrong in between.

A chore that fails is logged and counted, and tried again after a pause that doubles, with jitter, up to a minute; the next
success ends that. Two metrics tell an operator (docs/how-to/monitoring.md): failures, and when a chore last succeeded.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from typing import Final

import msgspec
import structlog

from realstaging.kit import tracing
from realstaging.runtime import error_tracking
from realstaging.runtime.platform import Platform
from realstaging.runtime.telemetry import CHORE_FAILURES, CHORE_SUCCESS

log = structlog.get_logger()

# A worker that lives shorter than a chore's pause would never do it: the first turn comes within this many seconds.
FIRST_WITHIN: Final = 60.0
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 60.0
# What is done every few seconds is waited for: jobs of dead workers are found by it. It is tried again sooner.
LONGEST_PAUSE_OF_FREQUENT: Final = 8.0
# Ten times what an hour's worth of any chore takes. One that hangs is as dead as one that has ended.
LONGEST_TURN: Final = 600.0


class Chore(msgspec.Struct, frozen=True):
    """Something to be done every so many seconds. ``name`` is its label in metrics and logs."""

    name: str
    every: float
    run: Callable[[Platform], Awaitable[object]]
    longest: float = LONGEST_TURN
    """Seconds after which a turn is ended and counts as failed."""


def pause(chore: Chore, failures: int) -> float:
    """Seconds to the chore's next turn, after so many failures in a row; jitter comes off that."""
    if not failures:
        return chore.every
    longest = min(LONGEST_PAUSE, max(LONGEST_PAUSE_OF_FREQUENT, chore.every))
    return float(min(longest, FIRST_PAUSE * 2 ** min(failures - 1, 10)))


async def keep_doing(platform: Platform, chore: Chore) -> None:
    """Do the chore until cancelled."""
    failed = CHORE_FAILURES.labels(chore.name)
    succeeded = CHORE_SUCCESS.labels(chore.name)
    # Until its first turn a chore is as old as its worker: an alert on its age must not go off at every start.
    succeeded.set(time.time())
    failures = 0
    # What is done every few seconds is done at once: a worker that starts may be the one that follows a dead one.
    if chore.every > LONGEST_PAUSE_OF_FREQUENT:
        await asyncio.sleep(random.uniform(0, min(chore.every, FIRST_WITHIN)))
    while True:
        error = await _turn(platform, chore)
        if error:
            failures += 1
            failed.inc()
            log.error("chore.failed", chore=chore.name, failures=failures, error=repr(error), exc_info=error)
            error_tracking.caught(error, chore=chore.name)
            # Workers that failed together do not come back together.
            await asyncio.sleep(pause(chore, failures) * random.uniform(0.5, 1))
        else:
            failures = 0
            succeeded.set(time.time())
            await asyncio.sleep(chore.every)


async def _turn(platform: Platform, chore: Chore) -> BaseException | None:
    """Do it once. What it fails with, whatever that is; raised is only that this worker stops."""
    task = asyncio.current_task()
    try:
        async with asyncio.timeout(chore.longest):
            with tracing.Span(f"chore {chore.name}"):
                await chore.run(platform)
    except asyncio.CancelledError as error:
        # Something the chore waited for was cancelled, or the chore's own task: only the second is meant for us.
        if task is None or task.cancelling():
            raise
        return error
    except Exception as error:  # noqa: BLE001 - the next turn must come
        return error
    return None
