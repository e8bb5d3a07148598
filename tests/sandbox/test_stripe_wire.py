"""Stripe's stand-in on the wire: requests and events that go wrong, lists page by page, and what is kept between runs."""

import asyncio
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import unused_port
from structlog.testing import capture_logs

from harness.payments import stripe_sandbox
from realstaging.kit.errors import Forged
from realstaging.sandbox.stripe.faults import Fault, Order
from realstaging.stripe.client import Stripe
from realstaging.stripe.customers import NewCustomer
from realstaging.stripe.errors import (
    KeyUsed,
    NotAllowedThere,
    NothingThere,
    NotTaken,
    StripeRefused,
    StripeUnavailable,
)
from realstaging.stripe.version import API_VERSION as OURS
from realstaging.stripe.webhooks import Webhooks
from tests.sandbox.stripe_shop import START, shop_of


async def addressed(shop, email):
    made = await shop.stripe.customers.since(START, START + timedelta(days=1))
    return [one for one in made if one.email == email]


async def test_requests_go_wrong_as_they_do_at_stripe(shop):
    customers, new = shop.stripe.customers, NewCustomer("ben@example.com", "Ben")
    order = shop.sandbox.faults.order
    for fault in (Fault.THROTTLED, Fault.SERVER_ERROR, Fault.REQUEST_LOST, Fault.ANSWER_LOST):
        order(Order(fault, on="POST /v1/customers"))
        with pytest.raises(StripeUnavailable):
            await customers.create(new, f"key-{fault}")
        made = await customers.create(new, f"key-{fault}")
        assert (await customers.create(new, f"key-{fault}")).id == made.id
    assert len(await addressed(shop, "ben@example.com")) == 4
    # Done, told as an error, and told so for the same key again.
    order(Order(Fault.SERVER_ERROR_DONE, on="POST /v1/customers"))
    for _ in range(2):
        with pytest.raises(StripeUnavailable):
            await customers.create(new, "key-done")
    assert len(await addressed(shop, "ben@example.com")) == 5
    with pytest.raises(KeyUsed):
        await customers.create(NewCustomer("cyd@example.com", "Cyd"), "key-throttled")
    # The same key while the first is under way.
    order(Order(Fault.SLOW, on="POST /v1/customers", seconds=0.3))
    first = asyncio.create_task(customers.create(new, "key-twice"))
    asked = len(shop.sandbox.requests)
    while len(shop.sandbox.requests) == asked:
        await asyncio.sleep(0.01)
    with pytest.raises(StripeUnavailable):
        await customers.create(new, "key-twice")
    assert (await first).id == (await customers.create(new, "key-twice")).id
    with pytest.raises(NothingThere):
        await customers.one("cus_nobody")
    with pytest.raises(StripeRefused, match="unknown parameter"):
        await shop.stripe.catalogue._connection.one(dict, shop.stripe.catalogue._products.create_async({"nme": "x"}))
    async with shop_of(shop.sandbox, tries=2) as patient:
        order(Order(Fault.SERVER_ERROR, on="POST /v1/customers", times=2))
        assert await patient.stripe.customers.create(new, "key-patient")
    order(Order(Fault.SLOW, on="GET /v1/customers", seconds=0.6))
    hasty = Stripe(shop.sandbox.key, "", shop.sandbox.invoicing.address, tries=0, patience=0.1)
    with pytest.raises(StripeUnavailable):
        await hasty.customers.one(shop.customer)
    await hasty.close()


async def test_what_people_read_that_we_were_told_we_were_told(shop):
    wrong = Stripe("sk_test_of_somebody_else", "", shop.sandbox.invoicing.address, tries=0)
    with capture_logs() as lines:
        with pytest.raises(NotAllowedThere) as refused:
            await wrong.customers.one(shop.customer)
        with pytest.raises(StripeRefused):
            await shop.stripe.catalogue._connection.one(
                dict, shop.stripe.catalogue._products.create_async({"nme": "x"})
            )
        with pytest.raises(NothingThere):
            await shop.stripe.customers.one("cus_nobody")
    await wrong.close()
    assert "we have been told" in refused.value.message
    told = [line for line in lines if line["event"] == "stripe.refused"]
    assert [(line["log_level"], line["code"]) for line in told] == [
        ("error", "payment_service_not_allowed"),
        ("error", "payment_service_refused"),
    ]
    assert "sk_test_of_somebody_else" not in str(lines)


async def test_lists_are_told_page_by_page(shop):
    for number in range(205):
        shop.sandbox.api.answer("POST", "/v1/customers", {"email": "many@example.com", "name": str(number)})
    found = await addressed(shop, "many@example.com")
    assert [one.name for one in found] == [str(number) for number in reversed(range(205))]
    assert [one async for one in shop.stripe.invoices.since(START)] == []
    await shop.subscribes()
    assert [one.status async for one in shop.stripe.invoices.since(START, "paid")] == ["paid"]
    told = await shop.stripe.events.since(START, ["invoice.paid"])
    assert [(one.type, one.api_version) for one in told] == [("invoice.paid", OURS)]
    assert (await shop.stripe.events.one(told[0].id)).object_id.startswith("in_")


async def test_events_are_signed_and_go_wrong_when_it_is_ordered():
    """Lost, late, doubled, reordered, forged, old, of another version and mode: as the program's own reader sees them."""
    seen, port = [], unused_port()
    reader = Webhooks("whsec_for_this_test_alone", live=False)
    answers = []

    async def take(request):
        try:
            seen.append(reader.read(await request.read(), request.headers["Stripe-Signature"]).type)
        except (Forged, NotTaken) as refused:
            seen.append(type(refused).__name__)
            return web.Response(status=400)
        return web.Response(status=answers.pop() if answers else 200)

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    hook = f"http://127.0.0.1:{port}/hook"
    async with stripe_sandbox(webhook=hook, secret="whsec_for_this_test_alone", again=(0.0,)) as sandbox:
        stripe = Stripe(sandbox.key, "", sandbox.invoicing.address, tries=0)

        async def happens(*faults, turns=1):
            for fault in faults:
                sandbox.faults.order(Order(fault, seconds=0.0))
            for turn in range(turns):
                await stripe.customers.create(NewCustomer("a@b.example", str(turn)), f"{len(sandbox.requests)}")
            async with aiohttp.ClientSession() as browser:
                await browser.post(f"{sandbox.invoicing.address}/control/settle")
            told, seen[:] = list(seen), []
            return told

        ordinary = "customer.created"
        assert await happens() == [ordinary]
        assert await happens(Fault.EVENT_LOST) == []
        assert await happens(Fault.EVENT_LATE) == [ordinary]
        assert await happens(Fault.EVENT_DOUBLED) == [ordinary] * 2
        assert await happens(Fault.EVENT_FORGED) == ["Forged", ordinary]
        assert await happens(Fault.EVENT_STALE) == ["Forged", ordinary]
        assert await happens(Fault.EVENT_OLD_VERSION) == ["NotTaken"]
        assert await happens(Fault.EVENT_LIVE) == ["NotTaken"]
        # What is not taken comes again, and what was lost can be looked up.
        answers.append(500)
        assert await happens() == [ordinary] * 2
        assert len(await stripe.events.since(datetime.now(UTC) - timedelta(hours=1), [ordinary])) == 9
        sandbox.faults.order(Order(Fault.EVENT_REORDERED))
        order = []
        reader.read = lambda body, _: order.append(body) or type("Told", (), {"type": "x"})
        await stripe.customers.create(NewCustomer("a@b.example", "first"), "reordered-1")
        await stripe.customers.create(NewCustomer("a@b.example", "second"), "reordered-2")
        async with aiohttp.ClientSession() as browser:
            await browser.post(f"{sandbox.invoicing.address}/control/settle")
        assert [b'"second"' in body for body in order] == [True, False]
        await stripe.close()
    await runner.cleanup()


async def test_the_books_are_kept_between_runs(tmp_path):
    path = tmp_path / "books.json"
    async with stripe_sandbox(path=path) as sandbox, shop_of(sandbox) as shop:
        begun = await shop.subscribes()
        await shop.later(days=3)
    async with stripe_sandbox(path=path) as sandbox:
        stripe = Stripe(sandbox.key, "", sandbox.invoicing.address, tries=0)
        assert (await stripe.subscriptions.one(begun.id)).status == "active"
        assert sandbox.books.clock.ahead >= 3 * 86400 - 1
        sandbox.advance(sandbox.books.now() + 40 * 86400)
        assert len(await stripe.invoices.of(begun.customer)) == 2
        await stripe.close()
