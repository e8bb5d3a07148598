"""Two engines are offered: one is chosen, with its rooms and its price, and its pictures are charged when they are there."""

import pytest
from playwright.async_api import expect

from harness.service import RectangleEngine
from harness.service import service as run_service
from realstaging.engines import catalog
from tests.journeys.conftest import DIST
from tests.journeys.steps import chosen, in_new_project

pytestmark = pytest.mark.browser


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    def build(*_parts):
        return {"local": RectangleEngine(), "replicate": RectangleEngine(catalog.abilities("replicate"))}

    async with run_service(tmp_path, database_url, redis_url, build_engines=build, web_folder=DIST) as running:
        yield running


@pytest.mark.long
async def test_the_engine_decides_rooms_and_price(page, service, photos):
    async with service.working():
        await in_new_project(page)
        await chosen(page, photos)
        await page.get_by_role("combobox", name="Engine").click()
        await page.get_by_role("option", name="Replicate · $0.25 each").click()
        await page.get_by_role("combobox", name="Room").click()
        await page.get_by_role("option", name="Kitchen").click()
        await expect(page.get_by_text("Makes 2 pictures · $0.50")).to_be_visible()
        await page.get_by_role("button", name="Stage 2 photos").click()
        await expect(page.get_by_role("slider")).to_have_count(2)
        await expect(page.get_by_text("Kitchen, Modern")).to_have_count(2)
        await page.get_by_role("button", name="Your account").click()
        await page.get_by_role("menuitem", name="Usage").click()
        await expect(page.get_by_role("region", name="Spent this month")).to_contain_text("$0.50")
        await expect(page.get_by_role("region", name="Credit")).to_contain_text("$2.00")
        await expect(page.get_by_role("region", name="By project")).to_contain_text("12 Elm Street")


@pytest.mark.long
async def test_only_what_the_engine_takes_is_asked(page, service, photos):
    async with service.working():
        await in_new_project(page)
        await chosen(page, photos[:1])
        await expect(page.get_by_role("radiogroup", name="What to do")).to_have_count(0)
        await expect(page.get_by_label("Instructions")).to_have_count(0)
        await page.get_by_role("combobox", name="Engine").click()
        await page.get_by_role("option", name="Replicate").click()
        await page.get_by_text("Empty", exact=True).click()
        await page.get_by_label("Instructions").fill("Leave the curtains")
        await expect(page.get_by_role("group", name="Styles")).to_have_count(0)
        await page.get_by_role("button", name="Empty 1 photo").click()
        await expect(page.get_by_text("Living room, Empty")).to_be_visible()
    row = await service.platform.database.fetchrow("select operation, style, instructions, engine from stagings")
    assert tuple(row) == ("empty", None, "Leave the curtains", "replicate")


@pytest.mark.long
async def test_a_paid_picture_is_given_back(page, service, photos):
    async with service.working():
        await in_new_project(page)
        await chosen(page, photos[:1])
        await page.get_by_role("combobox", name="Engine").click()
        await page.get_by_role("option", name="Replicate").click()
        await page.get_by_role("button", name="Stage 1 photo").click()
        await expect(page.get_by_role("slider")).to_have_count(1)
        await page.get_by_role("button", name="More for living.jpg").click()
        await page.get_by_role("menuitem", name="Give this picture back").click()
        dialog = page.get_by_role("dialog", name="Give this picture back?")
        back = dialog.get_by_role("button", name="Give back")
        await expect(back).to_be_disabled()
        await dialog.get_by_role("radio", name="Something else").check()
        await expect(back).to_be_disabled()
        await dialog.get_by_label("Say what is wrong").fill("The lamp has no shade.")
        await back.click()
        await expect(dialog).to_be_hidden()
        await expect(page.get_by_text("This picture was withdrawn")).to_be_visible()
        await expect(page.get_by_role("slider")).to_have_count(0)
        await expect(page.get_by_role("button", name="Download", exact=True)).to_have_count(0)
        await page.get_by_role("button", name="Your account").click()
        await page.get_by_role("menuitem", name="Usage").click()
        await expect(page.get_by_role("region", name="Credit")).to_contain_text("$2.50")
    row = await service.platform.database.fetchrow("select reason, words, amount from credit_backs")
    assert tuple(row) == ("other", "The lamp has no shade.", 250_000)
