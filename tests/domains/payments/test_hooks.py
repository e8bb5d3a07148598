"""What Stripe tells: twice, late, in any order, not at all, or not by Stripe."""

import asyncio
import json
import time

import aiohttp

from harness.service import service as run_service
from realstaging.domains.payments import following, hooks, reconciling, store
from realstaging.domains.payments.payloads import Handle
from realstaging.kit.ids import new_id
from realstaging.runtime.jobs import Claim
from realstaging.runtime.telemetry import STRIPE_EVENTS
from realstaging.sandbox.stripe.books import API_VERSION
from realstaging.sandbox.stripe.faults import Fault
from realstaging.sandbox.stripe.notices import signature
from realstaging.sandbox.stripe.standin import KEY, SECRET


def counted(event_type, outcome):
    return STRIPE_EVENTS.labels(event_type, outcome)._value.get()


async def test_however_it_is_told_it_is_granted_once(shop):
    """Each way of telling, for a plan that is bought: what comes of it is the same."""
    ways = (Fault.EVENT_DOUBLED, Fault.EVENT_REORDERED, Fault.EVENT_FORGED, Fault.EVENT_STALE)
    for number, way in enumerate(ways, 1):
        shop.sandbox.faults.clear()
        shop.fault(way, times=None)
        await shop.buy(pack="pack_20")
        assert await shop.available() == 5.0 * number + (2.5 if number > 1 else 0), way
        await shop.billing()
    doubled = counted("checkout.session.completed", "doubled")
    assert doubled >= 1
    assert counted("unknown", "forged") >= 2
    assert await shop.database.fetchval("select count(*) from stripe_events where handled_at is null") == 0
    # And looked at once each.
    events, looks = await shop.database.fetchrow(
        "select (select count(*) from stripe_events), (select count(*) from jobs where kind = 'payments.handle')"
    )
    assert looks == events
    # An event that is looked at again, as a wake-up comes twice, is over: Stripe is not asked.
    event_id = await shop.database.fetchval("select id from stripe_events limit 1")
    shop.fault(Fault.REQUEST_LOST, times=None)
    await hooks.handle(shop.platform, Claim(new_id(), Handle(event_id), 2))
    # None of what was told came: the buyer who comes back from the page is enough; without them the daily look is.
    shop.sandbox.faults.clear()
    shop.fault(Fault.EVENT_LOST, times=None)
    page = await shop.buy(pack="pack_20")
    before = await shop.available()
    assert (await shop.ada.ask("GET", f"billing/checkout/{page['id']}"))["state"] == "paid"
    assert await shop.available() == before + 5
    await shop.buy(plan="pro", term="month")
    assert (await shop.billing())["plan"] == "free"
    found = await reconciling.reconcile(shop.platform, shop.now.replace(year=2020))
    assert {(one.what, one.mended) for one in found} == {("subscription", True)}
    assert (await shop.billing())["plan"] == "pro"
    assert await reconciling.reconcile(shop.platform, shop.now.replace(year=2020)) == []


async def test_what_two_months_of_silence_left_is_found_by_the_daily_look(shop):
    await shop.billing()
    await shop.buy(plan="pro", term="month")
    shop.fault(Fault.EVENT_LOST, times=None)
    async with shop.at_their_time() as later:
        for _ in range(2):
            await shop.later(later, days=32)
        newest, middle, _ = shop.sandbox.books.all("payment_intent")
        for intent, given_back in ((newest, shop.sandbox.payments.refund), (middle, shop.sandbox.payments.dispute)):
            given_back(shop.sandbox.payments.charge_of(intent["id"]), {} if intent is newest else "fraudulent")
        await shop.followed(later)
        assert len((await shop.ada.ask("GET", "billing/invoices"))["items"]) == 1
        found = await reconciling.reconcile(later, shop.now.replace(year=2020))
        assert [one for one in found if not one.mended] == []
        assert {one.what for one in found} == {"subscription", "invoice", "refund", "dispute"}
        assert await reconciling.reconcile(later, shop.now.replace(year=2020)) == []
        # What is here and not there cannot be mended: somebody is told.
        shop.sandbox.books.by_kind["subscription"].clear()
        [left] = await reconciling.reconcile(later, shop.now.replace(year=2020))
        assert (left.what, left.mended, "here, and not there" in left.found) == ("subscription", False, True)
    invoices = (await shop.ada.ask("GET", "billing/invoices"))["items"]
    assert [[one["kind"] for one in invoice["given_back"]] for invoice in invoices] == [["refund"], ["dispute"], []]


async def test_what_is_of_another_version_or_mode_is_told_and_harmless(shop):
    for way in (Fault.EVENT_OLD_VERSION, Fault.EVENT_LIVE):
        before = counted("unknown", "not_taken")
        shop.sandbox.faults.clear()
        shop.fault(way, times=None)
        await shop.buy(pack="pack_20")
        assert counted("unknown", "not_taken") > before
    assert await shop.granted() == {}
    assert await shop.database.fetchval("select count(*) from stripe_events") == 0
    assert len(await reconciling.reconcile(shop.platform, shop.now.replace(year=2020))) == 2
    assert [granted for granted, _ in (await shop.granted()).values()] == [5.0, 5.0]


async def sent(url, body, secret=SECRET, moment=None):
    data = json.dumps(body).encode()
    headers = {"Stripe-Signature": signature(secret, data, int(moment or time.time()))}
    async with aiohttp.ClientSession() as session, session.post(url, data=data, headers=headers) as answer:
        return answer.status


async def test_what_comes_in_is_signed_and_of_us_or_does_nothing(shop, tmp_path, database_url, redis_url):
    url = f"{shop.service.url}/api/v1/webhooks/stripe"

    def event(kind, thing, **more):
        return {
            "id": f"evt_{kind}_{thing.get('id')}",
            "object": "event",
            "type": kind,
            "created": int(time.time()),
            "livemode": False,
            "api_version": API_VERSION,
            "data": {"object": thing},
            **more,
        }

    paid = event(
        "checkout.session.completed", {"id": "cs_nobodys", "object": "checkout.session", "payment_status": "paid"}
    )
    assert await sent(url, paid, "whsec_somebody_elses_secret") == 403
    assert await sent(url, paid, moment=time.time() - 3600) == 403
    thin = {"id": "evt_thin", "object": "v2.core.event", "type": "v1.billing.meter.error_report_triggered"}
    assert await sent(url, thin) == 400
    assert await shop.database.fetchval("select count(*) from stripe_events") == 0
    others = counted("other", "taken")
    # Truly signed, and about what is of nobody here, is gone, or tells us nothing.
    for body in (
        paid,
        event("invoice.paid", {"id": "in_gone"}),
        event("customer.subscription.updated", {"id": "sub_gone"}),
        event("refund.created", {"id": "re_gone"}),
        event("charge.dispute.created", {"id": "du_gone"}),
        event("customer.deleted", {"id": "cus_gone"}),
        event("price.created", {"id": "price_1"}),
        event("customer.subscription.updated", {}),
    ):
        assert await sent(url, body) == 204, body
    await shop.followed()
    assert counted("other", "taken") == others + 1, "types that strangers make up are no labels of their own"
    outcomes = await shop.database.fetch("select outcome, count(*) from stripe_events group by 1")
    assert dict(outcomes) == {"gone": 5, "not ours": 1, "nothing to do": 2}
    # Made by hand at Stripe, for a customer that nobody here is.
    books = shop.sandbox.books
    await shop.buy(pack="pack_20")
    session, customer = books.all("checkout.session")[0], books.all("customer")[0]
    session["customer"], session["metadata"], session["id"] = "cus_other", {}, "cs_other"
    books.by_kind["checkout.session"]["cs_other"] = session
    books.by_kind["customer"]["cus_other"] = {**customer, "id": "cus_other", "metadata": {}}
    assert await sent(url, event("checkout.session.completed", {"id": "cs_other"})) == 204
    await shop.followed()
    assert await shop.database.fetchval("select outcome from stripe_events where object_id = 'cs_other'") == "not ours"
    assert await reconciling.reconcile(shop.platform, shop.now.replace(year=2020)) == []
    assert len(await shop.granted()) == 1
    # Without a secret there is no such address; without a key nothing can be bought, and everything else works.
    (tmp_path / "bare").mkdir()
    for settings in ({"stripe_secret_key": KEY}, {}):
        async with (
            run_service(tmp_path / "bare", database_url, redis_url, **settings) as bare,
            bare.signed_in() as ada,
        ):
            assert await sent(f"{bare.url}/api/v1/webhooks/stripe", paid) == 404
            assert (await ada.ask("GET", "billing"))["payable"] is bool(settings)
            if not settings:
                assert (await ada.ask("POST", "billing/checkout", 409, json={"pack": "pack_20"}))[
                    "code"
                ] == "no_payments"


async def test_an_old_reading_never_overwrites_a_newer_one(shop):
    """Two workers read, the subscription changes in between, and the one who read first writes last."""
    await shop.buy(plan="pro", term="month")
    subscription = shop.sandbox.books.all("subscription")[0]
    at, database = shop.platform.payments, shop.database
    early = await store.next_ticket(database)
    old = await following._subscription(at, subscription["id"], early)
    shop.sandbox.subscribing.end(subscription, "cancellation_requested")
    await shop.followed()
    assert (await shop.billing())["plan"] == "free"
    await following._write(shop.platform, old)
    assert (await shop.billing())["plan"] == "free"
    kept = await database.fetchrow("select status, by_request from subscriptions")
    assert tuple(kept) == ("canceled", True)


async def test_an_invoice_that_is_not_made_out_yet_is_not_looked_at(shop):
    shop.fault(Fault.EVENT_LOST, times=None)
    shop.pay(await shop.open(plan="pro", term="month"))
    [invoice] = shop.sandbox.books.all("invoice")
    invoice["status"] = "draft"
    assert await following.invoice(shop.platform, invoice["id"]) == following.DONE
    assert await reconciling.reconcile(shop.platform, shop.now.replace(year=2020)) == []
    assert await shop.granted() == {}
    invoice["status"] = "paid"
    await following.invoice(shop.platform, invoice["id"])
    assert await shop.granted() == {f"invoice:{invoice['id']}": (25.0, 0.0)}


async def test_a_worker_that_fails_tries_again_until_stripe_answers(shop):
    shop.fault(Fault.THROTTLED, times=None, on="GET /v1/checkout")
    page = await shop.open(pack="pack_20")
    shop.pay(page)
    await shop.followed()
    assert await shop.granted() == {}
    assert await shop.database.fetchval("select count(*) from stripe_events where handled_at is null") >= 1
    shop.sandbox.faults.clear()
    async with shop.service.working(), asyncio.timeout(30):
        while not await shop.granted():
            await asyncio.sleep(0.05)
    assert await shop.available() == 5.0
