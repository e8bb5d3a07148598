"""What a person sees of money, and what they allow to be spent."""

import pytest
from playwright.async_api import expect

from tests.journeys.steps import signed_in

pytestmark = pytest.mark.browser


async def test_a_budget_is_set_and_kept(page, service):
    await signed_in(page)
    await page.get_by_role("button", name="Your account").click()
    await page.get_by_role("menuitem", name="Usage").click()
    await expect(page.get_by_role("region", name="Credit")).to_contain_text("$2.50")
    await expect(page.get_by_text("No limit but your credit.")).to_be_visible()
    await page.get_by_label("Spend at most").fill("1.5")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("$0.00 of $1.50 is spent or held")).to_be_visible()
    await page.reload()
    await expect(page.get_by_label("Spend at most")).to_have_value("$1.50")
    async with service.signed_in() as ada:
        assert (await ada.ask("GET", "usage"))["monthly_budget_usd"] == "1.50"
