"""A room that was read wrongly is corrected over its photo; furniture is moved on the floor plan, and rendered again."""

import pytest
from playwright.async_api import expect

from realstaging.kit.errors import CannotStage
from tests.journeys.plans import planning_service
from tests.journeys.steps import in_new_project, stage

pytestmark = pytest.mark.browser


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    async with planning_service(tmp_path, database_url, redis_url) as running:
        yield running


async def dragged(page, locator, dx, dy):
    box = await locator.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + dx / 2, y + dy / 2)
    await page.mouse.move(x + dx, y + dy)
    await page.mouse.up()


@pytest.mark.long
async def test_a_room_is_corrected_over_the_photo_and_staged_again(page, service, photos):
    service.engine.failures = [CannotStage("I can't see enough floor to stand furniture on.")]
    async with service.working():
        await in_new_project(page)
        await stage(page, photos[:1])
        await page.get_by_role("button", name="Correct the room").click()
        again = page.get_by_role("button", name="Stage again")
        await expect(again).to_be_disabled()
        corner = page.get_by_role("button", name="Floor corner 2 of 4")
        frame = await page.locator(".over").bounding_box()
        await dragged(page, corner, 0.1 * frame["width"], -0.05 * frame["height"])
        last = page.get_by_role("button", name="Floor corner 4 of 4")
        await last.focus()
        await page.keyboard.press("ArrowUp")
        await page.keyboard.press("Shift+ArrowUp")
        await page.get_by_label("Ceiling height").fill("9")
        await page.get_by_role("button", name="Add an area").click()
        await expect(page.get_by_role("button", name="Area 1, point 4")).to_be_visible()
        await again.click()
        await expect(page.get_by_role("slider")).to_have_count(1)
        await expect(page.locator(".variant")).to_have_count(0)  # the one that failed has made room
        await page.get_by_role("button", name="More styles").click()
        await page.get_by_role("dialog").get_by_text("Coastal").click()
        await page.get_by_role("button", name="Make 1 picture").click()
        await expect(page.locator(".variant img")).to_have_count(2)
    told = service.engine.calls[1].corrections
    assert service.engine.calls[2].corrections == told, "what was said holds for further pictures"
    assert told.floor_corners == (
        (0.0, 0.84),
        pytest.approx((0.34, 0.59), abs=0.005),
        (0.76, 0.64),
        pytest.approx((1.0, 0.795), abs=0.001),
    )
    assert told.ceiling_height == pytest.approx(9 * 0.3048, abs=0.001)
    assert len(told.keep_clear[0]) == 4


async def asked_before_it_is_lost(page):
    question = page.get_by_role("dialog", name="Close without a new picture?")
    await page.keyboard.press("Escape")
    await expect(question).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(question).to_have_count(0)
    await expect(page.get_by_role("button", name="Render again")).to_be_enabled()


@pytest.mark.long
async def test_furniture_is_moved_on_the_floor_plan_and_rendered_again(page, service, photos):
    async with service.working():
        await in_new_project(page)
        await stage(page, photos[:1])
        await page.get_by_role("button", name="Move furniture").click()
        render = page.get_by_role("button", name="Render again")
        await expect(page.locator(".in-photo-piece")).to_have_count(3)
        await expect(render).to_be_disabled()
        await page.keyboard.press("Escape")
        await expect(render).to_have_count(0)
        await page.get_by_role("button", name="Move furniture").click()
        table = page.get_by_role("button", name="Coffee table")
        await dragged(page, table.locator("polygon"), 400, 0)
        await expect(page.get_by_text("3.9\u00a0ft × 2.0\u00a0ft")).to_be_visible()
        await asked_before_it_is_lost(page)
        sofa = page.get_by_role("button", name="Sofa")
        await sofa.focus()
        await page.keyboard.press("ArrowLeft")
        await page.keyboard.press("Shift+ArrowDown")
        await page.keyboard.press("Enter")
        await page.get_by_role("button", name="Turn left").click()
        await page.keyboard.press("Control+z")
        await sofa.focus()
        await page.keyboard.press("]")
        await page.get_by_role("button", name="Undo").click()
        await page.get_by_role("button", name="Table lamp").focus()
        await page.keyboard.press("Delete")
        await expect(page.get_by_role("button", name="Table lamp")).to_have_count(0)
        await render.click()
        await expect(page.locator(".variant img")).to_have_count(2)
    first, again = service.engine.calls
    sofa, table = again.plan["pieces"]
    assert (sofa["x"], sofa["y"], sofa["rotation"]) == (-0.05, 2.95, 0)
    assert (table["x"], table["y"]) == (pytest.approx(1.4), pytest.approx(1.6, abs=0.01)), "held by the wall"
    assert (again.seed, again.style, again.room_type) == (first.seed, first.style, first.room_type)
