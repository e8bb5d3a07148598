import asyncio
import os
import time

import psutil
import pytest

from realstaging.kit.calls import Died, TookTooLong, TookTooMuch
from realstaging.kit.children import Allowance
from realstaging.kit.errors import Unavailable
from realstaging.runtime.processes import Processes
from tests.runtime import stuck


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


@pytest.mark.parametrize(
    ("work", "allowance", "error"),
    [
        (stuck.forever, Allowance(seconds=5), TookTooLong),
        (stuck.spin, Allowance(processor_seconds=0.3), TookTooLong),
        (stuck.swallow, Allowance(resident=200_000_000), TookTooMuch),
    ],
)
async def test_work_that_takes_too_much_is_killed_and_the_rest_goes_on(work, allowance, error):
    """What runs beside it neither fails nor loses its process, and the killed one's place is taken by a new one."""
    pool = Processes(2, allowance)
    bad, beside = asyncio.create_task(pool.run(work)), set()
    while not bad.done():
        beside.add(await pool.run(stuck.together))
    with pytest.raises(error):
        await bad
    assert len(beside) == 1
    assert beside < set(await asyncio.gather(pool.run(stuck.together), pool.run(stuck.together)))
    pool.close()


async def test_a_process_that_dies_takes_no_other_work_along(tmp_path):
    pool = Processes(2)
    beside = asyncio.create_task(pool.run(stuck.wait_for, tmp_path / "go"))
    with pytest.raises(Died):
        await pool.run(os._exit, 1)
    (tmp_path / "go").touch()
    assert await beside
    pool.close()


async def test_what_is_raised_there_is_raised_here(processes):
    with pytest.raises(ZeroDivisionError) as raised:
        await processes.run(divmod, 1, 0)
    assert "Traceback" in str(raised.value.__cause__)
    with pytest.raises(Exception, match="two"):
        await processes.run(stuck.awkward)
    assert await processes.run(abs, -1) == 1, "an error that does not travel costs no process"


async def test_closing_ends_what_runs(tmp_path):
    pool = Processes(1)
    pid = await pool.run(stuck.pid)
    working = asyncio.create_task(pool.run(stuck.forever))
    while pool.idle:
        await asyncio.sleep(0)
    pool.close()
    with pytest.raises(Unavailable):
        await working
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with pytest.raises(Unavailable):
        await pool.run(stuck.pid)


async def test_a_process_starts_with_nothing_of_its_owner(processes):
    """What decodes strangers' files holds what decoding needs, and no more."""
    assert not {"pytest", "litestar", "asyncpg", "PIL", "numpy", "cv2"} & set(await processes.run(stuck.modules))


KEPT = []


def litter():
    """Leave memory behind as a busy process does: most of it free, in pieces between some that stay."""
    pieces = [bytes(2000) for _ in range(60_000)]
    KEPT.extend(pieces[::300])


async def test_all_processes_but_one_end_when_nobody_needs_them():
    pool = Processes(3, rested=0.2)
    try:
        await asyncio.gather(*(pool.run(time.sleep, 0.1) for _ in range(3)))
        assert len(pool._all) == 3
        async with asyncio.timeout(10):
            while len(pool._all) > 1:
                await asyncio.sleep(0.02)
        [left] = pool._all
        assert await pool.run(os.getpid) == left._process.pid
        assert pool.idle
    finally:
        pool.close()


async def test_a_process_that_rests_gives_memory_back():
    pool = Processes(1)
    try:
        await pool.run(litter)
        [process] = pool._all
        busy = psutil.Process(process._process.pid).memory_info().rss
        async with asyncio.timeout(20):
            while psutil.Process(process._process.pid).memory_info().rss > busy - 60_000_000:
                await asyncio.sleep(0.05)
    finally:
        pool.close()
