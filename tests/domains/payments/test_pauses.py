"""A plan that rests: nothing is charged, nothing is changed, and nothing of it is had that was not paid for."""

from datetime import datetime

from realstaging.domains.payments import plans, reconciling
from realstaging.sandbox.oidc import PEOPLE
from tests.offices import asking

PRO, BUSINESS = ({"plan": name, "term": "month"} for name in ("pro", "business"))
YEAR = {"plan": "pro", "term": "year"}


async def held(shop):
    return await shop.database.fetchval("select plan from ledger_accounts where account_id = $1", shop.account)


async def paid(shop):
    return await shop.database.fetchval("select count(*) from payments where state = 'paid' and granted > 0")


async def test_nothing_is_changed_while_a_plan_rests(shop):
    """More was charged, and yet the account stayed on the free plan."""
    await shop.buy(**PRO)
    await shop.ada.ask("POST", "billing/subscription/pause", json={"months": 1})
    for method, path, body in (
        ("PUT", "billing/subscription", BUSINESS),
        ("POST", "billing/subscription/preview", BUSINESS),
        ("POST", "billing/subscription/pause", {"months": 2}),
    ):
        refused = await shop.ada.ask(method, path, 409, json=body)
        assert "o on with it first" in refused["detail"], path
    assert await paid(shop) == 1
    # At Stripe it would have been had for nothing.
    [subscription] = shop.sandbox.books.all("subscription")
    business = next(one for one in shop.sandbox.books.all("price") if one["lookup_key"].startswith("business_month"))
    shop.sandbox.subscribing.change(
        subscription,
        business,
        10,
        {"proration_behavior": "always_invoice", "payment_behavior": "pending_if_incomplete"},
    )
    assert sorted(one["status"] for one in shop.sandbox.books.all("invoice")) == ["paid", "void"]


async def test_what_is_taken_up_within_a_period_that_was_not_paid_is_charged_at_once(shop):
    """It was had until the period's end for nothing, as often as somebody liked."""
    await shop.buy(**PRO)
    await shop.ada.ask("POST", "billing/subscription/pause", json={"months": 2})
    async with shop.at_their_time() as later:
        await shop.later(later, days=32)
        await plans.follow_time(later)
        assert (await held(shop), await paid(shop)) == ("free", 1)
        async with asking(shop.service, PEOPLE[0], shop.account, auth_time=1) as stale:
            assert (await stale.ask("POST", "billing/subscription/resume", 401))["code"] == "sign_in_again"
        earliest = shop.now
        begun = (await shop.ada.ask("POST", "billing/subscription/resume"))["subscription"]
        await shop.followed(later)
        assert (begun["state"], begun["resumes_at"]) == ("active", None)
        assert (await held(shop), await paid(shop)) == ("pro", 2)
        assert earliest <= datetime.fromisoformat((await shop.billing())["subscription"]["period_start"]) <= shop.now
        assert await reconciling.reconcile(later, shop.now.replace(year=2020)) == []


async def test_an_answer_that_was_lost_is_asked_for_again_and_nothing_is_charged_twice(shop):
    """What Stripe has done is not known here yet: neither is it told, nor was the request answered."""
    await shop.buy(**PRO)
    await shop.ada.ask("POST", "billing/subscription/pause", json={"months": 2})
    async with shop.at_their_time() as later:
        await shop.later(later, days=32)
        row = await shop.database.fetchrow("select id, period_start from subscriptions")
        await shop.ada.ask("POST", "billing/subscription/resume")
        await shop.database.execute("update subscriptions set period_start = $1", row["period_start"])
        await shop.database.execute("update payments set state = 'void' where granted = 0")
        charged = [one["id"] for one in shop.sandbox.books.all("invoice") if one["status"] == "paid"]
        await shop.ada.ask("POST", "billing/subscription/resume")
        await shop.followed(later)
        assert [one["id"] for one in shop.sandbox.books.all("invoice") if one["status"] == "paid"] == charged


async def test_a_card_that_is_declined_then_leaves_it_resting_until_its_next_period(shop):
    await shop.buy(**PRO)
    await shop.ada.ask("POST", "billing/subscription/pause", json={"months": 2})
    methods = shop.sandbox.books.all("payment_method")
    good = methods[0]["_number"]
    async with shop.at_their_time() as later:
        await shop.later(later, days=32)
        for method in methods:
            method["_number"] = "4000000000000341"
        refused = await shop.ada.ask("POST", "billing/subscription/resume", 402)
        assert refused["code"] == "payment_failed"
        await shop.followed(later)
        now = (await shop.billing())["subscription"]
        assert (await held(shop), now["state"], now["resumes_at"]) == ("free", "paused", now["period_end"])
        # Stripe invoices it again: it may neither rest anew, for a period that nobody paid, nor be changed.
        await shop.ada.ask("POST", "billing/subscription/pause", 409, json={"months": 1})
        await shop.ada.ask("PUT", "billing/subscription", 409, json=BUSINESS)
        for method in methods:
            method["_number"] = good
        await shop.later(later, days=32)
        assert (await held(shop), await paid(shop)) == ("pro", 2)


async def test_a_plan_by_the_year_does_not_rest_and_one_that_did_is_not_had_for_nothing(shop):
    await shop.buy(**YEAR)
    refused = await shop.ada.ask("POST", "billing/subscription/pause", 409, json={"months": 1})
    assert "by the year" in refused["detail"]
    [subscription] = shop.sandbox.books.all("subscription")
    async with shop.at_their_time() as later:
        await shop.later(later, days=360)
        # As they could before.
        end = subscription["items"]["data"][0]["current_period_end"]
        shop.sandbox.subscribing.set_pause(subscription, {"behavior": "void", "resumes_at": end + 30 * 86400})
        await shop.later(later, days=50)
        assert subscription["pause_collection"] is None
        await plans.follow_time(later)
        assert (await held(shop), await paid(shop)) == ("free", 1)
        await shop.ada.ask("POST", "billing/subscription/resume")
        await shop.followed(later)
        assert (await held(shop), await paid(shop)) == ("pro", 2)


async def test_an_end_that_was_asked_for_on_stripes_page_is_seen_and_taken_back(shop):
    """It comes as a moment there, and not as the period's end."""
    await shop.buy(plan="business", term="month", seats=12)
    [subscription] = shop.sandbox.books.all("subscription")

    async def end_there():
        shop.sandbox.subscribing.set_end_at(subscription, subscription["items"]["data"][0]["current_period_end"])
        shop.sandbox.books.tell("customer.subscription.updated", subscription)
        await shop.followed()
        assert (await shop.billing())["subscription"]["state"] == "canceling"

    await end_there()
    assert await reconciling.reconcile(shop.platform, shop.now.replace(year=2020)) == []
    less = {"plan": "business", "term": "month", "seats": 10}
    assert "ends with its period" in (await shop.ada.ask("PUT", "billing/subscription", 409, json=less))["detail"]
    assert (await shop.ada.ask("POST", "billing/subscription/resume"))["subscription"]["state"] == "active"
    await end_there()
    more = await shop.ada.ask("PUT", "billing/subscription", json={**less, "seats": 14})
    assert (more["seats"], more["subscription"]["state"]) == (14, "active")
