"""The same on a phone: 390 pixels wide, by touch."""

import pytest
from playwright.async_api import expect

from realstaging.kit.errors import CannotStage
from tests.journeys.plans import planning_service
from tests.journeys.steps import chosen, in_new_project

pytestmark = pytest.mark.browser


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    async with planning_service(tmp_path, database_url, redis_url) as running:
        yield running


@pytest.fixture
def window():
    return {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.mark.long
async def test_two_photos_are_staged_leafed_through_and_proven(page, service, photos):
    async with service.working():
        await in_new_project(page)
        await chosen(page, photos)
        await page.get_by_role("group", name="Styles").get_by_text("Coastal").tap()
        await fits(page)
        await page.get_by_role("button", name="Stage 2 photos").tap()
        await expect(page.get_by_role("slider")).to_have_count(2)
        await expect(page.locator(".variant img")).to_have_count(4)
    await fits(page)

    frame = await page.locator(".compare").first.bounding_box()
    await page.touchscreen.tap(frame["x"] + frame["width"] * 0.75, frame["y"] + frame["height"] / 2)
    await expect(page.get_by_role("slider").first).to_have_attribute("aria-valuenow", "75")

    await page.get_by_role("button", name="Enlarge").first.tap()
    await expect(page.get_by_text("2 of 4")).to_be_visible()
    await fits(page)
    await swipe(page, page.get_by_role("dialog").locator(".compare"), from_share=0.9, to_share=0.6)
    await expect(page.get_by_text("3 of 4")).to_be_visible()
    await swipe(page, page.get_by_role("dialog").locator(".compare"), from_share=0.1, to_share=0.4)
    await expect(page.get_by_text("2 of 4")).to_be_visible()

    await page.get_by_role("dialog").get_by_role("button", name="House unchanged").tap()
    await expect(page.get_by_role("button", name="Hold to see the original")).to_be_visible()
    await fits(page)
    await page.goto("/")
    await expect(page.get_by_role("article")).to_have_count(1)
    await fits(page)


@pytest.mark.long
async def test_a_corner_is_dragged_by_finger(page, service, photos):
    service.engine.failures = [CannotStage("I can't see enough floor.")]
    async with service.working():
        await in_new_project(page)
        await chosen(page, photos[:1])
        await page.get_by_role("button", name="Stage 1 photo").tap()
        await page.get_by_role("button", name="Correct the room").tap()
        await fits(page)
        corner = page.get_by_role("button", name="Floor corner 3 of 4")
        before = await corner.bounding_box()
        await swipe(page, corner, from_share=0.5, to_share=-0.5)
        after = await corner.bounding_box()
        assert after["x"] == pytest.approx(before["x"] - before["width"], abs=1)
        assert after["y"] == pytest.approx(before["y"], abs=1)
        await page.get_by_role("button", name="Stage again").click()
        await expect(page.get_by_role("slider")).to_have_count(1)
    assert len(service.engine.calls[-1].corrections.floor_corners) == 4


@pytest.mark.long
async def test_furniture_is_dragged_by_finger(page, service, photos):
    async with service.working():
        await in_new_project(page)
        await chosen(page, photos[:1])
        await page.get_by_role("button", name="Stage 1 photo").tap()
        await page.get_by_role("button", name="Move furniture").tap()
        await fits(page)
        sofa = page.get_by_role("button", name="Sofa").locator("polygon")
        before = await sofa.bounding_box()
        await swipe(page, sofa, from_share=0.5, to_share=0.4)
        after = await sofa.bounding_box()
        middle = [box["x"] + box["width"] / 2 for box in (before, after)]
        assert middle[1] - middle[0] == pytest.approx(-0.1 * before["width"], abs=1)
        await page.get_by_role("button", name="Render again").click()
        await expect(page.locator(".variant img")).to_have_count(2)
    assert service.engine.calls[-1].plan["pieces"][0]["x"] == pytest.approx(-0.2, abs=0.03)


@pytest.mark.long
async def test_a_thumb_on_a_picture_scrolls_the_page_and_leaves_the_divider(page, service, photos):
    async with service.working():
        await in_new_project(page)
        await chosen(page, photos)
        await page.get_by_role("button", name="Stage 2 photos").tap()
        await expect(page.get_by_role("slider")).to_have_count(2)
    for place in (page.locator(".compare").first, page.get_by_role("slider").first):
        box = await place.bounding_box()
        start = (box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.8)
        await drawn(page, start, (start[0] + 20, start[1] - 150))
        await page.wait_for_function("window.scrollY > 100")
        await expect(page.get_by_role("slider").first).to_have_attribute("aria-valuenow", "50")
        await page.evaluate("window.scrollTo(0, 0)")
    compare = page.locator(".compare").first
    await swipe(page, compare, from_share=0.5, to_share=0.2)
    await expect(page.get_by_role("slider").first).to_have_attribute("aria-valuenow", "20")


async def fits(page):
    """Nothing is wider than the screen, and no field so narrow that nobody sees what they type."""
    assert await page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    narrow = await page.evaluate(
        """[...document.querySelectorAll("input:not([type=checkbox], [type=radio], [type=file], [type=hidden]), textarea")]
             .filter((field) => field.checkVisibility({ opacityProperty: true }) && field.clientWidth < 60)
             .map((field) => field.outerHTML)"""
    )
    assert narrow == []


async def swipe(page, locator, from_share, to_share):
    """A finger drawn over something from one place of its width to another."""
    box = await locator.bounding_box()
    y = box["y"] + box["height"] / 4
    start, end = (box["x"] + box["width"] * share for share in (from_share, to_share))
    await drawn(page, (start, y), (end, y))


async def drawn(page, start, end):
    """A finger put down at one place, drawn to another, and lifted."""
    finger = await page.context.new_cdp_session(page)
    await finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [_point(start, end, 0)]})
    for step in range(1, 11):
        moved = {"type": "touchMove", "touchPoints": [_point(start, end, step / 10)]}
        await finger.send("Input.dispatchTouchEvent", moved)
    await finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def _point(start, end, share):
    return {name: a + (b - a) * share for name, a, b in zip("xy", start, end, strict=True)}
