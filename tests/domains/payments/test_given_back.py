"""What was paid and given back: refunds, disputes, and what stands in their way; and what an erased account leaves."""

import asyncio
from uuid import UUID

import pytest

from realstaging.domains.billing import service as billing
from realstaging.domains.billing.service import TakeBack
from realstaging.domains.payments import account_data, customers, following, plans, reconciling, store
from realstaging.domains.payments.schemas import Outcome
from realstaging.kit.errors import CannotStage, NotFound
from realstaging.runtime.work import transaction
from realstaging.sandbox.stripe.faults import Fault


def paid(shop, number=0):
    """The payment that was made last, or so many before it."""
    intent = shop.sandbox.books.all("payment_intent")[number]["id"]
    return shop.sandbox.payments.charge_of(intent)


async def standing(shop):
    return await shop.database.fetchval("select standing from ledger_accounts where account_id = $1", shop.account)


async def test_refunds_take_their_share_and_all_of_it_for_all(shop):
    await shop.billing()
    await shop.buy(pack="pack_100")
    assert await shop.available() == 27.5
    for amount, left in ((1, 27.5 - 0.007812), (1599, 15.0), (1600, 2.5)):
        made = shop.sandbox.payments.refund(paid(shop), {"amount": amount})
        await shop.followed()
        assert abs(await shop.available() - left) < 0.0001, amount
    # The last one could not be paid back: what it had taken is given again, once.
    shop.sandbox.payments.fail_refund(made)
    await shop.followed()
    assert abs(await shop.available() - 15.0) < 0.0001
    [invoice] = (await shop.ada.ask("GET", "billing/invoices"))["items"]
    assert sorted((one["kind"], one["amount_minor"], one["undone"]) for one in invoice["given_back"]) == [
        ("refund", 1, False),
        ("refund", 1599, False),
        ("refund", 1600, True),
    ]
    # A refund that is told before anything of what it is of.
    shop.fault(Fault.EVENT_LOST, times=None, on="checkout.")
    shop.fault(Fault.EVENT_LOST, times=None, on="invoice.")
    before = await shop.available()
    await shop.buy(pack="pack_20")
    assert await shop.available() == before
    shop.sandbox.payments.refund(paid(shop), {"amount": 395})
    await shop.followed()
    assert abs(await shop.available() - before - 2.5) < 0.0001


async def test_a_refund_of_a_renewal_told_before_its_invoice_finds_it(shop):
    """It is neither what our page led to nor the newest: Stripe is asked which invoice was paid."""
    await shop.billing()
    await shop.buy(plan="pro", term="month")
    for events in ("invoice.", "customer."):
        shop.fault(Fault.EVENT_LOST, times=None, on=events)
    async with shop.at_their_time() as later:
        for _ in range(2):
            await shop.later(later, days=32)
        assert len((await shop.ada.ask("GET", "billing/invoices"))["items"]) == 1
        shop.sandbox.payments.refund(paid(shop, 1), {"amount": 1200})
        await shop.followed(later)
    invoices = (await shop.ada.ask("GET", "billing/invoices"))["items"]
    given_back = [[(back["kind"], back["amount_minor"]) for back in one["given_back"]] for one in invoices]
    assert [one for one in given_back if one] == [[("refund", 1200)]]
    assert given_back[-1] == [], "what was paid at first is not what was given back"


async def test_what_was_refunded_before_its_payment_was_known_to_be_paid_is_taken_back_with_it(shop):
    await shop.buy(plan="pro", term="month")
    methods = shop.sandbox.books.all("payment_method")
    good = methods[0]["_number"]
    async with shop.at_their_time() as later:
        for method in methods:
            method["_number"] = "4000000000000341"
        await shop.later(later, days=31)
        [renewal, _] = (await shop.ada.ask("GET", "billing/invoices"))["items"]
        assert renewal["state"] == "open"
        for events in ("invoice.", "customer."):
            shop.fault(Fault.EVENT_LOST, times=None, on=events)
        for method in methods:
            method["_number"] = good
        await shop.later(later, days=5)
        shop.sandbox.payments.refund(paid(shop), {})
        await shop.followed(later)
        await reconciling.reconcile(later, shop.now.replace(year=2020))
    [renewal, _] = (await shop.ada.ask("GET", "billing/invoices"))["items"]
    assert (renewal["state"], [one["kind"] for one in renewal["given_back"]]) == ("paid", ["refund"])
    assert sorted((await shop.granted()).values()) == [(25.0, 0.0), (25.0, 25.0)]


async def test_what_is_spent_and_refunded_is_owed_and_nothing_is_begun_until_it_is_made_up_for(shop):
    await shop.billing()
    await shop.buy(pack="pack_20")
    async with transaction(shop.platform) as work:
        # As if all of the free grant were gone.
        await billing.take_back(work, shop.account, TakeBack(f"plan:{work.now:%Y-%m}", "test:spent"))
    shop.sandbox.payments.refund(paid(shop), {})
    await shop.followed()
    assert await shop.available() == 0
    assert (await shop.billing())["stagings_left"] == 0


async def test_a_dispute_stops_what_is_new_and_is_over_when_it_is_won(shop):
    await shop.billing()
    await shop.buy(pack="pack_20")
    await shop.buy(plan="pro", term="month")
    made = shop.sandbox.payments.dispute(paid(shop, 1), "fraudulent")
    await shop.followed()
    now = await shop.billing()
    assert (now["standing"], now["plan"], now["available_usd"]) == ("stopped", "pro", "27.50")
    assert "disputed with your bank" in now["standing_reason"]
    assert (await shop.open(403, pack="pack_20"))["code"] == "payment_disputed"
    body = {"plan": "business", "term": "month"}
    assert (await shop.ada.ask("PUT", "billing/subscription", 403, json=body))["code"] == "payment_disputed"
    shop.sandbox.payments.close_dispute(made, "won")
    await shop.followed()
    assert (await standing(shop), await shop.available()) == ("good", 32.5)
    lost = shop.sandbox.payments.dispute(paid(shop, 0), "fraudulent")
    await shop.followed()
    shop.sandbox.payments.close_dispute(lost, "lost")
    await shop.followed()
    assert (await standing(shop), await shop.available()) == ("stopped", 7.5)
    # An operator has looked at it; the credit stays taken back, and the daily comparison brings nothing back.
    await plans.forgive(shop.platform, lost["id"])
    assert await reconciling.reconcile(shop.platform, shop.now.replace(year=2020)) == []
    assert (await standing(shop), await shop.available()) == ("good", 7.5)
    with pytest.raises(NotFound):
        await plans.forgive(shop.platform, lost["id"])
    # And those who look after it were written to once about each.
    told = await shop.database.fetch("select letter ->> 'trouble' as about from letters where kind = 'payment_trouble'")
    assert [row["about"] for row in told] == ["disputed", "disputed"]


async def test_who_only_ever_bought_packs_may_spend_again_when_a_dispute_is_won_or_forgiven(shop):
    """Only a plan's next word lifted it: without one, nothing could ever be paid for again."""
    await shop.billing()
    await shop.buy(pack="pack_20")
    await shop.buy(pack="pack_20")
    won = shop.sandbox.payments.dispute(paid(shop, 0), "fraudulent")
    await shop.followed()
    assert await standing(shop) == "stopped"
    shop.sandbox.payments.close_dispute(won, "won")
    await shop.followed()
    assert await standing(shop) == "good"
    lost = shop.sandbox.payments.dispute(paid(shop, 1), "fraudulent")
    shop.sandbox.payments.close_dispute(lost, "lost")
    await shop.followed()
    assert await standing(shop) == "stopped"
    await plans.forgive(shop.platform, lost["id"])
    assert await standing(shop) == "good"


async def test_a_dispute_is_written_of_when_it_begins_and_not_whenever_it_is_read(shop):
    """It came again with every reading once the letter was forgotten, after days that an operator chooses."""
    await shop.buy(pack="pack_20")
    made = shop.sandbox.payments.dispute(paid(shop, 0), "fraudulent")
    await shop.followed()
    assert await shop.database.fetchval("select count(*) from letters where kind = 'payment_trouble'") == 1
    await shop.database.execute("delete from letters")
    assert await following.dispute(shop.platform, made["id"]) == following.DONE
    assert await shop.database.fetchval("select count(*) from letters where kind = 'payment_trouble'") == 0


async def test_a_dispute_is_forgiven_once_nothing_else_is_written_of_its_account(shop):
    await shop.buy(pack="pack_20")
    lost = shop.sandbox.payments.dispute(paid(shop, 0), "fraudulent")
    shop.sandbox.payments.close_dispute(lost, "lost")
    await shop.followed()
    async with transaction(shop.platform) as work:
        await store.lock_customer(work.connection, shop.account)
        forgiving = asyncio.create_task(plans.forgive(shop.platform, lost["id"]))
        done, _ = await asyncio.wait({forgiving}, timeout=0.3)
        assert not done
        # The row of what was given back is not held meanwhile by who waits: that would be a deadlock.
        await work.connection.execute("select from give_backs where id = $1 for update nowait", lost["id"])
    await forgiving
    assert await standing(shop) == "good"


async def test_invoices_say_line_by_line_what_was_charged_and_what_was_not(shop):
    await shop.buy(plan="pro", term="month")
    project, rows = await shop.ada.project(), []
    photo = await shop.ada.photo(project)
    engine = shop.service.engine
    engine.failures = [CannotStage("No floor.")]
    async with shop.service.working():
        for style in ("modern", "coastal", "bohemian"):
            [staging] = await shop.ada.stage(photo, styles=[style])
            rows.append((await shop.ada.until(staging, "ready", "failed"))["id"])
    # By the engine of tests nothing is paid; as if by one that is.
    for number, staging in enumerate(rows):
        await shop.database.execute(
            """insert into holds (staging_id, account_id, project_id, amount, state) values ($1, $2, $3, 250000, $4)""",
            UUID(staging),
            shop.account,
            UUID(project["id"]),
            "released" if number == 0 else "settled",
        )
    [invoice] = (await shop.ada.ask("GET", "billing/invoices"))["items"]
    lines = {(line["outcome"], line["reason"]): (line["stagings"], line["charged_usd"]) for line in invoice["lines"]}
    assert lines == {(Outcome.CHARGED, None): (2, "0.50"), (Outcome.FAILED, "cannot_stage"): (1, "0.00")}
    one_by_one, cursor = [], ""
    while cursor is not None:
        page = await shop.ada.ask(
            "GET", f"billing/invoices/{invoice['id']}/stagings?limit=2" + (f"&cursor={cursor}" if cursor else "")
        )
        one_by_one += page["items"]
        cursor = page["next_cursor"]
    assert {one["staging_id"]: (one["outcome"], one["charged_usd"]) for one in one_by_one} == {
        rows[0]: ("failed", "0.00"),
        rows[1]: ("charged", "0.25"),
        rows[2]: ("charged", "0.25"),
    }
    # And are nobody else's.
    async with shop.service.signed_in(shop.stranger) as stranger:
        await stranger.ask("GET", f"billing/invoices/{invoice['id']}/stagings", 404)
        assert (await stranger.ask("GET", "billing/invoices"))["items"] == []


async def test_an_erased_account_is_no_customer_any_more(shop):
    page = await shop.buy(plan="pro", term="month")
    exported = [
        (section.name, [row.said async for row in every(section, shop)]) for section in account_data.DATA.of_account
    ]
    assert {name: len(rows) for name, rows in exported} == {
        "customers": 1,
        "checkout_sessions": 1,
        "subscriptions": 1,
        "payments": 1,
    }
    async with transaction(shop.platform) as work:
        erased = await account_data.erase(work, shop.account, 100)
    assert erased == {"customers": 1, "checkout_sessions": 1, "subscriptions": 1}
    async with transaction(shop.platform) as work:
        assert await account_data.erase(work, shop.account, 100) == {}
    await shop.database.execute("update accounts set erased_at = now() where id = $1", shop.account)
    await shop.followed()
    [customer], [subscription] = shop.sandbox.books.all("customer"), shop.sandbox.books.all("subscription")
    assert customer["deleted"]
    assert subscription["status"] == "canceled"
    # Forgotten once more it is as it was: nothing is asked of Stripe that could fail.
    shop.fault(Fault.SERVER_ERROR, times=None, on="DELETE /v1/customers")
    await customers.forget(shop.platform.payments, customer["id"])
    # What is said of it later is of nobody here.
    assert await following.subscription(shop.platform, subscription["id"]) == following.NOT_OURS
    rows = await shop.database.fetch("select hosted_url, pdf_url, paid_minor from payments")
    assert [tuple(row) for row in rows] == [(None, None, 2400)]
    for table in ("customers", "checkout_sessions", "subscriptions"):
        assert await shop.database.fetchval(f"select count(*) from {table}") == 0, table
    assert page


async def every(section, shop):
    for row in await section.read(shop.database, shop.account, None, 100):
        yield row
