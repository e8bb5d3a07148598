"""Money in a browser: prices for everybody, an order that credit does not cover, payment, and everything that comes of it."""

import re
from datetime import timedelta

import pytest
from playwright.async_api import expect

from harness.service import RectangleEngine
from realstaging.engines import catalog
from realstaging.sandbox.stripe.cards import GOOD
from tests.domains.payments.shop import shop as open_shop
from tests.journeys.conftest import DIST
from tests.journeys.steps import chosen, in_new_project, signed_in_as
from tests.offices import join

pytestmark = pytest.mark.browser

DECLINED = "4000000000000002"
SCA = "4000002500003155"
"""Asks for confirmation at the first payment."""


@pytest.fixture
async def shop(tmp_path, database_url, redis_url):
    def build(*_parts):
        return {"local": RectangleEngine(), "replicate": RectangleEngine(catalog.abilities("replicate"))}

    async with open_shop(tmp_path, database_url, redis_url, build_engines=build, web_folder=DIST) as running:
        yield running


@pytest.fixture
def service(shop):
    return shop.service


async def paid_at_stripe(page, card=GOOD):
    """The card is given on the stand-in's page."""
    await page.get_by_label("Card").select_option(card)
    await page.get_by_role("button", name=re.compile("^(Pay|Subscribe)$")).click()


async def test_prices_are_read_by_anybody_and_a_pack_is_bought_from_there(page, shop):
    await page.goto("/")
    await page.get_by_role("link", name="What it costs").click()
    pro = page.get_by_role("article", name="Pro")
    await expect(pro).to_contain_text("$24")
    await page.get_by_text("EUR", exact=True).click()
    await page.get_by_text("Yearly", exact=True).click()
    await expect(pro).to_contain_text("€270")
    await expect(page.get_by_text("VAT is included.")).to_be_visible()
    await expect(page.get_by_role("region", name="What is never charged")).to_contain_text("did not pass our check")
    await page.get_by_role("button", name="Sign in to buy 20 stagings").click()
    await page.get_by_role("button", name="Ada Agent").click()
    await page.get_by_role("button", name="Buy 20 stagings").click()
    await paid_at_stripe(page)
    await expect(page.get_by_text("20 stagings were added to your credit.")).to_be_visible()
    await expect(page.get_by_role("region", name="Credit")).to_contain_text("30 stagings left")
    # The invoice is told by an event, which the page hears.
    await shop.followed()
    row = page.get_by_role("article", name="Invoice")
    await expect(row).to_contain_text("$7.90")
    await expect(row.get_by_role("link", name="PDF")).to_have_attribute("href", re.compile("^http.*pdf"))
    assert (await shop.billing())["currency"] == "usd"


@pytest.mark.long
async def test_a_plan_is_bought_used_enlarged_and_canceled_and_lapses(page, shop, photos):
    plan, credit = page.get_by_role("region", name="Plan"), page.get_by_role("region", name="Credit")
    async with shop.service.working():
        await in_new_project(page)
        await declined_and_left(page, plan)
        await bought_with_a_question_of_the_bank(page, plan)
        await expect(credit).to_contain_text("110 stagings left")
        await expect(credit).to_contain_text("Lapses on")
        await staged_with_it(page, photos)
        await page.goto("/settings/billing")
        await expect(credit).to_contain_text("108 stagings left")
        await expect(page.get_by_role("region", name="Day by day")).to_contain_text(
            "2 stagings charged, $0.50 of credit."
        )
        await expect(page.get_by_role("article", name="Invoice").first).to_contain_text("Stagings: 2 charged")
        await enlarged(page, plan)
        await canceled(page, plan)
        await plan.get_by_role("button", name="Go on with the plan").click()
        await expect(plan).to_contain_text("Goes on by itself on")
        await canceled(page, plan)
        shop.sandbox.advance(int((shop.now + timedelta(days=32)).timestamp()))
        await expect(plan).to_contain_text("Costs nothing, and stays.")
        await expect(plan).to_contain_text("Free")
    assert (await shop.billing())["subscription"] is None


async def declined_and_left(page, plan):
    await page.goto("/pricing")
    await page.get_by_role("button", name="Buy Pro").click()
    await paid_at_stripe(page, DECLINED)
    await expect(page.get_by_role("alert")).to_contain_text("declined")
    await page.get_by_role("link", name="Back without paying").click()
    await expect(page.get_by_text("Nothing was bought, and nothing was charged.")).to_be_visible()
    await expect(plan).to_contain_text("Free")
    await expect(page.get_by_text("Nothing was paid yet.")).to_be_visible()


async def bought_with_a_question_of_the_bank(page, plan):
    await plan.get_by_role("link", name="See plans").click()
    await page.get_by_role("button", name="Buy Pro").click()
    await paid_at_stripe(page, SCA)
    await page.get_by_role("button", name="Complete").click()
    await expect(page.get_by_text("Pro is yours from now on.")).to_be_visible()
    await expect(plan).to_contain_text("Pro, monthly")
    await expect(plan).to_contain_text("Goes on by itself on")
    await expect(plan).to_contain_text(re.compile(r"Next invoice: \$\d+\.\d\d on"))


async def staged_with_it(page, photos):
    await page.goto("/")
    await page.get_by_role("link", name="12 Elm Street").click()
    await chosen(page, photos)
    await page.get_by_role("combobox", name="Engine").click()
    await page.get_by_role("option", name="Replicate").click()
    await expect(page.get_by_text("You have $27.50, $27.00 after this.")).to_be_visible()
    await page.get_by_role("button", name="Stage 2 photos").click()
    await expect(page.get_by_role("slider")).to_have_count(2)


async def enlarged(page, plan):
    """At once, for what stands on the button."""
    await plan.get_by_role("button", name="Change plan").click()
    dialog = page.get_by_role("dialog", name="Change plan")
    await expect(dialog.get_by_text("This is what you have now.")).to_be_visible()
    await dialog.get_by_role("combobox", name="Plan").click()
    await page.get_by_role("option", name="Business").click()
    await expect(dialog.get_by_label("Seats")).to_have_value("10")
    await expect(dialog.get_by_role("status")).to_contain_text("You have it at once.")
    await dialog.get_by_role("button", name=re.compile(r"^Pay \$\d+\.\d\d and change$")).click()
    await expect(plan).to_contain_text("Business, monthly, 10 seats")
    await expect(page.get_by_role("article", name="Invoice")).to_have_count(2)


async def canceled(page, plan):
    await plan.get_by_role("button", name="Cancel plan").click()
    await page.get_by_role("dialog").get_by_role("button", name="Cancel plan").click()
    await expect(plan).to_contain_text(re.compile("Ends on .* Packs stay yours"))


@pytest.mark.long
async def test_an_order_that_credit_does_not_cover_is_told_its_ways_out(page, shop, photos):
    await in_new_project(page)
    await chosen(page, photos)
    await page.get_by_role("combobox", name="Engine").click()
    await page.get_by_role("option", name="Replicate").click()
    await expect(page.get_by_text("You have $2.50, $2.00 after this. The engine Local is free.")).to_be_visible()
    for style in ("Coastal", "Traditional", "Luxury", "Farmhouse", "Minimalist"):
        await page.get_by_role("group", name="Styles").get_by_text(style, exact=True).click()
    await expect(page.get_by_text("12 pictures cost $3.00; you have $2.50, enough for 10.")).to_be_visible()
    await expect(page.get_by_role("button", name="Pro: 100 a month for $24")).to_be_visible()
    async with page.context.expect_page() as opening:
        await page.get_by_role("button", name="Buy 20 stagings for $7.90").click()
    tab = await opening.value
    await paid_at_stripe(tab)
    await expect(tab.get_by_text("20 stagings were added to your credit.")).to_be_visible()
    # What was chosen is there still, and the first tab knows.
    await expect(page.get_by_text("You have $7.50, $4.50 after this.")).to_be_visible()
    await expect(page.get_by_text("12 pictures cost")).to_have_count(0)
    await expect(page.get_by_text("Makes 12 pictures")).to_be_visible()


async def beyond_the_budget(page, shop, photos, role):
    """Bo, of that role in Ada's account, orders there what its budget has too little left for: the dialog."""
    async with shop.service.signed_in() as ada:
        project = await ada.project("12 Elm Street")
        await ada.photo(project, photos[0].read_bytes(), name="living.jpg")
        await ada.ask("PUT", "usage/budget", json={"monthly_usd": "0.20"})
    bo, _ = await join(shop.service, str(shop.account), "bo", role)
    await signed_in_as(page, bo)
    await page.get_by_role("button", name="Bo, your account").click()
    await page.get_by_role("menuitemradio", name="Ada Agent").click()
    await page.get_by_role("link", name="12 Elm Street").click()
    await page.get_by_role("button", name="Stage", exact=True).click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("combobox", name="Engine").click()
    await page.get_by_role("option", name="Replicate").click()
    return dialog


@pytest.mark.long
async def test_who_may_not_pay_is_told_whom_to_ask(page, shop, photos):
    dialog = await beyond_the_budget(page, shop, photos, "member")
    await expect(dialog.get_by_text("1 picture costs $0.25; this month's budget leaves $0.20.")).to_be_visible()
    await expect(dialog.get_by_text("Ask an owner or admin of Ada Agent to raise the budget.")).to_be_visible()
    await expect(dialog.get_by_role("button", name="Buy")).to_have_count(0)
    await dialog.get_by_role("button", name="Use Local instead, for free").click()
    await expect(dialog.get_by_text("Makes 1 picture · free")).to_be_visible()
    await page.goto("/pricing")
    await expect(page.get_by_text("Ask an owner of Ada Agent.").first).to_be_visible()
    await page.goto("/settings/billing")
    await expect(page.get_by_text("The owners of Ada Agent look after its plan")).to_be_visible()
    await expect(page.get_by_role("navigation", name="Settings").get_by_role("link", name="Billing")).to_have_count(0)


@pytest.mark.long
async def test_a_tab_that_is_opened_from_an_order_works_in_the_account_of_the_order(page, shop, photos):
    await beyond_the_budget(page, shop, photos, "owner")
    async with page.context.expect_page() as opening:
        await page.get_by_role("link", name="Change the budget").click()
    tab = await opening.value
    await expect(tab.get_by_role("button", name="Bo, your account")).to_contain_text("Ada Agent")
    await tab.goto("/pricing")
    await expect(tab.get_by_text("For Ada Agent").first).to_be_visible()
    # A tab that is opened by hand begins in their own account, and says so where it sells.
    by_hand = await page.context.new_page()
    await by_hand.goto("/pricing")
    await expect(by_hand.get_by_text("For Bo").first).to_be_visible()
