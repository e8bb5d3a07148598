"""Two plans that were paid on two pages: the later one is ended and paid back, whatever is heard when, and whatever fails in between."""

from datetime import timedelta

from realstaging.domains.payments import following, reconciling
from realstaging.sandbox.stripe.faults import Fault
from tests.domains.payments.shop import drained
from tests.faults.payments import given_back, violated


async def two_plans(shop):
    """Two are paid for on two pages, and of the first nothing is told; the ids of both at Stripe."""
    shop.fault(Fault.EVENT_LOST, times=None)
    shop.pay(await shop.open(plan="pro", term="month"))
    await shop.followed()
    shop.sandbox.faults.clear()
    await shop.later(minutes=5)
    await shop.buy(plan="business", term="year")
    return [one["id"] for one in sorted(shop.sandbox.books.all("subscription"), key=lambda one: one["created"])]


async def test_of_two_plans_the_later_is_ended_and_paid_back_though_we_heard_of_it_first(shop):
    first, later = await two_plans(shop)
    assert (await shop.billing())["plan"] == "business"
    await following.subscription(shop.platform, first)
    await shop.followed()
    states = {one["id"]: one["status"] for one in shop.sandbox.books.all("subscription")}
    assert states == {first: "active", later: "canceled"}
    assert await violated(shop) == []


async def test_a_second_plan_that_could_not_be_ended_is_found_by_the_daily_comparison(shop):
    first, later = await two_plans(shop)
    await following.subscription(shop.platform, first)
    given_up = await shop.database.execute(
        "update jobs set state = 'dead' where kind = 'payments.end_extra' and state = 'queued'"
    )
    assert given_up == "UPDATE 1"
    await reconciling.reconcile(shop.platform, shop.now - timedelta(days=1))
    await shop.followed()
    assert shop.sandbox.books.get("subscription", later)["status"] == "canceled"
    assert await violated(shop) == []


def paid_for(shop, subscription_id):
    """The payment of its first invoice."""
    invoice = next(
        one
        for one in shop.sandbox.books.all("invoice")
        if one["parent"]["subscription_details"]["subscription"] == subscription_id
    )
    return next(one for one in shop.sandbox.books.all("payment_intent") if one["amount"] == invoice["total"])


async def test_what_could_not_be_paid_back_at_once_is_found_by_the_daily_comparison(shop):
    first, later = await two_plans(shop)
    shop.fault(Fault.SERVER_ERROR, times=None, on="POST /v1/refunds")
    await following.subscription(shop.platform, first)
    await shop.followed()
    assert shop.sandbox.books.get("subscription", later)["status"] == "canceled"
    await shop.database.execute("update jobs set state = 'dead' where kind = 'payments.end_extra'")
    shop.sandbox.faults.clear()
    await reconciling.reconcile(shop.platform, shop.now - timedelta(days=1))
    await shop.followed()
    intent = paid_for(shop, later)
    assert given_back(shop.sandbox, intent["id"]) == intent["amount"]
    assert await violated(shop) == []


async def test_what_was_given_back_of_it_before_is_not_given_back_again(shop):
    first, later = await two_plans(shop)
    intent = paid_for(shop, later)
    shop.sandbox.payments.refund(shop.sandbox.payments.charge_of(intent["id"]), {"amount": intent["amount"] // 3})
    await following.subscription(shop.platform, first)
    await shop.followed()
    assert given_back(shop.sandbox, intent["id"]) == intent["amount"]
    assert await violated(shop) == []


async def test_the_later_one_stays_where_the_other_has_ended_before(shop):
    first, later = await two_plans(shop)
    await following.subscription(shop.platform, first)
    shop.sandbox.subscribing.end(shop.sandbox.books.get("subscription", first), "cancellation_requested")
    await following.subscription(shop.platform, first)
    await drained(shop.platform)
    assert shop.sandbox.books.get("subscription", later)["status"] == "active"
    await shop.followed()
    assert (await shop.billing())["plan"] == "business"
    assert await violated(shop) == []


async def test_what_we_cannot_pay_back_is_not_asked_for_without_end(shop):
    first, later = await two_plans(shop)
    for one in shop.sandbox.books.all("invoice_payment"):
        one["payment"] = {"type": "payment_record", "payment_record": "paid by a transfer"}
    await following.subscription(shop.platform, first)
    await shop.followed()
    assert shop.sandbox.books.get("subscription", later)["status"] == "canceled"
    [left] = [one.id for one in await reconciling.reconcile(shop.platform, shop.now - timedelta(days=1))]
    assert left == later
    await shop.followed()


PLANS = 7


async def test_many_plans_are_each_ended_in_a_few_steps(shop):
    shop.fault(Fault.EVENT_LOST, times=None)
    for _ in range(PLANS):
        shop.pay(await shop.open(plan="pro", term="month"))
        await shop.followed()
    shop.sandbox.faults.clear()
    await reconciling.reconcile(shop.platform, shop.now - timedelta(days=1))
    await shop.followed()
    assert sorted(one["status"] for one in shop.sandbox.books.all("subscription")) == ["active"] + ["canceled"] * (
        PLANS - 1
    )
    assert await violated(shop) == []
    asked = await shop.database.fetchval("select count(*) from jobs where kind = 'payments.end_extra'")
    assert asked <= 4 * (PLANS - 1)
