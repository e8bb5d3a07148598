import asyncio

import pytest

from realstaging.domains.attempts.service import StoredAttempts
from realstaging.engines.replicate.predictions import Prediction
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
        """insert into attempts (token, wish, staging_id, number, model, prompt_version, price, answer)
           values ($1, $1, $2, 1, 'a/model', '1', 0, $3)""",
        token,
        new_id(),
        answer,
    )


async def test_an_answer_that_is_not_understood_spoils_no_other(database):
    """A newer release may write what this one cannot read."""
    good = {"id": "p1", "status": "succeeded"}
    assert Prediction(**good).ended
    attempts = StoredAttempts(database, Caps())
    async with asyncio.timeout(10):
        odd = asyncio.create_task(attempts.told("odd", 60))
        await asyncio.sleep(0)
        await attempt(database, "odd", {"status": ["what"]})
        # It asks the provider instead.
        assert await odd is None
        waiting = asyncio.create_task(attempts.told("good", 60))
        await asyncio.gather(attempts.told("odd", 60), attempt(database, "good", good))
        assert (await waiting).id == "p1"


async def test_a_database_that_is_away_for_a_moment_ends_no_listening(database):
    attempts = StoredAttempts(database, Caps())
    async with asyncio.timeout(20):
        waiting = asyncio.create_task(attempts.told("good", 60))
        await database.execute("alter table attempts rename to gone")
        await asyncio.sleep(0.2)
        await database.execute("alter table gone rename to attempts")
        await attempt(database, "good", {"id": "p1", "status": "succeeded"})
        assert (await waiting).id == "p1"
