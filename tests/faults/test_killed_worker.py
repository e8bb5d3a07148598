"""kill -9 of the worker at every step of a staging: nothing is lost, nothing is there twice, the final state is right."""

import asyncio
import sys

import msgspec
import pytest

from realstaging.domains.staging import deliverables
from tests.faults.doomed import STEPS

# How long a busy machine may take; benchmarks/recovery.py measures how long it does take.
PATIENCE = 60.0


@pytest.mark.parametrize("step", STEPS)
async def test_the_staging_is_finished_by_the_next_worker(service, ada, tmp_path, step):
    project = await ada.project()
    photo = await ada.photo(project)
    [staging] = await ada.stage(photo)
    await killed_at(step, service, tmp_path)
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


async def killed_at(step, service, folder):
    settings = folder / "settings.json"
    settings.write_bytes(msgspec.json.encode(service.settings))
    worker = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.faults.doomed", settings, step)
    try:
        async with asyncio.timeout(PATIENCE):
            assert await worker.wait() == -9, "the worker ended by itself"
    finally:
        if worker.returncode is None:
            worker.kill()
