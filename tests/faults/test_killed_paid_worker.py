"""kill -9 of the worker at every step of a paid staging: it is finished by the next one, and paid once."""

import asyncio
import sys

import msgspec
import pytest

from tests.faults.doomed_paid import STEPS
from tests.faults.paid import house


@pytest.fixture
async def paid(tmp_path, database_url, redis_url):
    async with house(tmp_path, database_url, redis_url) as house_of_ada:
        yield house_of_ada


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS)
async def test_a_paid_staging_survives_its_worker(paid, tmp_path, step):
    # Long enough for the create call to have come back before the end is told.
    paid.sandbox.conduct.run_median = 0.3
    [staging] = await paid.ada.stage(await paid.photo(), engine="replicate")
    settings = tmp_path / "settings.json"
    settings.write_bytes(msgspec.json.encode(paid.service.settings))
    worker = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.faults.doomed_paid", settings, step)
    try:
        async with asyncio.timeout(90):
            assert await worker.wait() == -9, "the worker never came to this step"
    finally:
        if worker.returncode is None:
            worker.kill()
            await worker.wait()
    async with paid.working():
        ended = await paid.ada.until(staging, "ready", "failed")
        await paid.settled()
    assert ended["state"] == "ready", ended["error"]
    rows = await paid.database.fetch(
        "select number, model, verdict, reason, answer, cost from attempts order by number"
    )
    assert len(paid.sandbox.predictions) == 1, [tuple(row) for row in rows]
    assert await paid.audit() == []
