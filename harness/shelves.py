"""Stripe's stand-in with everything on its shelves, for the service to be paid through."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from harness.payments import stripe_sandbox
from realstaging.domains.billing import at_stripe
from realstaging.domains.billing.offers import OFFERS
from realstaging.sandbox.stripe import catalogue_shapes
from realstaging.sandbox.stripe.books import Books
from realstaging.sandbox.stripe.standin import KEY, SECRET, StripeSandbox

SETTINGS = {
    "stripe_secret_key": KEY,
    "stripe_webhook_secret": SECRET,
    "rate_limit_checkout": "100000/hour, 100000/hour, 100000/hour",
}


def stock(books: Books) -> None:
    """Products and prices as the table of offers says, and a portal: what `operate stripe sync` makes, without asking for each."""
    for one in at_stripe.sold(OFFERS):
        if one.product not in books.by_kind["product"]:
            books.add(catalogue_shapes.product(books, {"id": one.product, "name": one.product}))
        options = {
            code: catalogue_shapes.currency_option(amount, OFFERS.currencies[code].tax)
            for code, amount in one.amounts.items()
        }
        given = {"product": one.product, "lookup_key": one.lookup_key, "metadata": {at_stripe.MARK: one.lookup_key}}
        recurring = {"recurring": {"interval": one.every}} if one.every else {}
        books.add(catalogue_shapes.price(books, {**given, **recurring}, options))
    books.by_kind["billing_portal.configuration"]["bpc_1"] = {
        "id": "bpc_1",
        "object": "billing_portal.configuration",
        "active": True,
        "created": books.now(),
        "is_default": True,
        "features": at_stripe.PORTAL,
        "metadata": {at_stripe.MARK: "portal"},
    }


@asynccontextmanager
async def sandbox_running(**more: Any) -> AsyncIterator[tuple[StripeSandbox, str]]:
    """The stand-in, stocked, and its address."""
    async with stripe_sandbox(**more) as sandbox:
        stock(sandbox.books)
        yield sandbox, sandbox.invoicing.address
