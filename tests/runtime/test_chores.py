import asyncio
import time

import pytest
from prometheus_client import REGISTRY

from realstaging.runtime import chores
from realstaging.runtime.chores import Chore
from realstaging.worker import serve


class Flaky:
    """A chore that fails as it is told to, turn after turn, then goes well."""

    def __init__(self, *failures):
        self.failures = list(failures)
        self.well = asyncio.Event()

    async def __call__(self, platform):
        if self.failures:
            raise self.failures.pop(0)
        self.well.set()


async def until_well(platform, *doing):
    """Let a worker do its chores until all have gone well."""
    stop = asyncio.Event()
    working = asyncio.create_task(serve(platform, {}, {}, stop, doing))
    async with asyncio.timeout(30):
        for chore in doing:
            await chore.run.well.wait()
    stop.set()
    await working


def failures_of(name):
    return REGISTRY.get_sample_value("realstaging_chore_failures_total", {"chore": name})


def success_of(name):
    return REGISTRY.get_sample_value("realstaging_chore_last_success_timestamp_seconds", {"chore": name})


class Hanging(Flaky):
    """Hangs instead of failing."""

    async def __call__(self, platform):
        if self.failures:
            self.failures.pop()
            await asyncio.Event().wait()
        self.well.set()


async def test_whatever_a_chore_fails_with_it_is_done_again_and_counted(platform):
    """All at once: pauses between turns are those of life."""
    began = time.time()
    failures = [KeyError("a.kind.of.tomorrow"), RuntimeError("storage"), OSError("disk full"), asyncio.CancelledError()]
    doing = [Chore(f"fails_{type(error).__name__}", 0.01, Flaky(error, error)) for error in failures]
    hanging = Chore("hangs", 0.01, Hanging(1), longest=0.01)
    never = Chore("never", 0.01, Flaky(*[ValueError()] * 1000))
    keeping = asyncio.create_task(chores.keep_doing(platform, never))
    await until_well(platform, *doing, hanging)
    for chore in doing:
        assert failures_of(chore.name) == 2
        assert success_of(chore.name) > success_of("never")
    assert failures_of("hangs") == 1
    # Its age is that of its worker: an alert must not go off at every start.
    assert failures_of("never") >= 2
    assert began <= success_of("never") < began + 1
    keeping.cancel()


@pytest.mark.parametrize(
    ("every", "failures", "seconds"),
    [(3600, 0, 3600), (3600, 1, 1), (3600, 4, 8), (3600, 10_000, 60), (2, 0, 2), (2, 2, 2), (2, 10_000, 8)],
)
def test_pauses_double_up_to_a_bound(every, failures, seconds):
    assert chores.pause(Chore("any", every, Flaky()), failures) == seconds
