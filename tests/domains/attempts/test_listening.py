import asyncio

import pytest

from realstaging.domains.attempts.service import StoredAttempts
from realstaging.kit.ids import new_id
from realstaging.runtime.database import open_pool
from realstaging.runtime.unpaid import Caps


@pytest.fixture
async def database(database_url):
    pool = await open_pool(database_url)
    yield pool
    await pool.close()


async def attempt(database, token, answer):
    await database.execute(
        """insert into attempts (token, request_key, staging_id, number, model, prompt_version, price, answer)
           values ($1, $1, $2, 1, 'a/model', '1', 0, $3)""",
        token,
        new_id(),
        answer,
    )


async def test_each_is_told_its_own_answer(database):
    attempts = StoredAttempts(database, Caps())
    async with asyncio.timeout(10):
        first, second = (asyncio.create_task(attempts.told(token, 60)) for token in ("one", "two"))
        await attempt(database, "one", {"id": "p1", "status": ["what"]})
        assert await first == {"id": "p1", "status": ["what"]}, "what it means its engine knows"
        assert not second.done()
        await attempt(database, "two", {"id": "p2"})
        assert (await second)["id"] == "p2"


async def test_a_database_that_is_away_for_a_moment_ends_no_listening(database):
    attempts = StoredAttempts(database, Caps())
    async with asyncio.timeout(20):
        waiting = asyncio.create_task(attempts.told("good", 60))
        await database.execute("alter table attempts rename to gone")
        await asyncio.sleep(0.2)
        await database.execute("alter table gone rename to attempts")
        await attempt(database, "good", {"id": "p1", "status": "succeeded"})
        assert (await waiting)["id"] == "p1"


async def test_of_two_who_wait_for_one_answer_each_hears_it(database):
    """One gives up before: the other's wait is its own."""
    attempts = StoredAttempts(database, Caps())
    async with asyncio.timeout(10):
        impatient, patient = (asyncio.create_task(attempts.told("one", seconds)) for seconds in (0.05, 60))
        assert await impatient is None
        await attempt(database, "one", {"id": "p1"})
        assert (await patient)["id"] == "p1"
