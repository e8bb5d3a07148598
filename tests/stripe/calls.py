"""Every call that the package makes, each once, with whatever ids there are."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from realstaging.domains.billing.at_stripe import PORTAL
from realstaging.stripe.catalogue import Money, NewPrice, NewProduct
from realstaging.stripe.checkout import NewCheckout
from realstaging.stripe.customers import NewCustomer
from realstaging.stripe.subscriptions import Wanted
from realstaging.stripe.webhooks import EVENTS

NOW = datetime(2027, 1, 31, 10, tzinfo=UTC)


async def listed(found):
    return [one async for one in found]


def checkout(expires_at):
    return NewCheckout(
        customer="cus_1",
        price="price_1",
        currency="usd",
        success_url="https://app.example.com/paid?session={CHECKOUT_SESSION_ID}",
        cancel_url="https://app.example.com/billing",
        reference="0190-account",
        metadata={"account": "0190"},
        expires_at=expires_at,
        quantity=10,
        seats_at_least=10,
        seats_at_most=500,
        trial_days=7,
        language="de",
    )


def every_call(stripe, subscription):
    """Name and coroutine of each; ``subscription``: one as it was told, for what changes it."""
    buying = checkout(datetime.now(UTC) + timedelta(hours=1))
    product = NewProduct("realstaging_pro", "Pro", "For an agent.", "txcd_10103001", {"realstaging": "plan"})
    amounts = {"usd": Money(2400, "exclusive"), "eur": Money(2700, "inclusive")}
    wanted = Wanted("price_2", 12)
    customers, pages, subscriptions = stripe.customers, stripe.checkout, stripe.subscriptions
    invoices, reversals, catalogue = stripe.invoices, stripe.reversals, stripe.catalogue
    return {
        "customers.create": customers.create(NewCustomer("a@b.example", "Ada", {"account": "1"}, "de"), "k1"),
        "customers.one": customers.one("cus_1"),
        "customers.rename": customers.rename("cus_1", "b@b.example", "Ben", "k2"),
        "customers.mark": customers.mark("cus_1", {"account": "2"}, "k3"),
        "customers.delete": customers.delete("cus_1", "k4"),
        "customers.since": customers.since(NOW, NOW),
        "checkout.subscribe": pages.subscribe(buying, "k5"),
        "checkout.buy": pages.buy(buying, "k6"),
        "checkout.one": pages.one("cs_1"),
        "checkout.of": pages.of("cus_1"),
        "checkout.since": listed(pages.since(NOW)),
        "checkout.expire": pages.expire("cs_1", "k7"),
        "checkout.portal": pages.portal("cus_1", "bpc_1", "https://app.example.com", "k8"),
        "subscriptions.one": subscriptions.one("sub_1"),
        "subscriptions.of": subscriptions.of("cus_1"),
        "subscriptions.living": listed(subscriptions.living()),
        "subscriptions.upgrade": subscriptions.upgrade(subscription, wanted, "k9"),
        "subscriptions.change_quietly": subscriptions.change_quietly(subscription, wanted, "k10"),
        "subscriptions.preview": subscriptions.preview(subscription, wanted),
        "subscriptions.upcoming": subscriptions.upcoming("sub_1"),
        "subscriptions.end_with_period": subscriptions.end_with_period("sub_1", "k11"),
        "subscriptions.keep": subscriptions.keep(subscription, "k11a"),
        "subscriptions.keep, at a moment": subscriptions.keep(replace(subscription, cancel_at=NOW), "k11b"),
        "subscriptions.begin_period": subscriptions.begin_period("sub_1", "k11c"),
        "subscriptions.end_now": subscriptions.end_now("sub_1", "k12"),
        "subscriptions.pause": subscriptions.pause("sub_1", NOW, "k13"),
        "subscriptions.pause, for good": subscriptions.pause("sub_1", None, "k14"),
        "subscriptions.resume": subscriptions.resume("sub_1", "k15"),
        "subscriptions.mark": subscriptions.mark("sub_1", {"account": "1"}, "k16"),
        "subscriptions.change_with_period": subscriptions.change_with_period(subscription, wanted, "k17"),
        "subscriptions.schedule": subscriptions.schedule("sub_sched_1"),
        "subscriptions.drop_change": subscriptions.drop_change("sub_sched_1", "k18"),
        "invoices.one": invoices.one("in_1"),
        "invoices.of": invoices.of("cus_1"),
        "invoices.since": listed(invoices.since(NOW, "paid")),
        "invoices.paid_by": invoices.paid_by("pi_1"),
        "invoices.pay": invoices.pay("in_1", "k19"),
        "invoices.void": invoices.void("in_1", "k20"),
        "reversals.payment": reversals.payment("pi_1"),
        "reversals.refund": reversals.refund("pi_1", 100, {"why": "x"}, "k21"),
        "reversals.refund, all": reversals.refund("pi_1", None, {}, "k22"),
        "reversals.one_refund": reversals.one_refund("re_1"),
        "reversals.refunds_of": reversals.refunds_of("pi_1"),
        "reversals.refunds_since": listed(reversals.refunds_since(NOW)),
        "reversals.dispute": reversals.dispute("dp_1"),
        "reversals.disputes_since": listed(reversals.disputes_since(NOW)),
        "events.one": stripe.events.one("evt_1"),
        "events.since": stripe.events.since(NOW, EVENTS[:20]),
        "catalogue.products": catalogue.products(),
        "catalogue.create_product": catalogue.create_product(product, "k23"),
        "catalogue.describe_product": catalogue.describe_product(product, "k24"),
        "catalogue.prices": catalogue.prices(),
        "catalogue.prices, by key": catalogue.prices(["pro_month"]),
        "catalogue.price": catalogue.price("price_1"),
        "catalogue.create_price": catalogue.create_price(
            NewPrice("realstaging_pro", "pro_month", "Pro", amounts, "month", {"a": "b"}), "k25"
        ),
        "catalogue.create_price, once": catalogue.create_price(
            NewPrice("realstaging_pack", "pack", "Pack", amounts), "k26"
        ),
        "catalogue.stop_selling": catalogue.stop_selling("price_1", "k27"),
        "catalogue.portals": catalogue.portals(),
        "catalogue.create_portal": catalogue.create_portal(dict(PORTAL), {"realstaging": "portal"}, "k28"),
        "catalogue.change_portal": catalogue.change_portal("bpc_1", dict(PORTAL), {"realstaging": "portal"}, "k29"),
        "catalogue.endpoints": catalogue.endpoints(),
        "catalogue.create_endpoint": catalogue.create_endpoint("https://app.example.com/hook", EVENTS, {}, "k30"),
        "catalogue.change_endpoint": catalogue.change_endpoint("we_1", EVENTS, "k31"),
    }
