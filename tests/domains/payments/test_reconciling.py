"""The daily comparison with Stripe's list: made to its end, and about everything that is open here, however old."""

from datetime import timedelta

import pytest

from realstaging.domains.payments import reconciling
from realstaging.kit.errors import AppError
from realstaging.sandbox.stripe.faults import Fault


async def ended(shop):
    rows = await shop.database.fetch("select ended_at from reconciliations order by started_at")
    return [row["ended_at"] is not None for row in rows]


async def test_one_that_failed_is_made_again_and_one_that_ended_is_that_days(shop):
    await shop.buy(pack="pack_20")
    async with shop.at_their_time() as later:
        shop.fault(Fault.SERVER_ERROR, times=None, on="GET /v1/invoices")
        with pytest.raises(AppError):
            await reconciling.daily(later)
        shop.sandbox.faults.clear()
        # Another worker may still be at it.
        await reconciling.daily(later)
        assert await ended(shop) == [False]
        await shop.later(later, minutes=21)
        await reconciling.daily(later)
        await shop.later(later, minutes=21)
        await reconciling.daily(later)
        assert await ended(shop) == [False, True]


async def test_what_is_not_answered_keeps_nothing_else_from_being_mended(shop):
    shop.fault(Fault.EVENT_LOST, times=None)
    await shop.buy(pack="pack_20")
    await shop.buy(plan="pro", term="month")
    shop.sandbox.faults.clear()
    shop.fault(Fault.SERVER_ERROR, times=None, on="GET /v1/checkout/sessions/cs_")
    with pytest.raises(AppError):
        await reconciling.reconcile(shop.platform, shop.now - timedelta(days=1))
    assert (await shop.billing())["plan"] == "pro"
    shop.sandbox.faults.clear()
    found = await reconciling.reconcile(shop.platform, shop.now - timedelta(days=1))
    assert [(one.what, one.mended) for one in found] == [("checkout page", True)]


async def test_a_list_that_is_not_told_keeps_no_other_from_being_mended(shop):
    await shop.buy(pack="pack_20")
    shop.fault(Fault.EVENT_LOST, times=None)
    [intent] = shop.sandbox.books.all("payment_intent")
    shop.sandbox.payments.refund(shop.sandbox.payments.charge_of(intent["id"]), {})
    shop.sandbox.faults.clear()
    for listed in ("checkout/sessions", "subscriptions", "invoices"):
        shop.fault(Fault.SERVER_ERROR, times=None, on=f"GET /v1/{listed}")
    with pytest.raises(AppError):
        await reconciling.reconcile(shop.platform, shop.now - timedelta(days=1))
    assert await shop.database.fetchval("select count(*) from give_backs") == 1


async def test_only_the_living_are_listed_and_who_ended_unheard_is_asked_for(shop):
    """At 20,000 subscriptions since the first day, nothing was compared any more."""
    await shop.buy(plan="pro", term="month")
    books, subscribing = shop.sandbox.books, shop.sandbox.subscribing
    [ours] = books.all("subscription")
    # Stripe's pages hold a hundred: ours is on the second.
    for number in range(101):
        books.add(
            {**ours, "id": f"sub_other{number}", "status": "incomplete_expired", "created": ours["created"] + number}
        )
    shop.fault(Fault.EVENT_LOST, times=None)
    subscribing.set_end(ours, True)
    [found] = await reconciling.reconcile(shop.platform, shop.now - timedelta(days=1))
    assert (found.what, found.id, found.mended) == ("subscription", ours["id"], True)
    subscribing.end(ours, "payment_failed")
    [found] = await reconciling.reconcile(shop.platform, shop.now - timedelta(days=1))
    assert (found.id, found.found, found.mended) == (ours["id"], "alive here, and not there", True)
    assert (await shop.billing())["plan"] == "free"


async def test_a_dispute_is_followed_until_it_is_decided(shop):
    await shop.buy(pack="pack_20")
    [intent] = shop.sandbox.books.all("payment_intent")
    shop.sandbox.payments.dispute(shop.sandbox.payments.charge_of(intent["id"]), "fraudulent")
    await shop.followed()
    await shop.open(403, pack="pack_20")
    async with shop.at_their_time() as later:
        await shop.later(later, days=70)
        shop.fault(Fault.EVENT_LOST, times=None)
        [dispute] = shop.sandbox.books.all("dispute")
        shop.sandbox.payments.close_dispute(dispute, "won")
        await shop.followed(later)
        found = await reconciling.reconcile(later, shop.now - reconciling.LOOKED_BACK)
    assert [(one.what, one.mended) for one in found] == [("dispute", True)]
    await shop.open(pack="pack_20")


async def test_an_invoice_is_followed_until_it_is_paid(shop):
    await shop.buy(plan="pro", term="month")
    async with shop.at_their_time() as later:
        await shop.later(later, days=70)
        await shop.database.execute(
            "update payments set state = 'open' where created_at = (select min(created_at) from payments)"
        )
        found = await reconciling.reconcile(later, shop.now - reconciling.LOOKED_BACK)
        assert [(one.what, one.found, one.mended) for one in found] == [("invoice", "paid there, open here", True)]


async def test_a_pause_nobody_heard_of_is_found(shop):
    await shop.buy(plan="pro", term="month")
    shop.fault(Fault.EVENT_LOST, times=None)
    shop.fault(Fault.SERVER_ERROR_DONE, times=3, on="POST /v1/subscriptions")
    await shop.ada.ask("POST", "billing/subscription/pause", 503, json={"months": 2})
    assert (await shop.billing())["subscription"]["state"] == "active"
    found = await reconciling.reconcile(shop.platform, shop.now - timedelta(days=1))
    assert [(one.what, one.mended) for one in found] == [("subscription", True)]
    assert (await shop.billing())["subscription"]["state"] == "paused"
