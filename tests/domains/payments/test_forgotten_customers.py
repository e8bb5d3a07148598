"""Customers of accounts that were erased, and customers that were deleted at Stripe: nobody is charged on, nobody comes back."""

from realstaging.domains.payments import following
from realstaging.sandbox.stripe.faults import Fault


def living(shop):
    return [one for one in shop.sandbox.books.all("customer") if not one.get("deleted")]


async def test_a_deleted_customer_does_not_come_back_by_what_is_told_later(shop):
    await shop.buy(plan="pro", term="month")
    shop.fault(Fault.EVENT_LOST, times=None)
    [customer], [subscription] = shop.sandbox.books.all("customer"), shop.sandbox.books.all("subscription")
    await shop.platform.payments.customers.delete(customer["id"], "by hand")
    assert await following.customer(shop.platform, customer["id"]) == following.DONE
    assert await following.subscription(shop.platform, subscription["id"]) == following.DONE
    assert await shop.database.fetchval("select customer_id from customers") is None
    assert await shop.database.fetchval("select status from subscriptions") == "canceled"
    shop.sandbox.faults.clear()
    await shop.buy(plan="pro", term="month")
    [another] = living(shop)
    assert await shop.database.fetchval("select customer_id from customers") == another["id"]


async def test_a_customer_that_stripe_does_not_know_any_more_is_let_go(shop):
    await shop.buy(pack="pack_20")
    [customer] = shop.sandbox.books.all("customer")
    shop.sandbox.books.by_kind["customer"].clear()
    assert await following.customer(shop.platform, customer["id"]) == following.DONE
    assert await shop.database.fetchval("select customer_id from customers") is None
    await shop.open(pack="pack_20")
    assert len(living(shop)) == 1
