"""kill -9 of the worker at every step of a paid staging: it is finished by the next one, and paid once."""

import msgspec
import pytest

from harness import doomed_paid
from harness.doomed_paid import STEPS
from harness.killing import killed
from harness.paid import house

# Where money can be lost or spent twice: between being allowed to ask and knowing the id, and around outcome and settlement.
OFTEN = {
    "asked, answer not looked at",
    "settled, not committed",
}


@pytest.fixture
async def paid(tmp_path, database_url, redis_url):
    async with house(tmp_path, database_url, redis_url) as house_of_ada:
        yield house_of_ada


@pytest.mark.slow
@pytest.mark.parametrize(
    "step", [step if step in OFTEN else pytest.param(step, marks=pytest.mark.long) for step in STEPS]
)
async def test_a_paid_staging_survives_its_worker(paid, step):
    # Long enough for the create call to have come back before the end is told.
    paid.sandbox.conduct.run_median = 0.3
    [staging] = await paid.ada.stage(await paid.photo(), engine="replicate")
    await killed(doomed_paid.run, msgspec.json.encode(paid.service.settings), step)
    async with paid.working():
        ended = await paid.ada.until(staging, "ready", "failed")
        await paid.quiet()
    assert ended["state"] == "ready", ended["error"]
    rows = await paid.database.fetch(
        "select number, model, verdict, reason, answer, cost from attempts order by number"
    )
    assert len(paid.sandbox.predictions) == 1, [tuple(row) for row in rows]
    assert await paid.audit() == []
