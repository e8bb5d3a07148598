"""A colleague is invited, comes in by another browser, stages, and the owner sees it in the audit trail; and who begins, begins."""

import pytest
from playwright.async_api import expect

from tests.journeys.steps import signed_in, signed_in_as, stage
from tests.offices import links, somebody

pytestmark = pytest.mark.browser


async def invited(page, email, role=None):
    await page.goto("/settings/office")
    await page.get_by_label("E-mail address").fill(email)
    if role:
        await page.get_by_role("combobox", name="As", exact=True).click()
        await page.get_by_role("option", name=role).click()
    await page.get_by_role("button", name="Invite").click()
    await expect(page.get_by_role("group", name=email)).to_be_visible()


@pytest.mark.long
async def test_a_colleague_is_invited_comes_in_and_stages_and_the_owner_sees_it(page, service, chromium, photos):
    async with service.working(), service.signed_in() as ada:
        await ada.project("12 Elm Street")
        await signed_in(page)
        await invited(page, "bo@office.test")
        [token] = await links(service)
        context = await chromium.new_context(base_url=service.url)
        other = await context.new_page()
        # Who is not signed in sees what they are invited to, and comes back to it.
        await other.goto(f"/invitations/{token}")
        await expect(other.get_by_role("heading", name="Join Ada Agent")).to_be_visible()
        await expect(other.get_by_text("as member")).to_be_visible()
        await other.get_by_role("button", name="Sign in to accept").click()
        await other.get_by_label("Somebody else").fill("bo@office.test")
        await other.get_by_role("button", name="Sign in").click()
        await other.get_by_role("button", name="Accept", exact=True).click()
        await other.get_by_role("link", name="12 Elm Street").click()
        await stage(other, photos[:1])
        await expect(other.get_by_role("slider")).to_have_count(1)
        await context.close()
        await expect(page.get_by_role("group", name="Bo", exact=True)).to_be_visible()
        await expect(page.get_by_role("group", name="bo@office.test")).to_have_count(0)
        await page.get_by_role("link", name="Audit trail").click()
        requested = page.get_by_role("article", name="Staging requested")
        await expect(requested).to_contain_text("bo@office.test")
        await requested.get_by_role("link", name="bo@office.test").click()
        await expect(page.get_by_role("article", name="Photo added")).to_be_visible()
        await expect(page.get_by_role("article", name="Project created")).to_have_count(0)


@pytest.mark.long
async def test_an_invitation_to_another_address_is_accepted_knowingly_and_an_old_one_says_what_to_do(page, service):
    async with service.signed_in() as ada:
        await ada.ask("POST", "invitations", 201, json={"email": "cyd@office.test", "role": "viewer"})
        [token] = await links(service)
    await signed_in_as(page, somebody("cyd.private"))
    await page.goto(f"/invitations/{token}")
    await expect(page.get_by_role("status")).to_contain_text(
        "You are signed in as cyd.private@office.test, and the invitation went to cyd@office.test."
    )
    await page.get_by_role("button", name="Accept as cyd.private@office.test").click()
    # A viewer of an account without projects is told what will come, and offered nothing.
    await expect(page.get_by_text("They appear here as soon as a colleague makes one.")).to_be_visible()
    await page.goto(f"/invitations/{token}")
    await expect(page.get_by_role("heading", name="This invitation cannot be accepted")).to_be_visible()
    await page.goto("/invitations/nonsense")
    await expect(page.get_by_role("heading", name="This invitation cannot be accepted")).to_be_visible()


@pytest.mark.long
async def test_an_invitation_is_sent_again_and_taken_back(page, service):
    await signed_in(page)
    await invited(page, "vera@office.test", "Viewer")
    row = page.get_by_role("group", name="vera@office.test")
    await expect(row).to_contain_text("Viewer")
    [first] = await links(service)
    await row.get_by_role("button", name="Send again").click()
    await expect(page.get_by_text("The link before does not work any more.")).to_be_visible()
    assert len(set(await links(service)) | {first}) == 2
    await row.get_by_role("button", name="Take back").click()
    await expect(row).to_have_count(0)


@pytest.mark.long
async def test_who_begins_sees_a_photo_of_ours_staged(page, service):
    async with service.working():
        await signed_in(page)
        await page.get_by_role("button", name="Try it with a photo of ours").click()
        await expect(page.get_by_role("heading", name="A first look")).to_be_visible()
        await expect(page.get_by_role("region", name="living-room.webp")).to_be_visible()
        await service.jobs_done()
    assert service.engine.calls[0].room_type == "living_room"
