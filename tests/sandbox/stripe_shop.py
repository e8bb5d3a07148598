"""Somebody who buys at Stripe's stand-in through the program's own package, with a browser."""

from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import aiohttp

from realstaging.stripe.catalogue import Money, NewPrice, NewProduct
from realstaging.stripe.checkout import NewCheckout
from realstaging.stripe.client import Stripe
from realstaging.stripe.customers import NewCustomer

START = datetime(2027, 1, 31, 10, tzinfo=UTC)
GOOD, DECLINED, SCA, SCA_ALWAYS, LATER = (
    "4242424242424242",
    "4000000000000002",
    "4000002500003155",
    "4000002760003184",
    "4000000000000341",
)


class Shop:
    """The program's side, and somebody with a browser."""

    def __init__(self, sandbox, stripe, browser):
        self.sandbox, self.stripe, self.browser = sandbox, stripe, browser
        self.turn = 0

    @property
    def now(self):
        return datetime.fromtimestamp(self.sandbox.books.now(), UTC)

    def key(self):
        self.turn += 1
        return f"key-{self.turn}"

    async def prepare(self):
        catalogue = self.stripe.catalogue
        for product in ("pro", "business", "pack"):
            await catalogue.create_product(NewProduct(product, product.title(), "d", "txcd_10103001"), self.key())
        for name, product, usd, every in (
            ("pro_month", "pro", 2400, "month"),
            ("pro_year", "pro", 24000, "year"),
            ("business_month", "business", 990, "month"),
            ("pack_20", "pack", 790, None),
        ):
            amounts = {"usd": Money(usd, "exclusive"), "eur": Money(usd + 100, "inclusive")}
            await catalogue.create_price(NewPrice(product, name, name, amounts, every), self.key())
        self.prices = {price.lookup_key: price.id for price in await catalogue.prices()}
        customer = await self.stripe.customers.create(
            NewCustomer("ada@example.com", "Ada", {"account": "1"}), self.key()
        )
        self.customer = customer.id

    def checkout(self, price, **changed):
        given = {
            "customer": self.customer,
            "price": self.prices[price],
            "currency": "usd",
            "success_url": "http://127.0.0.1:9/done?session={CHECKOUT_SESSION_ID}",
            "cancel_url": "http://127.0.0.1:9/back",
            "reference": "account-1",
            "metadata": {"account": "1"},
            "expires_at": self.now + timedelta(hours=1),
        }
        return NewCheckout(**{**given, **changed})

    async def submit(self, path, **form):
        async with self.browser.post(self.sandbox.invoicing.address + path, data=form, allow_redirects=False) as answer:
            return answer.status, answer.headers.get("Location", ""), await answer.text()

    async def pays(self, session, card=GOOD, **form):
        return await self.submit(f"/pay/{session.id}", card=card, **form)

    async def subscribes(self, price="pro_month", card=GOOD, form=None, **changed):
        session = await self.stripe.checkout.subscribe(self.checkout(price, **changed), self.key())
        await self.pays(session, card, **(form or {}))
        return await self.stripe.subscriptions.one((await self.stripe.checkout.one(session.id)).subscription)

    async def later(self, **delta):
        self.sandbox.advance(int((self.now + timedelta(**delta)).timestamp()))

    def events(self):
        """Types of what happened, the oldest first, but for what follows from the others."""
        dull = (
            "charge.",
            "payment_intent.",
            "invoice.created",
            "invoice.finalized",
            "invoice.payment_succeeded",
            "customer.created",
        )
        return [
            one["type"]
            for one in self.sandbox.books.by_kind["event"].values()
            if not one["type"].startswith(dull) or one["type"].startswith("charge.dispute")
        ]


@asynccontextmanager
async def shop_of(sandbox, **how):
    stripe = Stripe(sandbox.key, "", sandbox.invoicing.address, **{"tries": 0, **how})
    try:
        async with aiohttp.ClientSession() as browser:
            shop = Shop(sandbox, stripe, browser)
            await shop.prepare()
            yield shop
    finally:
        await stripe.close()
