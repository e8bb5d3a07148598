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


async def until_well(platform, flaky, name, **more):
    """Let a worker do the chore until it goes well."""
    stop = asyncio.Event()
    chore = Chore(name, 0.01, flaky, **more)
    working = asyncio.create_task(serve(platform, {}, {}, stop, [chore]))
    async with asyncio.timeout(20):
        await flaky.well.wait()
    stop.set()
    await working


def failures_of(name):
    return REGISTRY.get_sample_value("realstaging_chore_failures_total", {"chore": name})


def success_of(name):
    return REGISTRY.get_sample_value("realstaging_chore_last_success_timestamp_seconds", {"chore": name})


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(chores, "FIRST_PAUSE", 0.001)


@pytest.mark.parametrize(
    "failure",
    [KeyError("a.kind.of.tomorrow"), RuntimeError("storage"), OSError("disk full"), asyncio.CancelledError()],
)
async def test_whatever_a_chore_fails_with_it_is_done_again_and_counted(platform, at_once, failure):
    name = f"fails_with_{type(failure).__name__}"
    began = time.time()
    await until_well(platform, Flaky(failure, failure), name)
    assert failures_of(name) == 2
    assert success_of(name) >= began


async def test_a_chore_that_hangs_is_ended_and_done_again(platform, at_once):
    class Hanging(Flaky):
        async def __call__(self, platform):
            if self.failures:
                self.failures.pop()
                await asyncio.Event().wait()
            self.well.set()

    await until_well(platform, Hanging(1), "hangs", longest=0.01)
    assert failures_of("hangs") == 1


async def test_the_age_of_a_chore_that_never_succeeds_is_that_of_its_worker(platform, at_once):
    began = time.time()
    doing = asyncio.create_task(chores.keep_doing(platform, Chore("never", 0.01, Flaky(*[ValueError()] * 1000))))
    async with asyncio.timeout(5):
        while not failures_of("never"):
            await asyncio.sleep(0)
        first = success_of("never")
        failed = failures_of("never")
        while failures_of("never") < failed + 3:
            await asyncio.sleep(0)
    assert began <= success_of("never") == first
    doing.cancel()


@pytest.mark.parametrize(
    ("every", "failures", "seconds"),
    [(3600, 0, 3600), (3600, 1, 1), (3600, 4, 8), (3600, 10_000, 60), (2, 0, 2), (2, 2, 2), (2, 10_000, 8)],
)
def test_pauses_double_up_to_a_bound(every, failures, seconds):
    assert chores.pause(Chore("any", every, Flaky()), failures) == seconds
