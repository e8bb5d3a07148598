"""Every page and dialog, light and dark, against the rules of axe (WCAG 2.2 AA and good practice)."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import expect

from realstaging.kit.errors import CannotStage
from tests.journeys.plans import PlanningEngine, planning_service
from tests.journeys.steps import chosen, in_new_project

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => {
  await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null)));
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, any }) =>
    `${id}: ${target.join(" ")} ${any.map(({ message }) => message).join("; ")}`));
}"""


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
    ("/nowhere", "There is nothing to see here"),
]


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    async with planning_service(tmp_path, database_url, redis_url, replicate=PlanningEngine()) as running:
        yield running


@pytest.fixture(params=["light", pytest.param("dark", marks=pytest.mark.long)])
def window(request):
    return {"viewport": {"width": 1280, "height": 900}, "color_scheme": request.param, "reduced_motion": "reduce"}


async def test_everything_can_be_used_by_everyone(page, service, photos):
    found = {}

    async def examine(place):
        if not await page.evaluate("'axe' in window"):
            await page.evaluate(AXE.read_text())
        if mistakes := await page.evaluate(RUN):
            found[place] = mistakes

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
    assert not found, "\n".join(f"{place}: {mistake}" for place, mistakes in found.items() for mistake in mistakes)
