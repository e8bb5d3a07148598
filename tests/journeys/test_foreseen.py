"""The page says what it saw of a photo, chooses its room by its name, and sends nothing in vain; on a phone and on a desk."""

import pytest
from playwright.async_api import expect

from harness.service import service as run_service
from realstaging.engines.brief import Prediction, RoomType
from tests.journeys.conftest import DIST
from tests.journeys.plans import PlanningEngine
from tests.journeys.steps import chosen, in_new_project

pytestmark = pytest.mark.browser

SEEN = ("About 4.2 m wide and 5.0 m deep, 2.6 m high.", "A door and two windows.")
FINE = Prediction("yes", seen=SEEN, room_type=RoomType.BEDROOM)
UNREADABLE = Prediction("no", refused=True, reasons=("I can't make out the walls of this room.",))


class PredictingEngine(PlanningEngine):
    """Makes out every room but halls, whatever is in the picture."""

    @property
    def predicts(self):
        return self

    async def predict(self, photo, named):
        return UNREADABLE if named is RoomType.ENTRYWAY else FINE


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    engines = {"local": PredictingEngine()}
    async with run_service(
        tmp_path, database_url, redis_url, build_engines=lambda *_: engines, web_folder=DIST
    ) as running:
        yield running


@pytest.fixture(params=[390, 1440])
def window(request):
    return {"viewport": {"width": request.param, "height": 900}}


@pytest.mark.long
async def test_rooms_are_chosen_by_name_seen_and_kept_from_the_queue(page, service, photos, tmp_path):
    hall = tmp_path / "Front Hall.jpg"
    hall.write_bytes(photos[0].read_bytes() + b"\0")
    async with service.working():
        await in_new_project(page)
        await chosen(page, [*photos, hall])
        rows = {name: page.locator(".queued").filter(has_text=name) for name in ("living", "bedroom", "Front Hall")}
        await expect(rows["bedroom"]).to_contain_text("Bedroom · Modern · by its name")
        await expect(rows["Front Hall"]).to_contain_text("Entryway · Modern · by its name")
        await page.get_by_role("button", name="Stage 3 photos").click()

        await expect(page.get_by_role("slider")).to_have_count(2)
        await expect(rows["Front Hall"].get_by_role("status")).to_contain_text(
            "I can't make out the walls of this room."
        )
        await expect(rows["Front Hall"]).to_contain_text("not staged yet, and nothing is charged")
        made = {row["room_type"] for row in await service.platform.database.fetch("select room_type from stagings")}
        assert made == {"living_room", "bedroom"}
        await expect(page.get_by_text(" ".join(SEEN)).first).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out"

        await page.get_by_role("button", name="Stage Front Hall.jpg anyway").click()
        await page.get_by_role("button", name="Stage 1 photo").click()
        await expect(page.get_by_role("slider")).to_have_count(3)
