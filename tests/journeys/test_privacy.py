"""What is kept is taken along, erased and kept after all; sessions are seen and ended."""

import pytest
from playwright.async_api import expect

from harness.service import room
from tests.journeys.steps import signed_in

pytestmark = pytest.mark.browser


@pytest.mark.long
async def test_everything_is_exported_and_an_account_is_erased_and_kept_after_all(page, service):
    async with service.working(), service.signed_in() as ada:
        await ada.photo(await ada.project("12 Elm Street"), room())
        account = (await ada.ask("GET", "me"))["account"]["name"]
        await signed_in(page)
        await page.goto("/settings/privacy")
        everything = page.get_by_role("region", name=f"All of {account}")
        await everything.get_by_role("button", name="Export").click()
        await expect(everything).to_contain_text("there until")
        async with page.expect_download() as saved:
            await everything.get_by_role("button", name="Download").click()
        assert (await saved.value).suggested_filename.endswith(".zip")
        await page.get_by_role("button", name=f"Erase {account}").click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_role("textbox").fill("another name")
        await expect(dialog.get_by_role("button", name="Erase")).to_be_disabled()
        await dialog.get_by_role("textbox").fill(account)
        await dialog.get_by_role("button", name="Erase").click()
        await expect(page.get_by_role("region", name="This account will be erased")).to_be_visible()
        await ada.ask("GET", "projects", 403)
        await page.get_by_role("button", name="Keep the account").click()
        await expect(page.get_by_role("link", name="12 Elm Street")).to_be_visible()


@pytest.mark.long
async def test_other_sessions_are_seen_and_ended(page, chromium, service, window):
    await signed_in(page)
    elsewhere = await (await chromium.new_context(base_url=service.url, **window)).new_page()
    await signed_in(elsewhere)
    await page.goto("/settings/sessions")
    rows = page.get_by_role("region", name="Sessions").get_by_role("group")
    await expect(rows).to_have_count(2)
    await page.get_by_role("button", name="End all others").click()
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text("This one")
    # Nobody touches the other page: its stream ends, and it leads itself to the issuer and back.
    await expect(elsewhere.get_by_text("This sign-in was ended on another device.")).to_be_visible()
    await expect(elsewhere.get_by_role("button", name="Sign in")).to_be_visible()
    await elsewhere.context.close()
