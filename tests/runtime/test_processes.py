import asyncio
import os
import time

import pytest

from realstaging.kit.errors import Unavailable
from realstaging.runtime.processes import Processes


@pytest.fixture
def processes():
    pool = Processes(1)
    yield pool
    pool.close()


async def test_what_ends_something_goes_before_what_begins_something(processes):
    ended = []

    async def work(name, run):
        await run(time.sleep, 0.01)
        ended.append(name)

    first = asyncio.create_task(work("first", processes.run))
    await asyncio.sleep(0)
    begun = [asyncio.create_task(work(f"begins {number}", processes.run)) for number in range(3)]
    await asyncio.sleep(0)
    last = asyncio.create_task(work("ends", processes.run_next))
    await asyncio.gather(first, *begun, last)
    assert ended == ["first", "ends", "begins 0", "begins 1", "begins 2"]


async def test_who_no_longer_waits_loses_nobody_a_turn(processes):
    running = asyncio.create_task(processes.run(time.sleep, 0.3))
    await asyncio.sleep(0)
    waiting = [asyncio.create_task(processes.run(abs, -number)) for number in range(3)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    running.cancel()
    assert await asyncio.gather(*waiting[1:]) == [1, 2]
    assert await processes.run(abs, -7) == 7


async def test_a_process_that_dies_is_replaced(processes):
    with pytest.raises(Unavailable):
        await processes.run(os._exit, 1)
    assert await processes.run(abs, -3) == 3
