"""A plan that is paid for: renewed, larger at once, smaller when the period ends, ended, resting, late."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from msgspec.structs import replace

from realstaging.domains.accounts import office
from realstaging.domains.billing import service as billing
from realstaging.domains.billing.lots_rules import months_later
from realstaging.domains.billing.service import Standing
from realstaging.domains.payments import following, plans
from realstaging.domains.payments.rules import Status
from realstaging.domains.payments.subscription_store import Subscription
from realstaging.kit.ids import new_id
from realstaging.runtime.quotas import Resource
from realstaging.runtime.work import transaction
from realstaging.sandbox.stripe.faults import Fault
from tests.domains.payments.shop import shop as open_shop
from tests.offices import join


async def plan(shop):
    row = await shop.database.fetchrow(
        "select plan, seats, standing from ledger_accounts where account_id = $1", shop.account
    )
    return tuple(row)


async def lots(shop, reference="invoice:%"):
    rows = await shop.database.fetch(
        "select amount, state, begins_at, expires_at from lots where reference like $1 order by begins_at, reference",
        reference,
    )
    return [(row["amount"] / 1e6, row["state"], row["begins_at"], row["expires_at"]) for row in rows]


async def test_a_month_is_renewed_and_lapses_and_a_failure_has_days_of_grace(shop):
    await shop.buy(plan="pro", term="month")
    billing = await shop.billing()
    assert (billing["plan"], billing["subscription"]["state"]) == ("pro", "active")
    assert billing["next_invoice"]["total_minor"] == 2400
    [first] = await lots(shop)
    assert first[:2] == (25.0, "begun")
    assert (
        await shop.database.fetchval("select count(*) from lots where reference like 'plan:%' and amount > 2500000")
    ) == 0
    [invoice] = (await shop.ada.ask("GET", "billing/invoices"))["items"]
    assert (invoice["description"], invoice["state"], invoice["paid_minor"]) == ("Pro, by the month", "paid", 2400)
    async with shop.at_their_time() as later:
        for months in (2, 3):
            await shop.later(later, days=32)
            found = await lots(shop)
            assert len(found) == months
            assert found[-1][2] == found[-2][3]
        assert await plan(shop) == ("pro", 1, "good")
        # The card is declined from now on.
        for method in shop.sandbox.books.all("payment_method"):
            method["_number"] = "4000000000000341"
        await shop.later(later, days=31)
        assert await plan(shop) == ("pro", 1, "grace")
        assert "update your card" in (await shop.billing())["standing_reason"]
        assert (await shop.billing())["subscription"]["state"] == "late"
        # It is written of when it begins, and not whenever it is read: also once the letter is forgotten.
        [told] = await shop.database.fetch(
            "delete from letters where kind = 'payment_trouble' returning letter ->> 'trouble' as about"
        )
        assert told["about"] == "late"
        await following.subscription(later, shop.sandbox.books.all("subscription")[0]["id"])
        late = await shop.ada.ask("PUT", "billing/subscription", 409, json={"plan": "business", "term": "month"})
        assert "is late" in late["detail"]
        await shop.ada.ask("POST", "billing/subscription/pause", 409, json={"months": 1})
        await shop.later(later, days=6)
        await plans.follow_time(later)
        assert await plan(shop) == ("pro", 1, "grace")
        # Stripe is silent: what rows and the clock say is enough.
        shop.fault(Fault.REQUEST_LOST, times=None)
        shop.sandbox.books.clock.set(shop.sandbox.books.now() + 2 * 86400)
        await plans.follow_time(later)
        assert await plan(shop) == ("free", 1, "good")
        shop.sandbox.faults.clear()
        letters = await shop.database.fetch("select kind, letter ->> 'trouble' as about from letters order by id")
        assert [tuple(row) for row in letters if row["kind"] == "payment_trouble"] == [
            ("payment_trouble", "ended"),
        ]
        # Paid after all: the plan is back.
        for method in shop.sandbox.books.all("payment_method"):
            method["_number"] = "4242424242424242"
        open_one = next(one for one in shop.sandbox.books.all("invoice") if one["status"] == "open")
        shop.sandbox.invoicing.collect(open_one)
        await shop.followed(later)
        assert await plan(shop) == ("pro", 1, "good")
        assert len(await lots(shop)) == 4


async def test_a_year_is_paid_once_and_granted_by_the_month(shop):
    await shop.buy(plan="pro", term="year")
    found = await lots(shop)
    assert [state for _, state, *_ in found] == ["begun"] + ["coming"] * 11
    assert {amount for amount, *_ in found} == {25.0}
    assert all(one[3] == after[2] for one, after in pairwise(found))
    # A larger plan for what is left of it: the difference, month by month, and paid before it is had.
    preview = await shop.ada.ask("POST", "billing/subscription/preview", json={"plan": "business", "term": "year"})
    assert (preview["when"], preview["currency"], preview["losing_access"]) == ("now", "usd", [])
    assert 0 < preview["due_minor"] <= 99_000 - 24_000
    billing = await shop.ada.ask("PUT", "billing/subscription", json={"plan": "business", "term": "year"})
    assert (billing["plan"], billing["seats"], billing["subscription"]["seats"]) == ("business", 10, 10)
    amounts = [amount for amount, *_ in await lots(shop)]
    assert abs(sum(amounts) - 12 * 125) < 0.01
    again = await shop.ada.ask("PUT", "billing/subscription", json={"plan": "business", "term": "year"})
    assert again["subscription"] == billing["subscription"]
    assert [amount for amount, *_ in await lots(shop)] == amounts
    assert (await shop.ada.ask("POST", "billing/subscription/preview", 409, json={"plan": "business", "term": "year"}))[
        "code"
    ] == "nothing_changes"
    acted = await shop.database.fetchval("select count(*) from audit_entries where action = 'subscription.changed'")
    assert acted == 1
    shop.sandbox.changed()
    # Everything is given back: what was granted, what has not begun, and no more than that.
    for intent in {one["payment"]["payment_intent"] for one in shop.sandbox.books.all("invoice_payment")}:
        shop.sandbox.payments.refund(shop.sandbox.payments.charge_of(intent), {})
    await shop.followed()
    assert all(granted == taken for granted, taken in (await shop.granted()).values())
    assert await shop.available() == 0
    assert all(state != "coming" for _, state, *_ in await lots(shop))


async def test_a_card_that_is_declined_changes_nothing(shop):
    await shop.buy("4000000000000341", plan="pro", term="month")
    refused = await shop.ada.ask(
        "PUT", "billing/subscription", 402, json={"plan": "business", "term": "month", "seats": 12}
    )
    assert refused["code"] == "payment_failed"
    await shop.followed()
    assert await plan(shop) == ("pro", 1, "good")
    assert [amount for amount, *_ in await lots(shop)] == [25.0]


async def test_less_is_had_when_the_period_ends_and_who_has_no_seat_is_said_before(shop):
    await shop.buy(plan="business", term="month", seats=12)
    assert await plan(shop) == ("business", 12, "good")
    assert (await shop.platform.quotas.limits_of(shop.database, shop.account))[Resource.MEMBERS] == 12
    told = {one["name"]: one["limit"] for one in (await shop.ada.ask("GET", "usage"))["quotas"]}
    assert told["members"] == 12
    for number in range(11):
        await join(shop.service, str(shop.account), f"member{number}", "member")
    await shop.ada.ask("POST", "invitations", 402, json={"email": "thirteen@office.test"})
    body = {"plan": "business", "term": "month", "seats": 10}
    preview = await shop.ada.ask("POST", "billing/subscription/preview", json=body)
    assert (preview["when"], preview["due_minor"], len(preview["losing_access"])) == ("period_end", 0, 2)
    refused = await shop.ada.ask("PUT", "billing/subscription", 409, json=body)
    assert refused["code"] == "loses_access"
    assert preview["losing_access"][0]["name"] in refused["detail"]
    billing = await shop.ada.ask("PUT", "billing/subscription", json={**body, "losing_access": True})
    assert (billing["plan"], billing["seats"]) == ("business", 12)
    following = billing["subscription"]["next"]
    assert (following["plan"], following["seats"]) == ("business", 10)
    assert following["at"] == billing["subscription"]["period_end"]
    # Taken back, and asked for again.
    assert (await shop.ada.ask("POST", "billing/subscription/resume"))["subscription"]["next"] is None
    await shop.ada.ask("POST", "billing/subscription/resume", 409)
    await shop.ada.ask("PUT", "billing/subscription", json={**body, "losing_access": True})
    async with shop.at_their_time() as later:
        await shop.later(later, days=32)
        assert await plan(shop) == ("business", 10, "good")
        members = await shop.database.fetch(
            "select id, suspended_at from members where account_id = $1 and removed_at is null order by created_at, id",
            shop.account,
        )
        losing = {UUID(one["id"]) for one in preview["losing_access"]}
        assert {row["id"] for row in members if row["suspended_at"]} == losing
        # There is no seat for them until somebody else's is free.
        one = str(min(losing))
        await shop.ada.ask("PATCH", f"members/{one}", 402, json={"suspended": False})
        other = str(next(row["id"] for row in members[1:] if not row["suspended_at"]))
        await shop.ada.ask("PATCH", f"members/{other}", json={"suspended": True})
        await shop.ada.ask("PATCH", f"members/{one}", json={"suspended": False})
        assert [amount for amount, *_ in await lots(shop)] == [150.0, 125.0]
        # The end of it is a choice as well.
        assert (await shop.ada.ask("POST", "billing/subscription/cancel", 409, json={}))["code"] == "loses_access"
        ended = await shop.ada.ask("POST", "billing/subscription/cancel", json={"losing_access": True})
        assert ended["subscription"]["state"] == "canceling"
        assert ended["next_invoice"] is None
        await shop.later(later, days=32)
        assert await plan(shop) == ("free", 1, "good")
        assert (
            await shop.database.fetchval(
                "select count(*) from members where account_id = $1 and suspended_at is null and removed_at is null",
                shop.account,
            )
            == 5
        )
    async with transaction(shop.platform) as work:
        assert await office.fit(work, shop.account, 5) == []


async def test_more_at_once_takes_back_what_waits_for_the_periods_end(shop):
    await shop.buy(plan="business", term="month", seats=12)

    async def changed(seats):
        body = {"plan": "business", "term": "month", "seats": seats}
        now = (await shop.ada.ask("PUT", "billing/subscription", json=body))["subscription"]
        return now["seats"], now["next"] and now["next"]["seats"], now["state"]

    assert await changed(10) == (12, 10, "active")
    assert await changed(14) == (14, None, "active")
    assert await changed(11) == (14, 11, "active")
    ended = (await shop.ada.ask("POST", "billing/subscription/cancel", json={}))["subscription"]
    assert (ended["state"], ended["next"]) == ("canceling", None)
    await shop.ada.ask("POST", "billing/subscription/pause", 409, json={"months": 1})
    assert await changed(15) == (15, None, "active")


async def test_what_an_operator_gave_or_stopped_is_not_undone_by_payments(shop):
    async with transaction(shop.platform) as work:
        await billing.set_standing(work, shop.account, Standing("stopped", "Write to us."))
    await shop.buy(pack="pack_20")
    assert await plan(shop) == ("free", 1, "stopped")
    async with transaction(shop.platform) as work:
        await billing.set_standing(work, shop.account, Standing())
    await shop.buy(plan="pro", term="month")
    shop.sandbox.subscribing.end(shop.sandbox.books.all("subscription")[0], "payment_disputed")
    await shop.followed()
    assert await shop.database.fetchval("select by_request from subscriptions") is False
    async with transaction(shop.platform) as work:
        await billing.set_plan(work, shop.account, "business", given=True)
    shop.sandbox.payments.refund(shop.sandbox.payments.charge_of(shop.sandbox.books.all("payment_intent")[0]["id"]), {})
    await shop.followed()
    assert await plan(shop) == ("business", 10, "good")
    # Pages are told what is held, and nobody is written to that what was given has ended.
    assert (
        await shop.database.fetchval(
            "select data ->> 'plan' from events where kind = 'billing.changed' order by id desc limit 1"
        )
        == "business"
    )
    await shop.database.execute("delete from letters")
    async with transaction(shop.platform) as work:
        await plans.apply(work, shop.account, news=True)
    assert await shop.database.fetchval("select count(*) from letters") == 0


async def test_a_stop_by_an_operator_outlasts_what_is_told_of_a_plan(shop):
    await shop.buy(plan="pro", term="month")
    async with transaction(shop.platform) as work:
        await billing.set_standing(work, shop.account, Standing("stopped", "Write to us."))
    await shop.buy(pack="pack_20")
    async with transaction(shop.platform) as work:
        await plans.apply(work, shop.account, news=True)
    assert await plan(shop) == ("pro", 1, "stopped")
    made = shop.sandbox.payments.dispute(
        shop.sandbox.payments.charge_of(shop.sandbox.books.all("payment_intent")[0]["id"]), "fraudulent"
    )
    await shop.followed()
    shop.sandbox.payments.close_dispute(made, "won")
    await shop.followed()
    assert await shop.database.fetchval("select standing_reason from ledger_accounts") == "Write to us."


def test_who_fails_to_pay_or_rests_did_not_choose_to_be_fewer():
    began = datetime(2027, 3, 1, tzinfo=UTC)
    row = Subscription(
        id="sub_1", account_id=new_id(), status=Status.ACTIVE, plan="pro", every="month", seats=1, currency="usd", item_id="si_1",
        anchor=began, period_start=began, period_end=began, trial_end=None, cancels_at=None, late_since=None, paused_at=None,
        schedule_id=None, created_at=began,
    )  # fmt: skip
    for chosen, change in (
        (True, {}),
        (False, {"paused_at": began}),
        (False, {"status": Status.PAST_DUE}),
        (False, {"status": Status.UNPAID}),
        (True, {"status": Status.CANCELED, "by_request": True}),
        (False, {"status": Status.CANCELED, "by_request": False}),
    ):
        assert plans.chosen([replace(row, **change)]) is chosen, change


async def test_a_pause_rests_from_the_end_of_what_is_paid(shop):
    await shop.buy(plan="pro", term="month")
    paused = await shop.ada.ask("POST", "billing/subscription/pause", json={"months": 2})
    assert (paused["plan"], paused["subscription"]["state"], paused["next_invoice"]) == ("pro", "paused", None)
    ends, resumes = paused["subscription"]["ends_at"], paused["subscription"]["resumes_at"]
    assert datetime.fromisoformat(resumes) == months_later(datetime.fromisoformat(ends), 2) - timedelta(hours=1)
    async with shop.at_their_time() as later:
        await shop.later(later, days=32)
        await plans.follow_time(later)
        assert await plan(shop) == ("free", 1, "good")
        assert [amount for amount, *_ in await lots(shop)] == [25.0]
        # It goes on by itself, and is paid again with its next period.
        await shop.later(later, days=70)
        assert await plan(shop) == ("pro", 1, "good")
        assert [amount for amount, *_ in await lots(shop)][-1] == 25.0
        await shop.ada.ask("POST", "billing/subscription/pause", json={"months": 1})
        resumed = (await shop.ada.ask("POST", "billing/subscription/resume"))["subscription"]
        assert (resumed["state"], resumed["resumes_at"]) == ("active", None)


async def test_a_trial_is_had_once_and_granted_by_its_share(tmp_path, database_url, redis_url):
    async with open_shop(tmp_path, database_url, redis_url, trial_days=14) as shop:
        await shop.buy(plan="pro", term="month")
        billing = await shop.billing()
        assert (billing["plan"], billing["subscription"]["state"]) == ("pro", "trial")
        [(amount, *_)] = await lots(shop)
        assert 0 < amount < 14
        await shop.ada.ask("POST", "billing/subscription/cancel", json={})
        async with shop.at_their_time() as later:
            await shop.later(later, days=15)
        assert (await shop.billing())["plan"] == "free"
        page = await shop.open(plan="pro", term="month")
        assert shop.session(page)["amount_total"] == 2400


async def test_a_key_of_a_change_is_no_key_of_another(shop):
    """It was refused by Stripe, and told as a failure of ours: 502."""
    await shop.buy(plan="pro", term="month")
    key, business = {"Idempotency-Key": "é1"}, {"plan": "business", "term": "month", "seats": 10}
    billing = await shop.ada.ask("PUT", "billing/subscription", json=business, headers=key)
    assert (billing["plan"], billing["seats"]) == ("business", 10)
    assert await shop.ada.ask("PUT", "billing/subscription", json=business, headers=key) == billing
    refused = await shop.ada.ask("PUT", "billing/subscription", 422, json={**business, "seats": 12}, headers=key)
    assert refused["code"] == "idempotency_key_reused"
    assert await plan(shop) == ("business", 10, "good")
