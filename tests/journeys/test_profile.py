"""A profile is kept, and what somebody prefers is what the next order begins with."""

import pytest
from playwright.async_api import expect

from tests.journeys.steps import chosen, signed_in

pytestmark = pytest.mark.browser

STORED = """async () => [
  [...Object.values({...localStorage}), ...Object.values({...sessionStorage})],
  [document.cookie, (await indexedDB.databases()).length, (await caches.keys()).length],
]"""
"""What a browser keeps of us: texts of both storages; cookies, databases and caches, of which there are none."""


@pytest.mark.long
async def test_a_profile_is_kept_and_orders_begin_as_preferred(page, service, photos):
    await signed_in(page)
    await page.goto("/settings/profile")
    you = page.get_by_role("region", name="You")
    await you.get_by_label("Company").fill("Elm Homes")
    # What is wrong with a field stands beside it.
    await you.get_by_label("Phone").fill("call me")
    await you.get_by_role("button", name="Save").click()
    await expect(you.get_by_text("This is no telephone number.")).to_be_visible()
    await you.get_by_label("Phone").fill("")
    await you.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Saved.")).to_be_visible()
    await expect(you.get_by_text("This is no telephone number.")).to_have_count(0)
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


@pytest.mark.long
async def test_a_billing_address_and_a_photo_are_kept_and_the_photo_stands_in_the_menu(page, service, photos, tmp_path):
    await signed_in(page)
    await page.goto("/settings/profile")
    address = page.get_by_role("region", name="Billing address")
    await address.get_by_label("City").fill("Berlin")
    await address.get_by_role("button", name="Save address").click()
    await expect(address.get_by_text("An address needs this.")).to_have_count(2)
    await address.get_by_label("Street and number").fill("Torstraße 1")
    await address.get_by_role("combobox", name="Country").fill("germ")
    await page.get_by_role("option", name="Germany").click()
    await address.get_by_role("button", name="Save address").click()
    await expect(page.get_by_text("Saved.")).to_be_visible()
    photo, menu = page.get_by_role("region", name="Photo"), page.get_by_role("button", name="your account")
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture")
    await photo.locator("input[type=file]").set_input_files(str(broken))
    await expect(page.get_by_role("alert")).to_be_visible()
    await photo.locator("input[type=file]").set_input_files(str(photos[0]))
    await expect(menu.locator("img")).to_have_js_property("naturalWidth", 256)
    await page.reload()
    await expect(photo.locator("img")).to_have_js_property("naturalWidth", 256)
    await expect(address.get_by_label("City")).to_have_value("Berlin")
    await expect(address.get_by_role("combobox", name="Country")).to_have_value("Germany")
    texts, others = await page.evaluate(STORED)
    assert any("access_token" in text for text in texts)
    assert not any("Torstraße" in text for text in texts)
    assert others == ["", 0, 0]
    async with service.signed_in() as ada:
        kept = await ada.ask("GET", "me/profile")
        assert kept["billing_address"]["country"] == "DE"
        assert kept["billing_address"]["line1"] == "Torstraße 1"
        await photo.get_by_role("button", name="Remove").click()
        await expect(photo.locator("img")).to_have_count(0)
        await expect(menu.locator("img")).to_have_count(0)
        await address.get_by_role("button", name="Clear").click()
        await address.get_by_role("button", name="Save address").click()
        await expect(page.get_by_text("Saved.").first).to_be_visible()
        await page.reload()
        await expect(address.get_by_label("City")).to_have_value("")
        kept = await ada.ask("GET", "me/profile")
    assert (kept["billing_address"], kept["photo_url"]) == (None, None)
