"""A change of plan that fails at any step leaves what waits for the period's end: the end of the plan, or less of it."""

from realstaging.sandbox.stripe.cards import GOOD
from realstaging.sandbox.stripe.faults import Fault

LATER_DECLINED = "4000000000000341"
"""It pays when it is typed in, and never again."""


def business(seats):
    return {"plan": "business", "term": "month", "seats": seats}


async def waiting(shop):
    """What waits for the period's end, as told here: how the plan is, for how many seats it is to be."""
    now = (await shop.billing())["subscription"]
    return now["state"], now["seats"], now["next"] and now["next"]["seats"]


async def test_who_has_ended_a_plan_and_is_declined_more_of_it_is_not_charged_for_another_period(shop):
    await shop.buy(LATER_DECLINED, plan="business", term="month", seats=10)
    await shop.ada.ask("POST", "billing/subscription/cancel", json={})
    refused = await shop.ada.ask("PUT", "billing/subscription", 402, json=business(12))
    assert refused["code"] == "payment_failed"
    [subscription] = shop.sandbox.books.all("subscription")
    assert subscription["cancel_at_period_end"] is True
    await shop.followed()
    assert await waiting(shop) == ("canceling", 10, None)
    async with shop.at_their_time() as later:
        await shop.later(later, days=32)
    assert subscription["status"] == "canceled"


async def test_who_has_planned_less_and_is_declined_more_has_less_from_the_next_period_on(shop):
    await shop.buy(LATER_DECLINED, plan="business", term="month", seats=12)
    await shop.ada.ask("PUT", "billing/subscription", json=business(10))
    await shop.ada.ask("PUT", "billing/subscription", 402, json=business(14))
    await shop.followed()
    assert await waiting(shop) == ("active", 12, 10)
    async with shop.at_their_time() as later:
        await shop.later(later, days=32)
    [subscription] = shop.sandbox.books.all("subscription")
    assert subscription["items"]["data"][0]["quantity"] == 10


def unanswered(shop, first=0, on="POST /v1/subscription"):
    """From now on Stripe fails at what changes a subscription, but for so many steps at first."""
    if first:
        shop.fault(Fault.SLOW, times=first, on=on, seconds=0)
    shop.fault(Fault.SERVER_ERROR, times=None, on=on)


async def test_a_change_that_fails_at_any_step_leaves_what_was_to_end(shop):
    await shop.buy(plan="business", term="month", seats=12)
    await shop.ada.ask("POST", "billing/subscription/cancel", json={})
    [subscription] = shop.sandbox.books.all("subscription")
    for steps, seats in ((0, 12), (1, 14)):
        unanswered(shop, steps)
        await shop.ada.ask("PUT", "billing/subscription", 503, json=business(14))
        shop.sandbox.faults.clear()
        await shop.followed()
        assert await waiting(shop) == ("canceling", seats, None)
    # What was paid for is had; asked for again, it is as it is, until its end is taken back.
    await shop.ada.ask("PUT", "billing/subscription", json=business(14))
    assert subscription["cancel_at_period_end"] is True
    await shop.ada.ask("POST", "billing/subscription/resume")
    assert await waiting(shop) == ("active", 14, None)


async def test_a_change_that_fails_at_any_step_leaves_less_that_was_planned(shop):
    await shop.buy(plan="business", term="month", seats=12)
    await shop.ada.ask("PUT", "billing/subscription", json=business(10))
    for steps, seats in ((0, 12), (1, 14)):
        unanswered(shop, steps)
        await shop.ada.ask("PUT", "billing/subscription", 503, json=business(14))
        shop.sandbox.faults.clear()
        await shop.followed()
        assert await waiting(shop) == ("active", seats, 10)
    # Asked for again, it is done whole.
    await shop.ada.ask("PUT", "billing/subscription", json=business(14))
    assert await waiting(shop) == ("active", 14, None)


async def test_less_of_a_plan_that_ends_is_chosen_once_its_end_is_taken_back(shop):
    """The end was taken back on the way, and gone where less could not be planned after it."""
    await shop.buy(plan="business", term="month", seats=12)
    await shop.ada.ask("POST", "billing/subscription/cancel", json={})
    for method, path in (("POST", "billing/subscription/preview"), ("PUT", "billing/subscription")):
        refused = await shop.ada.ask(method, path, 409, json=business(10))
        assert "Take back its end first" in refused["detail"]
    assert await waiting(shop) == ("canceling", 12, None)
    await shop.ada.ask("POST", "billing/subscription/resume")
    await shop.ada.ask("PUT", "billing/subscription", json=business(10))
    assert await waiting(shop) == ("active", 12, 10)


async def test_a_change_that_was_declined_is_paid_with_another_card_under_the_same_key(shop):
    """Stripe told for a day, to each who asked with the key, that it was not paid."""
    await shop.buy(LATER_DECLINED, plan="business", term="month", seats=10)
    key = {"Idempotency-Key": "once"}
    await shop.ada.ask("PUT", "billing/subscription", 402, json=business(12), headers=key)
    for method in shop.sandbox.books.all("payment_method"):
        method["_number"] = GOOD
    await shop.ada.ask("PUT", "billing/subscription", json=business(12), headers=key)
    assert await waiting(shop) == ("active", 12, None)
