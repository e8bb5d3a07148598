"""Everything that the stand-in of Stripe answers, once, with the answers as they came over the wire."""

from contextlib import asynccontextmanager
from datetime import UTC, datetime

import aiohttp

from harness.payments import stripe_sandbox
from realstaging.sandbox.stripe.books import told

START = int(datetime(2027, 1, 31, 10, tzinfo=UTC).timestamp())
DAY = 86_400


class Asking:
    """By hand, without the SDK, which would pass over what it does not know."""

    def __init__(self, sandbox, http):
        self.sandbox, self.http, self.answers = sandbox, http, []

    async def ask(self, method, path, body=""):
        asked = {"data": body} if method == "POST" else {"params": body} if body else {}
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if method == "POST" else {}
        async with self.http.request(method, f"/v1/{path}", headers=headers, **asked) as answer:
            told = await answer.json()
            assert answer.status == 200, f"{method} {path}: {told}"
            self.answers.append((method, f"/v1/{path}", told))
            return told

    async def submit(self, path, **form):
        async with self.http.post(path, data=form, allow_redirects=False) as answer:
            assert answer.status in {200, 303}, await answer.text()

    def later(self, days):
        self.sandbox.advance(self.sandbox.books.now() + int(days * DAY))


@asynccontextmanager
async def asking():
    async with stripe_sandbox(frozen=START) as sandbox:
        headers = {"Authorization": f"Bearer {sandbox.key}"}
        async with aiohttp.ClientSession(sandbox.invoicing.address, headers=headers) as http:
            yield Asking(sandbox, http)


async def journey():
    """Answers as (method, path, body), and all events."""
    async with asking() as shop:
        await _sell(shop)
        ada, ben = [
            (await shop.ask("POST", "customers", f"email={name}@b.example&name={name}"))["id"]
            for name in ("ada", "ben")
        ]
        await _buy(shop, ada)
        subscription = await _subscribe(shop, ada)
        await _change(shop, subscription)
        await _fail(shop, ben)
        await _read(shop)
        await shop.ask("DELETE", f"customers/{ben}")
        await shop.ask("GET", f"customers/{ben}")
        clock = await shop.ask("POST", "test_helpers/test_clocks", f"frozen_time={shop.sandbox.books.now() + DAY}")
        await shop.ask(
            "POST", f"test_helpers/test_clocks/{clock['id']}/advance", f"frozen_time={clock['frozen_time'] + DAY}"
        )
        await shop.ask("GET", f"test_helpers/test_clocks/{clock['id']}")
        async with shop.http.get("/v1/events") as answer:
            assert answer.status == 200
        return shop.answers, [told(event) for event in reversed(shop.sandbox.books.all("event"))]


async def _sell(shop):
    for name in ("pro", "business", "pack"):
        await shop.ask("POST", "products", f"id={name}&name={name}&tax_code=txcd_10103001&metadata[a]=b")
        every = "" if name == "pack" else "&recurring[interval]=month"
        await shop.ask(
            "POST",
            "prices",
            f"product={name}&currency=usd&unit_amount=990&tax_behavior=exclusive&lookup_key={name}&transfer_lookup_key=true{every}"
            "&currency_options[eur][unit_amount]=1190&currency_options[eur][tax_behavior]=inclusive&expand[]=currency_options",
        )
    await shop.ask("POST", "products/pro", "name=Pro&active=true")
    features = "features[invoice_history][enabled]=true&features[subscription_cancel][enabled]=true&features[subscription_update][enabled]=false"
    portal = await shop.ask("POST", "billing_portal/configurations", features)
    await shop.ask("POST", f"billing_portal/configurations/{portal['id']}", features)
    hook = await shop.ask(
        "POST", "webhook_endpoints", "url=https://app.example/hook&enabled_events[]=*&api_version=2026-10-28.endive"
    )
    await shop.ask("POST", f"webhook_endpoints/{hook['id']}", "enabled_events[]=invoice.paid&disabled=true")


def _price(shop, key):
    return next(one["id"] for one in shop.sandbox.books.all("price") if one["lookup_key"] == key)


async def _checkout(shop, customer, price, more):
    return await shop.ask(
        "POST",
        "checkout/sessions",
        f"customer={customer}&line_items[0][price]={_price(shop, price)}&line_items[0][quantity]=2&success_url=https://x.example"
        f"&automatic_tax[enabled]=true&allow_promotion_codes=true&metadata[account]=1&{more}",
    )


async def _buy(shop, customer):
    session = await _checkout(
        shop, customer, "pack", "mode=payment&invoice_creation[enabled]=true&payment_intent_data[metadata][a]=b"
    )
    await shop.submit(f"/pay/{session['id']}", card="4242424242424242", country="DE", code="WELCOME20")
    paid = await shop.ask("GET", f"checkout/sessions/{session['id']}", "expand[]=line_items")
    await shop.ask("GET", f"payment_intents/{paid['payment_intent']}")
    await shop.ask(
        "GET", "invoice_payments", f"payment[type]=payment_intent&payment[payment_intent]={paid['payment_intent']}"
    )
    refund = await shop.ask("POST", "refunds", f"payment_intent={paid['payment_intent']}&amount=100")
    await shop.ask("GET", f"refunds/{refund['id']}")
    shop.sandbox.payments.fail_refund(shop.sandbox.books.get("refund", refund["id"]))
    session = await _checkout(shop, customer, "pack", "mode=payment")
    await shop.ask("POST", f"checkout/sessions/{session['id']}/expire")
    session = await _checkout(shop, customer, "pack", "mode=payment")
    await shop.submit(f"/pay/{session['id']}", card="4000000000000259")
    dispute = shop.sandbox.books.all("dispute")[0]
    await shop.ask("GET", f"disputes/{dispute['id']}")
    shop.sandbox.payments.close_dispute(dispute, "won")
    session = await _checkout(shop, customer, "pack", "mode=payment")
    await shop.submit(f"/pay/{session['id']}", card="DE89370400440532013000")
    shop.later(2)


async def _subscribe(shop, customer):
    session = await _checkout(shop, customer, "business", "mode=subscription&subscription_data[trial_period_days]=7")
    await shop.submit(f"/pay/{session['id']}", card="4000002500003155")
    await shop.submit(f"/pay/{session['id']}/confirm", answer="yes")
    done = await shop.ask("GET", f"checkout/sessions/{session['id']}")
    shop.later(40)
    return await shop.ask("GET", f"subscriptions/{done['subscription']}")


async def _change(shop, subscription):
    named, item = f"subscriptions/{subscription['id']}", subscription["items"]["data"][0]["id"]
    more = f"items[0][id]={item}&items[0][quantity]=20&proration_behavior=always_invoice"
    await shop.ask(
        "POST",
        "invoices/create_preview",
        f"subscription={subscription['id']}&subscription_details[items][0][id]={item}&subscription_details[items][0][quantity]=20",
    )
    await shop.ask("POST", "invoices/create_preview", f"subscription={subscription['id']}")
    await shop.ask("POST", named, f"{more}&payment_behavior=pending_if_incomplete")
    await shop.ask("POST", named, "pause_collection[behavior]=void&pause_collection[resumes_at]=1900000000")
    await shop.ask("POST", named, "pause_collection=")
    schedule = await shop.ask("POST", "subscription_schedules", f"from_subscription={subscription['id']}")
    phase, price = schedule["phases"][0], _price(shop, "pro")
    await shop.ask(
        "POST",
        f"subscription_schedules/{schedule['id']}",
        f"phases[0][items][0][price]={phase['items'][0]['price']}&phases[0][items][0][quantity]=20&phases[0][start_date]={phase['start_date']}"
        f"&phases[0][end_date]={phase['end_date']}&phases[1][items][0][price]={price}&phases[1][items][0][quantity]=1"
        "&phases[1][duration][interval]=month&end_behavior=release",
    )
    await shop.ask("POST", f"subscription_schedules/{schedule['id']}/release")
    await shop.ask("POST", named, "cancel_at_period_end=true")
    portal = shop.sandbox.books.all("billing_portal.configuration")[0]["id"]
    await shop.ask(
        "POST",
        "billing_portal/sessions",
        f"customer={subscription['customer']}&configuration={portal}&return_url=https://x.example",
    )
    shop.later(40)


async def _fail(shop, customer):
    session = await _checkout(shop, customer, "pro", "mode=subscription")
    await shop.submit(f"/pay/{session['id']}", card="4000000000000341")
    named = (await shop.ask("GET", f"checkout/sessions/{session['id']}"))["subscription"]
    subscription = await shop.ask("GET", f"subscriptions/{named}")
    item = subscription["items"]["data"][0]["id"]
    waiting = await shop.ask(
        "POST",
        f"subscriptions/{named}",
        f"items[0][id]={item}&items[0][quantity]=9&proration_behavior=always_invoice&payment_behavior=pending_if_incomplete",
    )
    assert waiting["pending_update"]
    await shop.ask("POST", f"invoices/{waiting['latest_invoice']}/void")
    shop.later(2)
    shop.later(30)
    due = shop.sandbox.books.all("invoice")[0]["id"]
    await shop.ask("GET", f"invoices/{due}", "expand[]=payments")
    await shop.submit(f"/invoices/{due}", card="4242424242424242")
    await shop.ask("GET", f"subscriptions/{named}")
    await shop.ask("DELETE", f"subscriptions/{named}")


async def _read(shop):
    for path in (
        "customers",
        "products",
        "prices",
        "checkout/sessions",
        "subscriptions",
        "invoices",
        "refunds",
        "disputes",
        "webhook_endpoints",
        "billing_portal/configurations",
    ):
        await shop.ask("GET", path, "limit=100" + ("&status=all" if path == "subscriptions" else ""))
