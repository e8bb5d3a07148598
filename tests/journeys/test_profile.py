"""A profile is kept, and what somebody prefers is what the next order begins with."""

import pytest
from playwright.async_api import expect

from tests.journeys.steps import chosen, signed_in

pytestmark = pytest.mark.browser


async def test_a_profile_is_kept_and_orders_begin_as_preferred(page, service, photos):
    await signed_in(page)
    await page.goto("/settings/profile")
    you = page.get_by_role("region", name="You")
    await you.get_by_label("Company").fill("Elm Homes")
    await you.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Saved.")).to_be_visible()
    preferences = page.get_by_role("region", name="Preferences")
    await preferences.get_by_text("Coastal").click()
    await preferences.get_by_text("Dark", exact=True).click()
    await preferences.get_by_role("button", name="Save preferences").click()
    await page.reload()
    await expect(you.get_by_label("Company")).to_have_value("Elm Homes")
    await expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    await page.goto("/")
    await page.get_by_role("button", name="New project").first.click()
    await page.get_by_label("Property").fill("12 Elm Street")
    await page.get_by_role("button", name="Create").click()
    await chosen(page, photos)
    await expect(page.get_by_role("checkbox", name="Coastal")).to_be_checked()
    await expect(page.get_by_role("checkbox", name="Modern")).not_to_be_checked()
    async with service.signed_in() as ada:
        profile = await ada.ask("GET", "me/profile")
    assert (profile["company"], profile["phone"], profile["name"]) == ("Elm Homes", None, "Ada Agent")
    assert profile["preferences"]["default_styles"] == ["coastal"]
