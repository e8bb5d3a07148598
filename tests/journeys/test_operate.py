"""Who runs the service finds an account, gives it credit, sees what went wrong and looks at a picture for a reason: on a phone."""

import asyncio

import pytest
from playwright.async_api import expect

from harness.service import service as run_service
from realstaging.runtime.switches import Switch
from realstaging.sandbox.oidc import PEOPLE
from tests.domains.files.test_check import made_ready
from tests.journeys.conftest import DIST
from tests.journeys.steps import signed_in
from tests.journeys.test_phone import fits
from tests.offices import asking, somebody

pytestmark = pytest.mark.browser

ADA, BEN = PEOPLE[0], PEOPLE[1]
NELL = somebody("nell")
SOMETHING_LONG = "the model was not reached: " + "https://provider.example/" + "a" * 90


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    async with run_service(
        tmp_path, database_url, redis_url, web_folder=DIST, operator_subjects=ADA.subject
    ) as running:
        yield running


@pytest.fixture
def window():
    return {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.mark.long
async def test_an_operator_looks_after_somebody_elses_account(page, service):
    async with asking(service, BEN) as ben:
        account = (await ben.ask("GET", "me"))["account"]["name"]
        photo = await ben.photo(await ben.project("Hush Street 12"))
        staging, other = await ben.stage(photo, ["modern", "scandinavian"])
        await made_ready(service.platform, staging)
        await service.platform.database.execute(
            "update jobs set state = 'dead', error = $1, finished_at = now() where id = (select job_id from stagings where id = $2)",
            SOMETHING_LONG,
            other["id"],
        )
        await signed_in(page)
        await page.get_by_role("button", name="your account").tap()
        await page.get_by_role("menuitem", name="Operate").tap()
        await expect(page.get_by_role("heading", name="Queue")).to_be_visible()
        await fits(page)

        await page.get_by_role("link", name="Accounts").tap()
        await page.get_by_label("Name, address or id").fill(BEN.email)
        entry = page.get_by_role("region", name=account)
        await expect(page.locator(".entry")).to_have_count(1)
        await entry.get_by_role("button", name="Open").tap()
        await entry.get_by_label("Credit in US$").fill("5")
        await entry.get_by_label("Reference, given once").fill("sorry-1")
        await entry.get_by_role("button", name="Give").tap()
        await expect(entry).to_contain_text("$5.00 credit")
        await fits(page)

        await page.get_by_role("link", name="People").tap()
        await expect(page.get_by_role("heading", name="People")).to_be_visible()
        await page.get_by_label("Name, address or id").fill(BEN.email)
        await page.get_by_role("button", name="Find").tap()
        await expect(page.get_by_role("region", name=BEN.name)).to_contain_text("(owner)")
        await fits(page)

        await page.get_by_role("link", name="Stagings").tap()
        await expect(page.get_by_text("the model was not reached").first).to_be_visible()
        await expect(page.locator("main img")).to_have_count(0)
        await fits(page)
        await page.get_by_role("button", name="Run again").tap()
        await expect(page.get_by_text("None.")).to_be_visible()
        await page.get_by_role("region", name=staging["id"]).get_by_role("button", name="Look").tap()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_label("Why these pictures").fill("Ben wrote that it is blank.")
        await dialog.get_by_role("button", name="Look").tap()
        await expect(dialog.get_by_role("img", name="The photo as it was sent")).to_be_visible()
        await fits(page)
        [seen] = (await ben.ask("GET", "audit", params={"action": "staging.seen"}))["items"]
        assert seen["details"]["reason"] == "Ben wrote that it is blank."

        for place in ("privacy", "processors"):
            await page.goto("/")
            await page.get_by_role("link", name=place.title()).tap()
            await expect(page.get_by_text("This is a template")).to_be_visible()
            await fits(page)


@pytest.mark.long
async def test_who_has_no_account_is_told_while_none_are_opened_and_let_in_later(page, service):
    async with asking(service, ADA) as ada:
        for on in (False, True):
            body = {"on": on, "words": "" if on else "We open again on Monday."}
            await ada.ask("PUT", "operator/switches/sign_ups", json=body)
            async with asyncio.timeout(10):
                while (service.platform.switches.refusal_of(Switch.SIGN_UPS) is None) is not on:
                    await asyncio.sleep(0.01)
            if on:
                await page.get_by_role("button", name="Try again").tap()
                continue
            await page.goto("/")
            await page.get_by_role("button", name="Sign in").tap()
            await page.get_by_label("Somebody else").fill(NELL.email)
            await page.get_by_role("button", name="Sign in").tap()
            await expect(page.get_by_role("heading", name="You have no account here yet")).to_be_visible()
            told = page.get_by_role("alert")
            await expect(told).to_contain_text("We open again on Monday.")
            await expect(told).to_contain_text(NELL.email)
            await expect(page.get_by_role("button", name="your account")).to_have_count(0)
            await fits(page)
        await expect(page.get_by_role("heading", name="Projects")).to_be_visible()
