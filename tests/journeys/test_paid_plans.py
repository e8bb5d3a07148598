"""A paid plan in a browser when it does not just go on: it rests, loses seats, is not paid, is looked after at Stripe."""

import re
from datetime import timedelta

import pytest
from playwright.async_api import expect

from realstaging.domains.payments import plans
from tests.journeys.steps import signed_in
from tests.offices import asking, join, somebody

pytestmark = [pytest.mark.browser, pytest.mark.long]

SHORT, ONCE, ALWAYS = "4000000000009995", "4000002500003155", "4000002760003184"
"""Has not enough on it; asks for confirmation once; asks always."""
RENEWALS = "4000000000000341"
"""Is declined when nobody is there."""


@pytest.fixture
def service(shop):
    return shop.service


def from_now_on(shop, card):
    """Cards that are known of anybody do what this one does."""
    for method in shop.sandbox.books.all("payment_method"):
        method["_number"] = card


async def on_billing(page):
    await page.goto("/settings/billing")
    return page.get_by_role("region", name="Plan")


async def test_a_plan_rests_and_goes_on(page, shop):
    await shop.buy(plan="pro", term="month")
    await signed_in(page)
    plan = await on_billing(page)
    await plan.get_by_role("button", name="Pause").click()
    dialog = page.get_by_role("dialog", name="Pause the plan")
    await expect(dialog).to_contain_text("nothing is charged and the account is on the free plan")
    await dialog.get_by_role("combobox", name="For how long").click()
    await page.get_by_role("option", name="2 months").click()
    await dialog.get_by_role("button", name="Pause").click()
    await expect(plan).to_contain_text(re.compile("Paused: nothing changes until .* goes on by itself on"))
    await expect(plan).not_to_contain_text("Next invoice")
    async with shop.at_their_time() as later:
        await shop.later(later, days=32)
        await plans.follow_time(later)
    await page.reload()
    await expect(plan.get_by_text("Free", exact=True)).to_be_visible()
    await expect(plan).to_contain_text("Pro, monthly rests, and nothing is charged. It goes on by itself on")
    await plan.get_by_role("button", name="Go on with the plan").click()
    await expect(plan).to_contain_text("Goes on by itself on")
    await expect(plan).to_contain_text("Pro, monthly")


async def test_who_has_no_seat_is_said_before_and_then_it_is_so(page, shop):
    await shop.buy(plan="business", term="month", seats=12)
    for number in range(11):
        await join(shop.service, str(shop.account), f"member{number:02}", "member")
    await signed_in(page)
    plan = await on_billing(page)
    await expect(plan).to_contain_text("12 of 12 seats taken")
    await plan.get_by_role("button", name="Change plan").click()
    dialog = page.get_by_role("dialog", name="Change plan")
    await dialog.get_by_label("Seats").fill("10")
    agree = dialog.get_by_role("checkbox")
    await expect(dialog).to_contain_text("Nothing is charged now. It is so from")
    await expect(dialog).to_contain_text(
        re.compile("There is no seat for (Member09, Member10|Member10, Member09): they lose access then")
    )
    change = dialog.get_by_role("button", name="Change", exact=True)
    await expect(change).to_be_disabled()
    await agree.check()
    await change.click()
    await expect(plan).to_contain_text(re.compile(r"From .*: Business, monthly, 10 seats\."))
    lost = somebody("member10")
    async with asking(shop.service, lost, shop.account) as caller:
        await caller.ask("GET", "projects")
    async with shop.at_their_time() as later:
        await shop.later(later, days=32)
    plan = await on_billing(page)
    await expect(plan).to_contain_text("Business, monthly, 10 seats")
    await expect(plan).to_contain_text("10 of 10 seats taken")
    await page.goto("/settings/office")
    await expect(page.get_by_text("Suspended", exact=True)).to_have_count(2)
    async with asking(shop.service, lost, shop.account) as caller:
        await caller.ask("GET", "projects", 403)


async def test_a_renewal_that_fails_has_days_of_grace_and_then_the_free_plan(page, shop):
    await shop.buy(plan="pro", term="month")
    await signed_in(page)
    from_now_on(shop, ALWAYS)
    async with shop.at_their_time() as later:
        await shop.later(later, days=32)
        plan = await on_billing(page)
        await expect(page.get_by_role("alert")).to_contain_text("A payment is late")
        await expect(plan).to_contain_text("Pro, monthly")
        await expect(plan).to_contain_text(re.compile("The last payment failed. The plan stays until .*: pay the open"))
        due = page.get_by_role("article", name="Invoice").filter(has_text="Due")
        await expect(due).to_contain_text("$24.00")
        await shop.later(later, days=6)
        await plans.follow_time(later)
        await expect(plan).to_contain_text("Pro, monthly")
        shop.sandbox.books.clock.set(int((shop.now + timedelta(days=2)).timestamp()))
        await plans.follow_time(later)
        await page.reload()
        await expect(plan).to_contain_text(
            re.compile("Free.*The last payment of Pro, monthly failed, so the account has been on the free plan since")
        )
        await expect(page.get_by_role("alert")).to_have_count(0)
        # The bank asks who they are; that is answered on the invoice's page, and the plan is back.
        async with page.context.expect_page() as opening:
            await due.get_by_role("link", name="Pay").click()
        invoice = await opening.value
        await expect(invoice.get_by_role("heading", name="Your bank asks")).to_be_visible()
        await invoice.get_by_role("button", name="Complete").click()
        await expect(invoice.get_by_text("paid ·")).to_be_visible()
        await shop.followed(later)
    await page.reload()
    await expect(plan).to_contain_text("Pro, monthly")
    await expect(plan).to_contain_text("Goes on by itself on")


async def test_cards_and_the_end_of_a_plan_are_looked_after_at_stripe(page, shop):
    await shop.buy(plan="pro", term="month")
    await signed_in(page)
    plan = await on_billing(page)

    async def at_stripe(button):
        await plan.get_by_role("button", name="Cards and addresses").click()
        await page.get_by_role("button", name=button).click()

    await at_stripe("Cancel at the end")
    await expect(page.get_by_text("ends then")).to_be_visible()
    await page.get_by_label("Card").select_option(RENEWALS)
    await page.get_by_role("button", name="Change the card").click()
    await expect(page.get_by_role("heading", name="Your plan")).to_be_visible()
    await shop.followed()
    await page.get_by_role("link", name="Back").click()
    await expect(plan).to_contain_text(re.compile("Ends on .* Packs stay yours"))
    # Plans and seats are changed where it is said what that costs and who loses access.
    await at_stripe("Keep it")
    await expect(page.get_by_role("button", name="Change it now")).to_have_count(0)
    await shop.followed()
    await page.get_by_role("link", name="Back").click()
    await expect(plan).to_contain_text("Goes on by itself on")
    # The new card is the one that is charged: it is declined.
    await plan.get_by_role("button", name="Change plan").click()
    dialog = page.get_by_role("dialog", name="Change plan")
    await dialog.get_by_role("combobox", name="Plan").click()
    await page.get_by_role("option", name="Business").click()
    await dialog.get_by_role("button", name=re.compile(r"^Pay \$\d+\.\d\d and change$")).click()
    await expect(page.get_by_text("Your card was not charged, so nothing was changed.")).to_be_visible()
    await dialog.get_by_role("button", name="Keep").click()
    await page.reload()
    await expect(plan).to_contain_text("Pro, monthly")
    await expect(page.get_by_role("region", name="Credit")).to_contain_text("100 stagings left")


async def test_a_pack_is_had_once_the_bank_has_paid(page, shop):
    await signed_in(page)
    await on_billing(page)
    credit = page.get_by_role("region", name="Credit")
    await credit.get_by_role("button", name="100 stagings for $32").click()

    async def paid_with(card, answer=None):
        await page.get_by_label("Card").select_option(card)
        await page.get_by_role("button", name="Pay").click()
        if answer:
            await page.get_by_role("button", name=answer).click()

    await paid_with(SHORT)
    await expect(page.get_by_role("alert")).to_contain_text("insufficient funds")
    await paid_with(ONCE, "Fail")
    await expect(page.get_by_role("alert")).to_contain_text("authenticat")
    assert await shop.available() == 2.5
    await paid_with(ALWAYS, "Complete")
    await expect(page.get_by_text("100 stagings were added to your credit.")).to_be_visible()
    await expect(credit).to_contain_text("110 stagings left")
    await expect(credit).to_contain_text("Never lapses")
