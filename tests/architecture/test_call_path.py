"""Which files a staging passes is counted by running one (docs/decisions/0113)."""

import re
from pathlib import Path

import msgspec
import pytest

from harness import call_path
from harness.service import RectangleEngine, room, service
from realstaging.engines import catalog
from realstaging.engines.engine import CostClass

RECORD = Path(__file__).parents[2] / "docs/decisions/0113-the-way-of-a-staging.md"


def engines(*_):
    """One whose pictures cost what a provider's do: money is on the way, too."""
    costs = msgspec.structs.replace(catalog.abilities("local"), cost=CostClass.PROVIDERS_PICTURE)
    return {"local": RectangleEngine(costs)}


@pytest.mark.long  # every call of the processes is looked at, twice a staging: some 20 s
async def test_every_file_that_a_staging_passes_is_written_down_with_its_reason(tmp_path, database_url, redis_url):
    written = re.findall(r"`([\w/]+\.py)`", RECORD.read_text().partition("| why they")[2].partition("\n\n")[0])
    running = service(tmp_path, database_url, redis_url, build_engines=engines)
    async with running as house, house.signed_in() as ada, house.working():
        photo = await ada.photo(await ada.project(), room())
        path = await call_path.of_a_staging(ada, photo, house.jobs_done)
    passed = path.files(*call_path.TOOLS, *call_path.PICTURES)
    assert sorted(set(passed) - set(written)) == [], "whoever adds one writes it down"
    assert [name for name in written if not (call_path.SOURCE / name).is_file()] == []
    assert len(written) == len(set(written)) == 69
    # What is written down is what is passed, but for what happens now and then (a line that is logged, an hour that begins).
    assert len(passed) >= 60
