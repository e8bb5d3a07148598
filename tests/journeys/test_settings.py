"""Settings: keys, webhooks, the office and its members, what is asked again, what is not offered."""

import json
import re
from datetime import datetime, timedelta

import aiohttp
import pytest
from playwright.async_api import expect

from harness.service import Caller, jpeg, room
from harness.service import service as run_service
from tests.api.test_upload_links import sent
from tests.domains.webhooks.conftest import Clock, receiver, receivers
from tests.journeys.conftest import DIST
from tests.journeys.steps import signed_in, signed_in_as
from tests.offices import asking, join

pytestmark = pytest.mark.browser
__all__ = ["receiver", "receivers"]


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def service(tmp_path, database_url, redis_url, clock):
    more = {"clock": clock, "web_folder": DIST, "webhook_private_addresses": "allowed"}
    async with run_service(tmp_path, database_url, redis_url, **more) as running:
        yield running


@pytest.fixture
async def account_id(service):
    async with service.signed_in() as ada:
        return (await ada.ask("GET", "me"))["account"]["id"]


@pytest.mark.long
async def test_a_key_is_made_after_a_fresh_sign_in_shown_once_used_and_revoked(page, service, clock):
    await signed_in(page)
    await page.goto("/settings/keys")
    await page.get_by_role("button", name="New key").click()
    dialog = page.get_by_role("dialog", name="New key")
    await dialog.get_by_label("Name").fill("Our website")
    await dialog.get_by_label("Download pictures").uncheck()
    clock.forward(minutes=11)
    await dialog.get_by_role("button", name="Make key").click()
    again = page.get_by_role("dialog", name="Sign in once more")
    await expect(again).to_contain_text("within the last ten minutes")
    clock.ahead = timedelta(0)
    await again.get_by_role("button", name="Sign in").click()
    await page.get_by_role("button", name="Ada Agent").click()
    # What was typed is there still.
    await expect(dialog.get_by_label("Name")).to_have_value("Our website")
    await expect(dialog.get_by_label("Download pictures")).not_to_be_checked()
    await dialog.get_by_role("button", name="Make key").click()
    shown = page.get_by_role("dialog", name="Your new key")
    secret = await shown.get_by_label("Secret").input_value()
    await page.keyboard.press("Escape")
    await shown.get_by_role("button", name="I have kept it").click()
    row = page.get_by_role("group", name="Our website")
    await expect(row).to_contain_text("Read, Upload, Stage")
    await expect(page.get_by_text(secret)).to_have_count(0)
    headers = {"Authorization": f"Bearer {secret}"}
    assert (await page.request.get("/api/v1/projects", headers=headers)).status == 200
    await page.reload()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await row.get_by_role("button", name="Revoke").click()
    await page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    await expect(row).to_have_count(0)
    assert (await page.request.get("/api/v1/projects", headers=headers)).status == 401
    await page.get_by_role("link", name="Audit trail").click()
    await expect(page.get_by_role("article", name="Key revoked")).to_contain_text("ada@example.com")
    async with page.expect_download() as saving:
        await page.get_by_role("button", name="JSON").click()
    lines = (await (await saving.value).path()).read_text().splitlines()
    assert {"key.created", "key.revoked"} <= {json.loads(line)["action"] for line in lines}


@pytest.mark.long
async def test_upload_links_are_made_for_a_project_counted_and_revoked(page, service):
    async with service.signed_in() as ada, aiohttp.ClientSession(base_url=f"{service.url}/api/v1/") as session:
        await ada.project("3 Oak Lane")
        elm = await ada.project("12 Elm Street")
        await signed_in(page)
        await page.goto("/settings/upload-links")
        await page.get_by_role("button", name="New link").click()
        dialog = page.get_by_role("dialog", name="New upload link")
        await expect(dialog.get_by_role("button", name="Choose a project")).to_be_disabled()
        await dialog.get_by_role("combobox", name="Project").fill("elm")
        await page.get_by_role("option", name="12 Elm Street").click()
        await dialog.get_by_label("Who it is for").fill("Paul")
        await dialog.get_by_label("It takes at most").fill("5")
        await dialog.get_by_label("It ends").click()
        await page.get_by_role("option", name="In a week").click()
        await dialog.get_by_role("button", name="Make link").click()
        shown = page.get_by_role("dialog", name="Your upload link")
        url = await shown.get_by_label("Link", exact=True).input_value()
        await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        await shown.get_by_role("button", name="Copy").click()
        await expect(shown.get_by_role("status")).to_have_text("Copied")
        assert await page.evaluate("navigator.clipboard.readText()") == url
        await shown.get_by_role("button", name="I have kept it").click()
        row = page.get_by_role("group", name="Paul")
        await expect(row).to_contain_text("0 of 5 files used")
        await expect(row).to_contain_text("12 Elm Street")
        await sent(Caller(session), url.rpartition("/send/")[2], jpeg())
        await page.reload()
        await expect(row).to_contain_text("1 of 5 files used")
        [made] = (await ada.ask("GET", f"projects/{elm['id']}/upload-links"))["items"]
        days = (datetime.fromisoformat(made["expires_at"]) - datetime.fromisoformat(made["created_at"])).days
        assert (made["files"], days) in {(5, 7), (5, 6)}
        # From the project's own page: nothing is to be chosen.
        await row.get_by_role("link", name="12 Elm Street").click()
        await page.get_by_role("button", name="More for 12 Elm Street").click()
        await page.get_by_role("menuitem", name="Upload link").click()
        await expect(dialog).to_contain_text("Photos come into 12 Elm Street")
        await expect(dialog.get_by_label("Who it is for")).to_be_focused()
        await page.keyboard.press("Enter")
        await shown.get_by_role("button", name="I have kept it").click()
        await page.goto("/settings/upload-links")
        await expect(page.get_by_role("button", name="Revoke")).to_have_count(2)
        await row.get_by_role("button", name="Revoke").click()
        await page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
        await expect(row).to_have_count(0)
        await Caller(session).ask("GET", f"upload-links/{url.rpartition('/send/')[2]}", 404)


@pytest.mark.long
async def test_an_endpoint_takes_a_test_event_which_is_sent_again(page, service, receiver):
    receiver.answers = [(500, {}, "not today"), (204, {}, "")]
    async with service.working():
        await signed_in(page)
        await page.goto("/settings/webhooks")
        await page.get_by_role("button", name="New endpoint").click()
        dialog = page.get_by_role("dialog", name="New endpoint")
        await dialog.get_by_label("Address").fill(receiver.url)
        await dialog.get_by_label("Somebody joined").uncheck()
        await dialog.get_by_role("button", name="Add endpoint").click()
        shown = page.get_by_role("dialog", name="Secret of the endpoint")
        await expect(shown.get_by_label("Secret")).to_have_value(re.compile("^whsec_"))
        await shown.get_by_role("button", name="I have kept it").click()
        await page.get_by_role("link", name=receiver.url).click()
        await page.get_by_role("button", name="Send test event").click()
        await receiver.until(1)
        delivery = page.get_by_role("button", name="webhook.test")
        await expect(delivery).to_contain_text("1 try, answered 500")
        await delivery.click()
        opened = page.get_by_role("dialog", name="webhook.test")
        await expect(opened).to_contain_text("not today")
        await opened.get_by_role("button", name="Send again").click()
        await receiver.until(2)
        await page.keyboard.press("Escape")
        await expect(delivery).to_contain_text("Taken")
        assert len(set(receiver.ids)) == 1


@pytest.mark.long
async def test_a_viewer_sees_pictures_and_is_offered_nothing_that_changes_them(page, service, account_id):
    async with service.working(), service.signed_in() as ada:
        project = await ada.project("12 Elm Street")
        [staging] = await ada.stage(await ada.photo(project, room(), name="living.jpg"))
        await ada.photo(project, room(465), name="bedroom.jpg")
        await ada.until(staging, "ready")
    vera, _ = await join(service, account_id, "vera", "viewer")
    await signed_in_as(page, vera)
    await page.get_by_role("button", name="Vera, your account").click()
    await page.get_by_role("menuitemradio", name="Ada Agent").click()
    await page.get_by_role("link", name="12 Elm Street").click()
    await expect(page.get_by_role("slider")).to_have_count(1)
    await expect(page.get_by_role("button", name="Download", exact=True)).to_be_visible()
    await page.get_by_role("button", name="Choose several").click()
    offered = await page.get_by_role("button").all_inner_texts()
    assert not {"Stage", "More styles", "Move", "Delete", "Move furniture", "Add more photos"} & set(offered)
    assert await page.locator("input[type=file]").count() == 0
    assert await page.get_by_role("button", name="More for").count() == 0
    await page.goto("/settings")
    await expect(page.get_by_role("navigation", name="Settings").get_by_role("link")).to_have_text(
        ["Profile", "Mail", "Office", "Sessions", "Privacy"]
    )
    await expect(page.get_by_text("Members", exact=True)).to_have_count(0)


@pytest.mark.long
async def test_two_tabs_are_in_two_accounts_at_once(page, service, account_id):
    bo, _ = await join(service, account_id, "bo", "member")
    async with service.signed_in() as ada, asking(service, bo) as own:
        await ada.project("Ada's house")
        await own.project("Bo's house")
        await signed_in_as(page, bo)
        await expect(page.get_by_role("article")).to_have_accessible_name("Bo's house")
        other = await page.context.new_page()
        await other.goto(service.url)
        await other.get_by_role("button", name="Bo, your account").click()
        await other.get_by_role("menuitemradio", name="Ada Agent").click()
        await expect(other.get_by_role("article")).to_have_accessible_name("Ada's house")
        # Each tab hears the events of its own account, and of no other.
        [project] = (await ada.ask("GET", "projects"))["items"]
        await ada.ask("PATCH", f"projects/{project['id']}", json={"name": "Ada's new house"})
        await expect(other.get_by_role("article")).to_have_accessible_name("Ada's new house")
        [project] = (await own.ask("GET", "projects"))["items"]
        await own.ask("PATCH", f"projects/{project['id']}", json={"name": "Bo's new house"})
        await expect(page.get_by_role("article")).to_have_accessible_name("Bo's new house")
        await expect(other.get_by_role("article")).to_have_accessible_name("Ada's new house")
        # Who is taken out of an account is back in their own.
        [_, member] = (await ada.ask("GET", "members"))["items"]
        await ada.ask("DELETE", f"members/{member['id']}", 204)
    await other.reload()
    await expect(other.get_by_role("article")).to_have_accessible_name("Bo's new house")


@pytest.mark.long
async def test_members_are_given_roles_limits_and_the_account(page, service, account_id):
    await join(service, account_id, "bo", "member")
    await signed_in(page)
    await page.goto("/settings/office")
    await page.get_by_label("Name", exact=True).fill("Agent & Sons")
    await page.get_by_text("An office", exact=True).click()
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("button", name="Leave Agent & Sons")).to_be_visible()
    bo = page.get_by_role("group", name="Bo")
    await bo.get_by_label("Role of Bo").click()
    await page.get_by_role("option", name="Admin").click()
    await bo.get_by_role("button", name="More for Bo").click()
    await page.get_by_role("menuitem", name="Monthly limit").click()
    await page.get_by_label("At most, a month").fill("25")
    await page.get_by_role("dialog").get_by_role("button", name="Save").click()
    await expect(bo).to_contain_text("at most $25.00 a month")
    await expect(bo.get_by_label("Role of Bo")).to_have_value("Admin")
    await bo.get_by_role("button", name="More for Bo").click()
    await page.get_by_role("menuitem", name="Suspend").click()
    await page.get_by_role("dialog").get_by_role("button", name="Suspend").click()
    await expect(bo).to_contain_text("Suspended")
    await bo.get_by_role("button", name="More for Bo").click()
    await page.get_by_role("menuitem", name="Let in again").click()
    await expect(bo).not_to_contain_text("Suspended")
    await page.get_by_role("button", name="Leave Agent & Sons").click()
    await page.get_by_role("dialog").get_by_role("button", name="Leave").click()
    await expect(page.get_by_text("Nobody else owns this account.")).to_be_visible()
    await page.get_by_role("button", name="Keep").click()
    await bo.get_by_role("button", name="More for Bo").click()
    await page.get_by_role("menuitem", name="Hand over the account").click()
    await page.get_by_role("dialog").get_by_role("button", name="Hand over").click()
    await expect(bo.get_by_label("Role of Bo")).to_have_value("Owner")
    await expect(bo.get_by_label("Role of Bo")).to_be_disabled()
    await page.goto("/settings/mail")
    await page.get_by_role("switch").first.click()
    await expect(page.get_by_role("switch").first).not_to_be_checked()
    await page.reload()
    await expect(page.get_by_role("switch").first).not_to_be_checked()
