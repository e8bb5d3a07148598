"""Stripe's stand-in, asked through the program's own package: what is bought, renewed, changed, ended, given back."""

from datetime import UTC, datetime, timedelta

import pytest

from realstaging.sandbox.stripe.books import API_VERSION
from realstaging.sandbox.stripe.cards import card
from realstaging.sandbox.stripe.clock import after, next_boundary
from realstaging.sandbox.stripe.forms import parsed
from realstaging.stripe.errors import (
    Declined,
    NothingThere,
    StripeRefused,
)
from realstaging.stripe.subscriptions import Wanted
from realstaging.stripe.version import API_VERSION as OURS
from tests.sandbox.stripe_shop import DECLINED, GOOD, LATER, SCA, SCA_ALWAYS, START


def test_versions_agree_and_forms_are_read_as_stripe_reads_them():
    assert API_VERSION == OURS
    assert parsed("a[b][0][c]=1&a[b][1][c]=2&d[]=x&d[]=y&e=&f[g]=%5B") == {
        "a": {"b": [{"c": "1"}, {"c": "2"}]},
        "d": ["x", "y"],
        "e": "",
        "f": {"g": "["},
    }


def test_periods_keep_to_their_anchor():
    def at(*day):
        return int(datetime(*day, 9, tzinfo=UTC).timestamp())

    anchor = at(2027, 1, 31)
    ends, start = [], anchor
    for _ in range(14):
        start = next_boundary(anchor, start, "month")
        ends.append(f"{datetime.fromtimestamp(start, UTC):%m-%d}")
    assert ends[:3] == ["02-28", "03-31", "04-30"]
    assert ends[11:] == ["01-31", "02-29", "03-31"]
    assert next_boundary(at(2028, 2, 29), at(2028, 2, 29), "year") == at(2029, 2, 28)
    assert after(at(2028, 2, 29), 48) == at(2032, 2, 29)


async def test_a_pack_is_bought_on_the_page_with_tax_and_an_invoice(shop):
    session = await shop.stripe.checkout.buy(shop.checkout("pack_20"), shop.key())
    assert (session.status, session.payment_status, session.amount_total) == ("open", "unpaid", 790)
    async with shop.browser.get(session.url) as answer:
        shown = await answer.text()
    assert "US$ 7.90" in shown
    status, _, shown = await shop.pays(session, DECLINED)
    assert (status, "Your card was declined." in shown) == (402, True)
    status, location, _ = await shop.pays(session, country="DE")
    assert (status, location) == (303, f"http://127.0.0.1:9/done?session={session.id}")
    done = await shop.stripe.checkout.one(session.id)
    assert (done.status, done.payment_status, done.amount_total, done.url) == ("complete", "paid", 940, None)
    assert done.total_details.amount_tax == 150
    assert (done.client_reference_id, done.metadata) == ("account-1", {"account": "1"})
    assert done.line_items.data[0].price.lookup_key == "pack_20"
    invoice = await shop.stripe.invoices.one(done.invoice)
    assert (invoice.status, invoice.total, invoice.tax, invoice.subscription) == ("paid", 940, 150, None)
    assert invoice.metadata == {"account": "1"}
    assert invoice.payments.data[0].payment.payment_intent == done.payment_intent
    [paid] = await shop.stripe.invoices.paid_by(done.payment_intent)
    assert (paid.invoice, paid.status, paid.amount_paid) == (done.invoice, "paid", 940)
    async with shop.browser.get(invoice.invoice_pdf) as answer:
        assert (await answer.read()).startswith(b"%PDF-")
    assert shop.events()[-2:] == ["invoice.paid", "checkout.session.completed"]
    # A second click finds it closed, and a second session of the same key is the same.
    assert (await shop.pays(session))[0] == 404


async def test_what_a_bank_takes_its_time_for_is_told_a_day_later(shop):
    for account, told in (("DE89370400440532013000", "succeeded"), ("DE62370400440532013001", "failed")):
        session = await shop.stripe.checkout.buy(shop.checkout("pack_20"), shop.key())
        await shop.pays(session, account)
        done = await shop.stripe.checkout.one(session.id)
        assert (done.status, done.payment_status, done.invoice) == ("complete", "unpaid", None)
        await shop.later(days=2)
        done = await shop.stripe.checkout.one(session.id)
        assert done.payment_status == ("paid" if told == "succeeded" else "unpaid")
        assert shop.events()[-1] == f"checkout.session.async_payment_{told}"
    session = await shop.stripe.checkout.buy(shop.checkout("pack_20"), shop.key())
    await shop.later(hours=2)
    assert (await shop.stripe.checkout.one(session.id)).status == "expired"
    assert shop.events()[-1] == "checkout.session.expired"


async def test_a_subscription_renews_from_its_anchor_and_tells_an_hour_before_it_is_paid(shop):
    begun = await shop.subscribes(metadata={"account": "7"})
    assert (begun.status, begun.item.price.lookup_key, begun.metadata) == ("active", "pro_month", {"account": "7"})
    assert begun.item.current_period_end == datetime(2027, 2, 28, 10, tzinfo=UTC)
    first = await shop.stripe.invoices.one(begun.latest_invoice)
    assert (first.status, first.billing_reason, first.total) == ("paid", "subscription_create", 2400)
    assert (first.subscription, first.parent.subscription_details.metadata) == (begun.id, {"account": "7"})
    await shop.later(days=28)
    renewed = await shop.stripe.subscriptions.one(begun.id)
    assert renewed.item.current_period_end == datetime(2027, 3, 31, 10, tzinfo=UTC)
    assert (await shop.stripe.invoices.one(renewed.latest_invoice)).status == "draft"
    await shop.later(hours=1)
    second = await shop.stripe.invoices.one(renewed.latest_invoice)
    assert (second.status, second.billing_reason) == ("paid", "subscription_cycle")
    assert second.lines.data[0].period.end == renewed.item.current_period_end
    await shop.later(days=400)
    assert len(await shop.stripe.invoices.of(shop.customer)) == 15
    assert len({invoice.number for invoice in await shop.stripe.invoices.of(shop.customer)}) == 15


async def test_a_card_that_is_declined_at_renewal_is_tried_again_then_it_ends(shop):
    begun = await shop.subscribes(card=LATER)
    await shop.later(days=28, hours=2)
    due = await shop.stripe.subscriptions.one(begun.id)
    assert due.status == "past_due"
    invoice = await shop.stripe.invoices.one(due.latest_invoice)
    assert (invoice.status, invoice.attempt_count) == ("open", 1)
    assert invoice.next_payment_attempt - shop.now < timedelta(days=3)
    with pytest.raises(Declined, match="declined"):
        await shop.stripe.invoices.pay(invoice.id, shop.key())
    # Paid on its page, with another card, all is well again.
    assert "paid" in (await shop.submit(f"/invoices/{invoice.id}", card=GOOD))[2]
    assert (await shop.stripe.subscriptions.one(begun.id)).status == "active"
    await shop.submit(f"/invoices/{invoice.id}", card=GOOD)
    other = await shop.subscribes(card=LATER)
    await shop.later(days=60)
    ended = await shop.stripe.subscriptions.one(other.id)
    assert (ended.status, ended.ended_at is not None) == ("canceled", True)
    given_up = await shop.stripe.invoices.one(ended.latest_invoice)
    assert (given_up.status, given_up.attempt_count, given_up.next_payment_attempt) == ("open", 4, None)
    assert "customer.subscription.deleted" in shop.events()


async def test_an_upgrade_takes_the_difference_or_waits_for_it(shop):
    begun = await shop.subscribes("business_month", quantity=10)
    await shop.later(days=14)
    to = Wanted(shop.prices["business_month"], 20)
    preview = await shop.stripe.subscriptions.preview(begun, to)
    assert (preview.total, [line.proration for line in preview.lines.data]) == (4950, [True, True])
    upgraded = await shop.stripe.subscriptions.upgrade(begun, to, shop.key())
    assert (upgraded.item.quantity, upgraded.pending_update) == (20, None)
    paid = await shop.stripe.invoices.one(upgraded.latest_invoice)
    assert (paid.status, paid.total, paid.billing_reason) == ("paid", 4950, "subscription_update")
    assert [line.amount for line in paid.lines.data] == [-4950, 9900]
    # A card that is declined changes nothing until its invoice is paid.
    shop.sandbox.payments.attach(shop.sandbox.books.get("customer", shop.customer), card(LATER))
    waiting = await shop.stripe.subscriptions.upgrade(upgraded, Wanted(to.price, 30), shop.key())
    assert (waiting.item.quantity, waiting.pending_update is not None) == (20, True)
    invoice = await shop.stripe.invoices.one(waiting.latest_invoice)
    assert invoice.status == "open"
    assert (await shop.submit(f"/invoices/{invoice.id}", card=GOOD))[0] == 200
    applied = await shop.stripe.subscriptions.one(begun.id)
    assert (applied.item.quantity, applied.pending_update) == (30, None)
    assert "customer.subscription.pending_update_applied" in shop.events()
    # What is not paid in time lapses, with its invoice.
    shop.sandbox.payments.attach(shop.sandbox.books.get("customer", shop.customer), card(SCA_ALWAYS))
    waiting = await shop.stripe.subscriptions.upgrade(applied, Wanted(to.price, 40), shop.key())
    assert "invoice.payment_action_required" in shop.events()
    await shop.later(hours=24)
    lapsed = await shop.stripe.subscriptions.one(begun.id)
    assert (lapsed.item.quantity, lapsed.pending_update) == (30, None)
    assert (await shop.stripe.invoices.one(waiting.latest_invoice)).status == "void"


async def test_sca_is_asked_for_on_the_page_and_may_fail_there(shop):
    session = await shop.stripe.checkout.subscribe(shop.checkout("pro_month"), shop.key())
    assert "Your bank asks" in (await shop.pays(session, SCA))[2]
    assert (await shop.stripe.checkout.one(session.id)).status == "open"
    status, _, shown = await shop.submit(f"/pay/{session.id}/confirm", answer="no")
    assert (status, "unable to authenticate" in shown) == (402, True)
    await shop.pays(session, SCA)
    assert (await shop.submit(f"/pay/{session.id}/confirm", answer="yes"))[0] == 303
    done = await shop.stripe.checkout.one(session.id)
    assert (done.status, done.payment_status) == ("complete", "paid")
    await shop.later(days=29)
    assert (await shop.stripe.subscriptions.one(done.subscription)).status == "active"


async def test_what_changes_with_the_period_waits_for_it(shop):
    begun = await shop.subscribes("pro_year")
    schedule = await shop.stripe.subscriptions.change_with_period(begun, Wanted(shop.prices["pro_month"]), shop.key())
    planned = await shop.stripe.subscriptions.one(begun.id)
    assert (planned.schedule, planned.item.price.lookup_key) == (schedule.id, "pro_year")
    coming = await shop.stripe.subscriptions.upcoming(begun.id)
    assert coming.total == 2400
    # Planned again, and dropped, and planned.
    await shop.stripe.subscriptions.change_with_period(planned, Wanted(shop.prices["pro_month"]), shop.key())
    with pytest.raises(StripeRefused, match="managed by the subscription schedule"):
        await shop.stripe.subscriptions.end_with_period(begun.id, shop.key())
    await shop.stripe.subscriptions.drop_change(schedule.id, shop.key())
    planned = await shop.stripe.subscriptions.one(begun.id)
    assert planned.schedule is None
    await shop.stripe.subscriptions.change_with_period(planned, Wanted(shop.prices["pro_month"]), shop.key())
    await shop.later(days=366)
    changed = await shop.stripe.subscriptions.one(begun.id)
    assert (changed.item.price.lookup_key, changed.status) == ("pro_month", "active")
    assert changed.item.current_period_end - changed.item.current_period_start == timedelta(days=29)
    await shop.later(days=40)
    assert (await shop.stripe.subscriptions.one(begun.id)).schedule is None


async def test_ends_pauses_and_trials(shop):
    begun = await shop.subscribes(trial_days=7)
    assert (begun.status, (await shop.stripe.checkout.of(shop.customer))[0].payment_status) == (
        "trialing",
        "no_payment_required",
    )
    await shop.later(days=5)
    assert shop.events()[-1] == "customer.subscription.trial_will_end"
    await shop.later(days=3)
    assert (await shop.stripe.subscriptions.one(begun.id)).status == "active"
    paused = await shop.stripe.subscriptions.pause(begun.id, shop.now + timedelta(days=40), shop.key())
    assert paused.pause_collection.behavior == "void"
    await shop.later(days=35)
    assert [one.status for one in await shop.stripe.invoices.of(shop.customer)] == ["void", "paid", "paid"]
    await shop.later(days=6)
    assert (await shop.stripe.subscriptions.one(begun.id)).pause_collection is None
    await shop.stripe.subscriptions.pause(begun.id, None, shop.key())
    assert (await shop.stripe.subscriptions.resume(begun.id, shop.key())).pause_collection is None
    ending = await shop.stripe.subscriptions.end_with_period(begun.id, shop.key())
    assert ending.cancel_at == ending.item.current_period_end
    kept = await shop.stripe.subscriptions.keep(await shop.stripe.subscriptions.one(begun.id), shop.key())
    assert (kept.cancel_at_period_end, kept.cancel_at) == (False, None)
    await shop.stripe.subscriptions.end_with_period(begun.id, shop.key())
    await shop.later(days=40)
    assert (await shop.stripe.subscriptions.one(begun.id)).status == "canceled"
    with pytest.raises(StripeRefused, match="canceled subscription"):
        await shop.stripe.subscriptions.keep(await shop.stripe.subscriptions.one(begun.id), shop.key())
    again = await shop.subscribes()
    assert (await shop.stripe.subscriptions.end_now(again.id, shop.key())).status == "canceled"
    assert [one.id for one in await shop.stripe.subscriptions.of(shop.customer)] == [again.id, begun.id]
    await shop.subscribes()
    await shop.stripe.customers.delete(shop.customer, shop.key())
    assert (await shop.stripe.customers.one(shop.customer)).deleted
    assert [one async for one in shop.stripe.subscriptions.living()] == []
    assert "customer.deleted" in shop.events()
    with pytest.raises(NothingThere):
        await shop.stripe.checkout.buy(shop.checkout("pack_20"), shop.key())


async def test_refunds_and_disputes_are_of_a_payment(shop):
    session = await shop.stripe.checkout.buy(shop.checkout("pack_20"), shop.key())
    await shop.pays(session)
    payment = (await shop.stripe.checkout.one(session.id)).payment_intent
    part = await shop.stripe.reversals.refund(payment, 300, {"why": "half"}, shop.key())
    assert (part.amount, part.status, part.payment_intent) == (300, "succeeded", payment)
    with pytest.raises(StripeRefused, match="greater than unrefunded"):
        await shop.stripe.reversals.refund(payment, 500, {}, shop.key())
    rest = await shop.stripe.reversals.refund(payment, None, {}, shop.key())
    assert rest.amount == 490
    with pytest.raises(StripeRefused, match="already_refunded"):
        await shop.stripe.reversals.refund(payment, None, {}, shop.key())
    assert [one.id for one in await shop.stripe.reversals.refunds_of(payment)] == [rest.id, part.id]
    address = shop.sandbox.invoicing.address
    async with shop.browser.post(f"{address}/control/refunds/{rest.id}/fail") as answer:
        assert answer.status == 200
    assert (await shop.stripe.reversals.one_refund(rest.id)).status == "failed"
    session = await shop.stripe.checkout.buy(shop.checkout("pack_20"), shop.key())
    await shop.pays(session, "4000000000000259")
    [dispute] = [one async for one in shop.stripe.reversals.disputes_since(START)]
    assert (dispute.status, dispute.amount, dispute.answer.due_by > shop.now) == ("needs_response", 790, True)
    async with shop.browser.post(f"{address}/control/disputes/{dispute.id}", json={"status": "won"}) as answer:
        assert answer.status == 200
    assert (await shop.stripe.reversals.dispute(dispute.id)).status == "won"
    assert [one for one in shop.events() if "dispute" in one] == [
        "charge.dispute.created",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.closed",
        "charge.dispute.funds_reinstated",
    ]


async def test_currencies_codes_and_seats_on_the_page(shop):
    form = {"country": "DE", "code": "WELCOME20", "quantity": "12"}
    begun = await shop.subscribes(
        "business_month", form=form, currency="eur", quantity=10, seats_at_least=10, seats_at_most=50
    )
    invoice = await shop.stripe.invoices.one(begun.latest_invoice)
    # 12 seats at 10.90 with VAT in it, a fifth off.
    assert (invoice.currency, invoice.total, begun.item.quantity) == ("eur", 10464, 12)
    assert invoice.tax == 10464 - round(10464 / 1.19)
    with pytest.raises(StripeRefused, match="combine currencies"):
        await shop.stripe.checkout.subscribe(shop.checkout("pro_month"), shop.key())
    session = await shop.stripe.checkout.subscribe(
        shop.checkout("business_month", currency="eur", quantity=10, seats_at_least=10, seats_at_most=50), shop.key()
    )
    assert (await shop.pays(session, quantity="9"))[0] == 402
    assert (await shop.pays(session, code="FREE"))[0] == 402
    assert (await shop.pays(session, country="FR", vat_id="FR123", quantity="11"))[0] == 303
    assert (await shop.stripe.invoices.of(shop.customer))[0].tax == 0


async def test_the_portal_does_what_its_configuration_allows(shop):
    begun = await shop.subscribes()
    closed = await shop.stripe.catalogue.create_portal({"invoice_history": {"enabled": True}}, {}, shop.key())
    page = await shop.stripe.checkout.portal(shop.customer, closed.id, "http://127.0.0.1:9/", shop.key())
    path = page.url.removeprefix(shop.sandbox.invoicing.address)
    shown = (await shop.submit(path, act="cancel", subscription=begun.id))[2]
    assert "not possible here" in shown
    open_ = {
        "payment_method_update": {"enabled": True},
        "subscription_cancel": {"enabled": True, "mode": "at_period_end"},
        "subscription_update": {
            "enabled": True,
            "default_allowed_updates": ["price"],
            "products": [{"product": "pro", "prices": [shop.prices["pro_month"], shop.prices["pro_year"]]}],
        },
    }
    assert (await shop.stripe.catalogue.change_portal(closed.id, open_, {}, shop.key())).features[
        "subscription_cancel"
    ]["enabled"]
    await shop.submit(path, act="cancel", subscription=begun.id)
    ending = await shop.stripe.subscriptions.one(begun.id)
    assert (ending.cancel_at_period_end, ending.cancel_at) == (False, ending.item.current_period_end)
    assert ending.ends
    assert not (await shop.stripe.subscriptions.keep(ending, shop.key())).ends
    await shop.submit(path, act="cancel", subscription=begun.id)
    await shop.submit(path, act="keep", subscription=begun.id)
    assert not (await shop.stripe.subscriptions.one(begun.id)).ends
    await shop.submit(path, act="card", card=GOOD)
    await shop.submit(path, act="change", subscription=begun.id, price=shop.prices["pro_year"], quantity="1")
    assert (await shop.stripe.subscriptions.one(begun.id)).item.price.lookup_key == "pro_year"
    async with shop.browser.get(shop.sandbox.invoicing.address) as answer:
        assert "No real money" in await answer.text()
