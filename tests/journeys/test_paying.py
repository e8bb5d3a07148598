"""Money in a browser: prices, which everybody can read."""

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.browser


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
