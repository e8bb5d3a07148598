"""`realstaging operate stripe sync`: Stripe is made as the offers say, once; no amount is ever edited; what differs is told, also by `doctor`."""

import asyncio
import re
from contextlib import asynccontextmanager
from importlib.resources import files
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from harness.payments import stripe_sandbox
from realstaging.cli import app
from realstaging.doctor import payment_looks
from realstaging.doctor.examination import IllError
from realstaging.domains.billing import at_stripe, offers
from realstaging.domains.billing.offers import OFFERS
from realstaging.settings import Settings
from realstaging.stripe.client import Stripe
from realstaging.stripe.version import API_VERSION

PUBLIC = "https://app.example.com"
HOOK = f"{PUBLIC}/api/v1/webhooks/stripe"
TABLE = files(offers.__package__).joinpath("offers.toml").read_bytes()


@pytest.fixture
async def sandbox():
    async with stripe_sandbox() as running:
        yield running


@asynccontextmanager
async def asking(sandbox):
    stripe = Stripe(sandbox.key, "", sandbox.invoicing.address, tries=0)
    try:
        yield stripe
    finally:
        await stripe.close()


async def synced(sandbox, table=OFFERS):
    """What was told of each thing that was mended."""
    async with asking(sandbox) as stripe:
        found = await at_stripe.differences(stripe, table, PUBLIC)
        return {one.told: await one.mend() for one in found}


def changes(sandbox):
    """What was asked to be changed since the last look."""
    found = [(path, body) for method, path, body in sandbox.requests if method != "GET"]
    sandbox.requests = []
    return found


async def test_it_is_made_once_and_a_second_time_nothing_is_asked(sandbox):
    told = await synced(sandbox)
    assert len(told) == 5 + 7 + 1 + 1
    [secret] = [more for more in told.values() if "STRIPE_WEBHOOK_SECRET" in more]
    assert re.search(r"whsec_\w{20,}", secret)
    async with asking(sandbox) as stripe:
        prices = {price.lookup_key: price for price in await stripe.catalogue.prices()}
        [endpoint] = await stripe.catalogue.endpoints()
        [portal] = await stripe.catalogue.portals()
    for sold in at_stripe.sold(OFFERS):
        price = prices[sold.lookup_key]
        assert {code: one.unit_amount for code, one in price.currency_options.items()} == dict(sold.amounts)
        assert {code: one.tax_behavior for code, one in price.currency_options.items()} == {
            "usd": "exclusive",
            "eur": "inclusive",
        }
        assert (price.recurring.interval if price.recurring else None) == sold.every
    assert (endpoint.url, endpoint.api_version, endpoint.secret) == (HOOK, API_VERSION, None)
    assert at_stripe.portal_of([portal]) == portal.id
    assert not portal.features["subscription_update"]["enabled"]
    changes(sandbox)
    assert await synced(sandbox) == {}
    assert changes(sandbox) == []


async def test_another_amount_is_another_price_that_takes_the_key_and_who_has_the_old_one_keeps_it(sandbox):
    await synced(sandbox)
    async with asking(sandbox) as stripe:
        [before] = await stripe.catalogue.prices(["pro_month"])
        changes(sandbox)
        dearer = offers.load(TABLE.replace(b"usd = 2_400", b"usd = 2_900"))
        told = await synced(sandbox, dearer)
        [after] = await stripe.catalogue.prices(["pro_month"])
        old = await stripe.catalogue.price(before.id)
        assert list(told) == ["price pro_month has other amounts"]
        assert (after.unit_amount, after.currency_options["eur"].unit_amount) == (2900, 2700)
        assert (old.id, old.unit_amount, old.active, old.lookup_key) == (before.id, 2400, False, None)
        asked = changes(sandbox)
        assert [path for path, _ in asked] == ["/v1/prices", f"/v1/prices/{before.id}"]
        assert asked[1][1] == "active=false"
        # And back again within the day: no idempotency key brings the old price to life.
        await synced(sandbox)
        [again] = await stripe.catalogue.prices(["pro_month"])
        assert (again.unit_amount, again.id in {before.id, after.id}) == (2400, False)
    assert await synced(sandbox) == {}


async def test_what_was_cut_short_or_changed_by_hand_is_mended(sandbox):
    async with asking(sandbox) as stripe:
        found = await at_stripe.differences(stripe, OFFERS, PUBLIC)
        for one in found[:6]:
            await one.mend()
    assert len(await synced(sandbox)) == 8
    books = sandbox.books
    books.get("product", "realstaging_pro")["name"] = "Old name"
    books.all("billing_portal.configuration")[0]["features"]["subscription_cancel"]["enabled"] = False
    books.all("webhook_endpoint")[0]["status"] = "disabled"
    # A price was made, and the one before not yet taken off.
    async with asking(sandbox) as stripe:
        [price] = await stripe.catalogue.prices(["pack_20"])
        books.get("price", price.id)["lookup_key"] = None
    assert sorted(await synced(sandbox)) == [
        "price pack_20 is missing",
        f"price {price.id} of realstaging_pack_20 is sold, and nobody offers it",
        "product realstaging_pro is described otherwise, or not sold",
        "the portal's configuration allows other things",
        f"the webhook endpoint {HOOK} is not told everything, or disabled",
    ]
    assert await synced(sandbox) == {}
    books.all("webhook_endpoint")[0]["api_version"] = "2024-06-20"
    [told] = await synced(sandbox)
    assert "speaks 2024-06-20" in told
    assert [one["api_version"] for one in books.all("webhook_endpoint")] == [API_VERSION, "2024-06-20"]
    assert await synced(sandbox) == {}


async def test_the_command_says_what_it_would_do_does_it_and_tells_a_bad_key(sandbox):
    environment = {
        "STRIPE_SECRET_KEY": sandbox.key,
        "STRIPE_URL": sandbox.invoicing.address,
        "PUBLIC_URL": PUBLIC,
        "ENVIRONMENT": "development",
    }

    async def run(*more, **changed):
        arguments = ["operate", "stripe", "sync", *more]
        return await asyncio.to_thread(CliRunner().invoke, app, arguments, env={**environment, **changed})

    planned = await run("--dry-run")
    assert (planned.exit_code, len(planned.stdout.splitlines())) == (1, 14)
    assert changes(sandbox) == []
    done = await run()
    assert done.exit_code == 0
    assert "STRIPE_WEBHOOK_SECRET=whsec_" in done.stdout
    assert "everything as the offers say" in (await run("--dry-run")).stdout
    assert "STRIPE_SECRET_KEY is missing" in str((await run(STRIPE_SECRET_KEY="")).exception)
    assert "must be a secret or restricted key" in str((await run(STRIPE_SECRET_KEY="pk_live_abcdef")).exception)
    assert "not set up" in str((await run(STRIPE_SECRET_KEY="sk_test_somebodyElses")).exception)


async def test_doctor_says_whether_people_can_pay(sandbox):
    async def seen(**changed):
        settings = Settings(
            **{
                "stripe_secret_key": sandbox.key,
                "stripe_webhook_secret": "whsec_a_secret_for_tests",
                "stripe_url": sandbox.invoicing.address,
                "public_url": PUBLIC,
                **changed,
            }
        )
        return await payment_looks.payments(SimpleNamespace(settings=settings))

    assert "nobody can pay" in await seen(stripe_secret_key="")
    with pytest.raises(IllError, match="STRIPE_WEBHOOK_SECRET is not set"):
        await seen(stripe_webhook_secret="")
    with pytest.raises(IllError, match="price pro_month is missing"):
        await seen()
    await synced(sandbox)
    assert "as offered" in await seen()
    with pytest.raises(IllError, match="may not look"):
        await seen(stripe_secret_key="rk_test_another")
