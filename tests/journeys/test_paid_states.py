"""Everything that a plan and its payments can come to, on a phone and a desk, light and dark: for everyone, and within the window."""

from uuid import UUID

import pytest
from playwright.async_api import expect

from realstaging.domains.accounts.schemas import Account, Member
from realstaging.domains.billing import service as billing
from realstaging.domains.billing.service import TakeBack
from realstaging.domains.payments import plans
from realstaging.engines.engine import CostClass
from realstaging.kit.ids import new_id
from realstaging.runtime.work import transaction
from tests.journeys.steps import signed_in
from tests.journeys.test_accessibility import AXE, RUN
from tests.offices import join

pytestmark = [pytest.mark.browser, pytest.mark.long]

WINDOWS = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
STILL = """async () => {
  // Chromium leaves inherited colours as they were in some places when the scheme changes under a page: everything is styled anew.
  document.body.style.display = "none";
  document.body.getBoundingClientRect();
  document.body.style.display = "";
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  const ending = document.getAnimations().filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime));
  await Promise.allSettled(ending.map((one) => one.finished));
}"""
"""Colours change over some frames."""
HEADING = "Invoices and receipts"


@pytest.fixture
def service(shop):
    return shop.service


class Looked:
    """What was found wrong, by place, window and colours."""

    def __init__(self, page):
        self.page, self.found = page, {}

    async def at(self, place, address="/settings/billing", heading=HEADING):
        """A page as it is when it is opened."""
        await self.page.goto(address)
        await expect(self.page.get_by_role("heading", name=heading).first).to_be_visible()
        await expect(self.page.locator("[aria-busy=true]")).to_have_count(0)
        await self.here(place)

    async def here(self, place):
        for window, size in WINDOWS.items():
            await self.page.set_viewport_size(size)
            for colours in ("light", "dark"):
                await self.page.emulate_media(color_scheme=colours, reduced_motion="reduce")
                await expect(self.page.locator("html")).to_have_attribute("data-mantine-color-scheme", colours)
                await self.page.evaluate(STILL)
                await self.examine(f"{place}, {window}, {colours}")
        await self.page.set_viewport_size(WINDOWS["desk"])

    async def examine(self, where):
        if not await self.page.evaluate("'axe' in window"):
            await self.page.evaluate(AXE.read_text())
        mistakes = await self.page.evaluate(RUN)
        beyond = await self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if beyond > 0:
            mistakes = [*mistakes, f"{beyond} pixels wider than the window"]
        if mistakes:
            self.found[where] = mistakes


async def test_what_is_paid_can_be_read_by_everyone_in_every_state(page, shop):
    looked = Looked(page)
    await looked.at("prices for everybody", "/pricing", "Pricing")
    await signed_in(page)
    await looked.at("free, nothing paid")
    bought = await shop.buy(plan="business", term="month", seats=12)
    await looked.at("just paid", f"/settings/billing?paid={bought['id']}")
    await looked.at("left unpaid", f"/settings/billing?left={bought['id']}")
    await shop.buy(pack="pack_20")
    for number in range(11):
        await join(shop.service, str(shop.account), f"member{number:02}", "member")
    await looked.at("active")
    await looked.at("prices for who has a plan", "/pricing", "Pricing")
    await with_dialogs(looked, page)
    body = {"plan": "business", "term": "month", "seats": 10, "losing_access": True}
    for place, method, path, sent in (
        ("smaller later", "PUT", "billing/subscription", body),
        ("ending", "POST", "billing/subscription/cancel", {"losing_access": True}),
        ("paused", "POST", "billing/subscription/pause", {"months": 2}),
    ):
        await asked(shop, method, path, json=sent)
        await looked.at(place)
        if place != "paused":
            await asked(shop, "POST", "billing/subscription/resume")
    async with shop.at_their_time() as later:
        await shop.later(later, days=32)
        await plans.follow_time(later)
        await looked.at("resting")
        await asked(shop, "POST", "billing/subscription/resume")
        await shop.later(later, days=1)
        for method in shop.sandbox.books.all("payment_method"):
            method["_number"] = "4000000000000341"
        await shop.later(later, days=31)
        await looked.at("late")
        shop.sandbox.books.clock.set(shop.sandbox.books.now() + 9 * 86400)
        await plans.follow_time(later)
        await looked.at("not paid in time")
    await with_trouble(looked, shop)
    assert not looked.found, "\n".join(f"{place}: {one}" for place, all_ in looked.found.items() for one in all_)


async def asked(shop, method, path, **sent):
    """By somebody who signed in just now, however long the pages before took."""
    async with shop.service.signed_in() as ada:
        await ada.ask(method, path, **sent)


async def with_dialogs(looked, page):
    """What is asked before a plan is changed, ended, or rests."""
    plan = page.get_by_role("region", name="Plan")
    for button, name in (
        ("Change plan", "Change plan"),
        ("Pause", "Pause the plan"),
        ("Cancel plan", "Cancel the plan?"),
    ):
        await page.goto("/settings/billing")
        await plan.get_by_role("button", name=button).click()
        dialog = page.get_by_role("dialog", name=name)
        await expect(dialog).to_be_visible()
        if button == "Change plan":
            await dialog.get_by_label("Seats").fill("10")
            await expect(dialog.get_by_role("checkbox")).to_be_visible()
        if button == "Cancel plan":
            await dialog.get_by_role("button", name="Cancel plan").click()
            await expect(dialog.get_by_role("checkbox")).to_be_visible()
        await looked.here(name)
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)


async def with_trouble(looked, shop):
    """A payment that is disputed, and one that was taken back after some of it was spent."""
    paid = [one for one in shop.sandbox.books.all("payment_intent") if one["status"] == "succeeded"]
    pack = next(one for one in paid if one["amount"] == 790)
    disputed = shop.sandbox.payments.dispute(shop.sandbox.payments.charge_of(pack["id"]), "fraudulent")
    await shop.followed()
    await looked.at("disputed")
    shop.sandbox.payments.close_dispute(disputed, "won")
    await shop.followed()
    project = await shop.ada.project()
    ada = Member(new_id(), "ada@example.com", "Ada", Account(shop.account, "Ada"))
    async with transaction(shop.platform) as work:
        stagings = [new_id() for _ in range(3)]
        order = billing.Order(UUID(project["id"]), "replicate", stagings, CostClass.PROVIDERS_PICTURE)
        assert await billing.hold(work, ada, order) is None
        for lot in await work.connection.fetch("select reference from lots where account_id = $1", shop.account):
            await billing.take_back(work, shop.account, TakeBack(lot["reference"], f"test:{lot['reference']}"))
    await looked.at("owed")
