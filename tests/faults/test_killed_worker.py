"""kill -9 of the worker at every step of a staging: nothing is lost, nothing is there twice, the final state is right."""

import msgspec
import pytest

from harness import doomed
from harness.doomed import STEPS
from harness.killing import killed
from realstaging.domains.staging import deliverables

# A claimed row, and files with an outcome that was not committed; the other traces of a dead worker in
# the long tests.
OFTEN = {
    "claimed, not begun",
    "outcome written, not committed",
}


@pytest.mark.parametrize(
    "step", [step if step in OFTEN else pytest.param(step, marks=pytest.mark.long) for step in STEPS]
)
async def test_the_staging_is_finished_by_the_next_worker(service, ada, step):
    project = await ada.project()
    photo = await ada.photo(project)
    [staging] = await ada.stage(photo)
    await killed(doomed.run, msgspec.json.encode(service.settings), step)
    async with service.working():
        ready = await ada.until(staging, "ready")
        await service.jobs_done()
    assert ready["error"] is None
    gallery = await ada.ask("GET", f"projects/{project['id']}/gallery")
    assert [item["id"] for item in gallery["photos"][0]["stagings"]] == [staging["id"]]
    kept = await service.platform.storage.list(f"results/{staging['id']}/")
    assert sorted(name.rpartition("/")[2] for name in kept) == sorted(deliverables.NAMES)
    assert len({name.rpartition("/")[0] for name in kept}) == 1
    told = await service.platform.database.fetch(
        "select data from events where kind = 'staging.changed' and data ->> 'state' = 'ready'"
    )
    assert len(told) == 1
