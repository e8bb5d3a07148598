"""Money in a browser: prices, which everybody can read, and an order that can't be paid."""

import pytest
from playwright.async_api import expect

from harness.service import RectangleEngine
from harness.service import service as run_service
from realstaging.engines import catalog
from tests.journeys.conftest import DIST
from tests.journeys.steps import signed_in_as
from tests.offices import join

pytestmark = pytest.mark.browser


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    def build(*_parts):
        return {"local": RectangleEngine(), "replicate": RectangleEngine(catalog.abilities("replicate"))}

    async with run_service(tmp_path, database_url, redis_url, build_engines=build, web_folder=DIST) as running:
        yield running


async def test_prices_are_read_by_anybody(page, service):
    await page.goto("/")
    await page.get_by_role("link", name="What it costs").click()
    pro = page.get_by_role("article", name="Pro")
    await expect(pro).to_contain_text("$24")
    await page.get_by_text("EUR", exact=True).click()
    await page.get_by_text("Yearly", exact=True).click()
    await expect(pro).to_contain_text("€270")
    await expect(page.get_by_text("VAT is included.")).to_be_visible()
    await expect(page.get_by_role("region", name="What is never charged")).to_contain_text("did not pass our check")
    await page.get_by_role("button", name="Sign in to buy Pro").click()
    await page.get_by_role("button", name="Ada Agent").click()
    await expect(page.get_by_role("heading", name="Pricing")).to_be_visible()
    await expect(page.get_by_role("button", name="Ada Agent, your account")).to_be_visible()


@pytest.mark.long
async def test_who_may_not_pay_is_told_whom_to_ask(page, service, photos):
    async with service.signed_in() as ada:
        account_id = (await ada.ask("GET", "me"))["account"]["id"]
        project = await ada.project("12 Elm Street")
        await ada.photo(project, photos[0].read_bytes(), name="living.jpg")
        await ada.ask("PUT", "usage/budget", json={"monthly_usd": "0.20"})
    bo, _ = await join(service, account_id, "bo", "member")
    await signed_in_as(page, bo)
    await page.get_by_role("button", name="Bo, your account").click()
    await page.get_by_role("menuitemradio", name="Ada Agent").click()
    await page.get_by_role("link", name="12 Elm Street").click()
    await page.get_by_role("button", name="Stage", exact=True).click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("combobox", name="Engine").click()
    await page.get_by_role("option", name="Replicate").click()
    await expect(dialog.get_by_text("1 picture costs $0.25; this month's budget leaves $0.20.")).to_be_visible()
    await expect(dialog.get_by_text("Ask an owner or admin of Ada Agent to raise the budget.")).to_be_visible()
    await expect(dialog.get_by_role("button", name="Buy")).to_have_count(0)
    await dialog.get_by_role("button", name="Use Local instead, for free").click()
    await expect(dialog.get_by_text("Makes 1 picture · free")).to_be_visible()
