import asyncio

import pytest

from realstaging.kit.tasks import ended


async def test_a_loop_that_misses_a_cancellation_ends_all_the_same():
    """As asyncpg's pool does it (asyncpg/compat.py): a connection that was got at that moment is not to be lost."""
    answers = asyncio.Queue()
    turns = 0

    async def wait_for(answer):
        try:
            await asyncio.shield(answer)
        except asyncio.CancelledError:
            if not answer.done():
                raise
        return answer.result()

    async def loop():
        nonlocal turns
        while True:
            answer = asyncio.get_running_loop().create_future()
            answers.put_nowait(answer)
            await wait_for(answer)
            turns += 1

    task = asyncio.ensure_future(loop())
    (await answers.get()).set_result(None)
    await ended(task, again=0.01)
    assert task.cancelled()
    assert turns == 1, "the cancellation was not missed: the test shows nothing"


async def test_a_task_has_the_time_to_put_things_away():
    put_away = asyncio.Event()

    async def work():
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.02)
            put_away.set()

    task = asyncio.ensure_future(work())
    await asyncio.sleep(0)
    await ended(task)
    assert put_away.is_set()
    assert task.cancelled()


async def test_what_is_over_stays_as_it_is():
    async def work():
        raise LookupError

    task = asyncio.ensure_future(work())
    await asyncio.wait({task})
    await ended(task)
    with pytest.raises(LookupError):
        task.result()
