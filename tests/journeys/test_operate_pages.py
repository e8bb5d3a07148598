"""Every page of operators, of status and of the law, on a phone and on a desk, light and dark, against the rules of axe; and what they do."""

from uuid import UUID

import pytest
from playwright.async_api import expect

from harness.service import service as run_service
from realstaging.api.legal import PAGES as LEGAL
from realstaging.sandbox.oidc import PEOPLE
from tests.domains.files.test_check import made_ready
from tests.journeys.conftest import DIST
from tests.journeys.steps import signed_in
from tests.journeys.test_accessibility import AXE, RUN
from tests.journeys.test_phone import fits
from tests.offices import asking

pytestmark = [pytest.mark.browser, pytest.mark.long]

ADA, BEN = PEOPLE[0], PEOPLE[1]
PLACES = {
    "now": "Queue",
    "accounts": "Accounts",
    "people": "People",
    "stagings": "Stagings",
    "money": "Costs and margins",
    "credit-backs": "Credit-backs by model",
    "models": "Asked in this order",
    "storage": "What is kept",
    "limits": "Limited at this moment",
    "settings": "Settings",
    "switches": "Switches",
    "incidents": "New incident",
}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 900}}
WINDOWS = [
    pytest.param({**PHONE, "color_scheme": "dark"}, id="phone-dark"),
    pytest.param({**PHONE, "color_scheme": "light"}, id="phone-light"),
    pytest.param({**DESK, "color_scheme": "light"}, id="desk-light"),
    pytest.param({**DESK, "color_scheme": "dark"}, id="desk-dark"),
]
NAME = "Ben of the long name and Sons, Estate Agents since 1924, Lower Elm Street"


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    async with run_service(
        tmp_path, database_url, redis_url, web_folder=DIST, operator_subjects=ADA.subject
    ) as running:
        yield running


@pytest.fixture(params=WINDOWS)
def window(request):
    return {**request.param, "reduced_motion": "reduce"}


async def something_of_everything(service, ben):
    """Rows for every page: one staging that is ready, one that fails, what both cost, and one that was given back."""
    database = service.platform.database
    account = UUID((await ben.ask("GET", "me"))["account"]["id"])
    await database.execute("update accounts set name = $2 where id = $1", account, NAME)
    photo = await ben.photo(await ben.project("Hush Street 12"))
    ready, failed = await ben.stage(photo, ["modern", "scandinavian"])
    await made_ready(service.platform, ready)
    for token, staging, verdict in (("r", ready, "passed"), ("f", failed, "failed")):
        await database.execute(
            """insert into attempts (token, request_key, staging_id, number, model, prompt_version, price, ended_at, verdict, account_id, cost)
               values ($1, $1, $2, 1, 'black-forest-labs/flux-kontext-pro', '7', 40000, now(), $3, $4, 40000)""",
            token,
            UUID(staging["id"]),
            verdict,
            account,
        )
    await database.execute(
        """insert into credit_backs (staging_id, account_id, member_id, reason, words, amount, engine, model, prompt_version, created_at)
           values ($1, $2, $2, 'furniture_floats', 'The lamp hangs in the air, and the sofa has three legs.', 250000, 'replicate',
             'black-forest-labs/flux-kontext-pro', '7', now())""",
        UUID(ready["id"]),
        account,
    )
    await database.execute("insert into notices (id, token, prediction) values ('msg_2abc', 't', '{}')")
    await database.execute(
        """insert into last_done (what, done_at, details)
           values ('inventory', now(), '{"no_row": 2, "no_row_bytes": 900000, "no_file": 1, "mended": 2}')"""
    )
    return ready


async def test_every_page_can_be_used_by_every_operator_and_does_what_it_says(page, service, window):  # noqa: PLR0915 - one walk
    found = {}

    async def examine(place):
        if not await page.evaluate("'axe' in window"):
            await page.evaluate(AXE.read_text())
        if mistakes := await page.evaluate(RUN):
            found[place] = mistakes
        await fits(page)

    async with asking(service, BEN) as ben:
        ready = await something_of_everything(service, ben)
        await signed_in(page)
        for place, heading in PLACES.items():
            await page.goto(f"/operate/{place}")
            await expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
            await expect(page.locator(".mantine-Skeleton-root")).to_have_count(0)
            assert await page.locator("main img").count() == 0, place
            await examine(place)

        await page.goto("/operate/money")
        await expect(page.get_by_role("region", name="Costs and margins by day")).to_contain_text("$0.08")
        async with page.expect_download() as download:
            await page.get_by_role("button", name="CSV").click()
        assert (await download.value).suggested_filename == "costs-30-days.csv"
        # From what was given back to its staging, whose pictures are seen for a reason alone.
        await page.goto("/operate/credit-backs")
        await page.get_by_role("link", name="The staging").click()
        await expect(page.get_by_role("region", name=ready["id"])).to_be_visible()
        await expect(page.get_by_text("Only one staging")).to_be_visible()
        await expect(page.locator(".entry")).to_have_count(1)

        await page.goto("/operate/models")
        await page.get_by_role("combobox", name="Ask another one, last").click()
        await page.get_by_role("option").first.click()
        await page.get_by_role("button", name="Save this order").click()
        await expect(page.get_by_text(f"Set by {ADA.email}")).to_be_visible()
        model = page.get_by_role("region", name="FLUX.1 Kontext pro")
        await model.get_by_role("button", name="Set up").click()
        await model.get_by_role("textbox", name="Safety tolerance").fill("1")
        await examine("a model's form")
        await model.get_by_role("button", name="Save").click()
        await expect(model.get_by_text(f"Set up by {ADA.email}")).to_be_visible()

        await page.goto("/operate/switches")
        uploads = page.get_by_role("region", name="Uploads", exact=True)
        await uploads.get_by_role("button", name="Switch off").click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_label("What people are told").fill("We move house until 10.")
        await examine("a switch")
        await dialog.get_by_role("button", name="Switch off").click()
        await expect(uploads.get_by_text("Off", exact=True)).to_be_visible()
        file = {"name": "a.jpg", "type": "image/jpeg", "size": 10, "sha256": "0" * 64}
        body = {"project_id": ready["project_id"], "files": [file]}
        assert (await ben.ask("POST", "uploads", 403, json=body))["detail"] == "We move house until 10."
        await uploads.get_by_role("button", name="Switch on").click()
        await expect(uploads.get_by_text("On", exact=True)).to_be_visible()
        await ben.ask("POST", "uploads", 201, json=body)

    await page.goto("/operate/incidents")
    await page.get_by_label("In a few words").fill("Uploads are slow")
    await page.get_by_label("What people see of it").fill("We look into it.")
    await page.get_by_role("button", name="Tell everybody").click()
    incident = page.get_by_role("region", name="Uploads are slow")
    await expect(incident.get_by_text("Goes on")).to_be_visible()
    await examine("an incident")
    await page.goto("/status")
    await expect(page.get_by_text("We look into it.")).to_be_visible()
    await examine("status")
    await page.goto("/operate/incidents")
    await incident.get_by_label("More of it").fill("A disk was full. It works again.")
    await incident.get_by_role("button", name="Tell, and it is over").click()
    await expect(incident.get_by_text("Over", exact=True)).to_be_visible()
    for name, title in LEGAL.items():
        await page.goto(f"/legal/{name}")
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        await examine(title)
    assert not found, "\n".join(f"{place}: {mistake}" for place, mistakes in found.items() for mistake in mistakes)
