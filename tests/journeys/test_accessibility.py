"""Every page and dialog, light and dark, against the rules of axe (WCAG 2.2 AA and good practice)."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import expect

from realstaging.kit.errors import CannotStage
from tests.journeys.plans import PlanningEngine, planning_service
from tests.journeys.steps import chosen, in_new_project, signed_in

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => {
  await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null)));
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, any }) =>
    `${id}: ${target.join(" ")} ${any.map(({ message }) => message).join("; ")}`));
}"""


DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
NOWHERE = "There is nothing to see here"
PAGES = [
    ("/", "Projects"),
    ("/usage", "Usage"),
    ("/pricing", "Pricing"),
    ("/settings/billing", "Invoices and receipts"),
    ("/settings/mail", "Mail"),
    ("/settings/office", "Members"),
    ("/settings/upload-links", "Upload links"),
    ("/settings/webhooks", "Webhooks"),
    ("/settings/keys", "Keys"),
    ("/settings/audit", "Audit trail"),
    ("/settings/profile", "Preferences"),
    ("/settings/sessions", "Sessions"),
    ("/settings/privacy", "What is kept of you"),
    ("/nowhere", NOWHERE),
]


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    async with planning_service(tmp_path, database_url, redis_url, replicate=PlanningEngine()) as running:
        yield running


@pytest.fixture(params=["light", "dark"])
def window(request):
    if isinstance(request.param, dict):
        return request.param
    return {"viewport": DESKTOP, "color_scheme": request.param, "reduced_motion": "reduce"}


class Examination:
    """What axe finds, by the place where it does."""

    def __init__(self, page):
        self.page, self.found, self.places = page, {}, 0

    async def __call__(self, place):
        self.places += 1
        if not await self.page.evaluate("'axe' in window"):
            await self.page.evaluate(AXE.read_text())
        if mistakes := await self.page.evaluate(RUN):
            self.found[place] = mistakes

    def told(self):
        return "\n".join(f"{place}: {mistake}" for place, mistakes in self.found.items() for mistake in mistakes)


@pytest.mark.parametrize(
    "window",
    [{"viewport": PHONE, "color_scheme": "dark", "reduced_motion": "reduce", "has_touch": True}],
    indirect=True,
)
async def test_where_people_begin_can_be_used_by_everyone(page, service):
    examine = Examination(page)
    await page.goto("/")
    await expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    await examine("sign-in")
    await in_new_project(page)
    await examine("empty project")
    for address, heading in (("/", "Projects"), ("/settings/office", "Members"), ("/nowhere", NOWHERE)):
        await page.goto(address)
        await expect(page.get_by_role("heading", name=heading)).to_be_visible()
        await examine(heading)
    assert not examine.found, examine.told()
    assert examine.places == 5


@pytest.mark.long
async def test_everything_can_be_used_by_everyone(page, service, photos):
    examine = Examination(page)
    service.engine.failures = [CannotStage("I can't see enough floor.")]
    await page.goto(f"http://office.test:{urlsplit(service.url).port}/")
    await expect(page.get_by_role("heading", name="This address is not encrypted")).to_be_visible()
    await examine("over plain HTTP")
    await page.goto("/")
    await expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    await examine("sign-in")
    await page.goto("/pricing")
    await expect(page.get_by_role("article", name="Pro")).to_be_visible()
    await examine("prices for everybody")
    async with service.working():
        await in_new_project(page)
        await examine("empty project")
        await chosen(page, [*photos, __file__])
        await page.get_by_role("button", name="Change bedroom.jpg").click()
        await examine("queue")
        await page.get_by_role("button", name="Stage 2 photos").click()
        await expect(page.get_by_role("slider")).to_have_count(1)
        await expect(page.get_by_text("Not staged")).to_be_visible()
        await examine("gallery")
        for opened, first in (
            ("Move furniture", page.get_by_role("button", name="Sofa")),
            ("Correct the room", page.get_by_role("button", name="Floor corner 1")),
            ("Change", page.get_by_role("button", name="Make 1 picture")),
        ):
            await page.get_by_role("button", name=opened, exact=True).first.click()
            await first.focus()
            await page.keyboard.press("Enter") if opened == "Move furniture" else None
            await examine(opened)
            await page.keyboard.press("Escape")
            await expect(page.get_by_role("dialog")).to_have_count(0)
        await page.get_by_role("button", name="Enlarge").click()
        await expect(page.get_by_role("dialog")).to_be_visible()
        await examine("enlarged")
        await page.get_by_role("dialog").get_by_role("button", name="House unchanged").click()
        await expect(page.get_by_text("Added")).to_be_visible()
        await examine("proof")
    for address, heading in PAGES:
        await page.goto(address)
        await expect(page.get_by_role("heading", name=heading)).to_be_visible()
        await examine(heading)
    for address, opening, opened in (
        ("/settings/keys", "New key", "New key"),
        ("/settings/webhooks", "New endpoint", "New endpoint"),
        ("/settings/upload-links", "New link", "New upload link"),
    ):
        await page.goto(address)
        await page.get_by_role("button", name=opening).click()
        await expect(page.get_by_role("dialog", name=opened)).to_be_visible()
        await examine(opening)
    assert not examine.found, examine.told()


@pytest.mark.long
@pytest.mark.parametrize(
    "window",
    [
        {"viewport": size, "color_scheme": theme, "reduced_motion": "reduce", "has_touch": size is PHONE}
        for size in (DESKTOP, PHONE)
        for theme in ("light", "dark")
    ],
    ids=["desktop light", "desktop dark", "phone light", "phone dark"],
    indirect=True,
)
async def test_what_was_changed_can_be_used_by_everyone(page, service, photos, tmp_path):
    """Blocks with what is told after a change: mistakes beside fields, notices, a photo, links that were made and taken back."""
    examine = Examination(page)
    await signed_in(page)
    for see in (of_the_profile, of_upload_links):
        await see(page, examine, [*photos, tmp_path / "broken.jpg"])
    assert not examine.found, examine.told()
    assert examine.places == PLACES


PLACES = 10


async def of_the_profile(page, examine, photos):
    await page.goto("/settings/profile")
    region = page.get_by_role("region", name="You")
    await region.get_by_label("Phone").fill("call me")
    await region.get_by_role("button", name="Save").click()
    await expect(region.get_by_text("This is no telephone number.")).to_be_visible()
    await examine("a mistake beside a field")
    await region.get_by_label("Phone").fill("+49 30 123456")
    await region.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Saved.")).to_be_visible()
    await examine("saved")
    address = page.get_by_role("region", name="Billing address")
    await address.get_by_label("City").fill("Berlin")
    await address.get_by_role("button", name="Save address").click()
    await expect(address.get_by_text("An address needs this.")).to_have_count(2)
    await examine("an address that lacks something")
    photo = page.get_by_role("region", name="Photo")
    good, *_, broken = photos
    broken.write_bytes(b"no picture")
    await photo.locator("input[type=file]").set_input_files(str(broken))
    await expect(page.get_by_role("alert")).to_be_visible()
    await examine("a photo that is none")
    await photo.locator("input[type=file]").set_input_files(str(good))
    await expect(photo.get_by_role("button", name="Remove")).to_be_visible()
    await examine("a photo that was chosen")
    preferences = page.get_by_role("region", name="Preferences")
    await preferences.get_by_text("Coastal").click()
    await preferences.get_by_role("button", name="Save preferences").click()
    await expect(page.get_by_text("Saved.").first).to_be_visible()
    await examine("preferences that were saved")


async def of_upload_links(page, examine, _photos):
    await page.goto("/")
    await page.get_by_role("button", name="New project").first.click()
    await page.get_by_label("Property").fill("12 Elm Street")
    await page.get_by_role("button", name="Create").click()
    await expect(page.get_by_role("heading", name="12 Elm Street")).to_be_visible()
    await page.goto("/settings/upload-links")
    await page.get_by_role("button", name="New link").click()
    dialog = page.get_by_role("dialog", name="New upload link")
    await dialog.get_by_role("combobox", name="Project").fill("Elm")
    await page.get_by_role("option", name="12 Elm Street").click()
    await dialog.get_by_label("Who it is for").fill("Pat Photographer")
    await dialog.get_by_role("button", name="Make link").click()
    await expect(page.get_by_role("dialog", name="Your upload link")).to_be_visible()
    await examine("a link that was made")
    await page.get_by_role("button", name="I have kept it").click()
    await expect(page.get_by_role("group", name="Pat Photographer")).to_be_visible()
    await examine("links")
    await page.get_by_role("button", name="Revoke Pat Photographer").click()
    await expect(page.get_by_role("dialog", name="Revoke this link?")).to_be_visible()
    await examine("a link that is taken back")
    await page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    await expect(page.get_by_role("group", name="Pat Photographer")).to_have_count(0)
    await examine("no link any more")
