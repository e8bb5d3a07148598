"""New objects, with every field that Stripe's published schema requires and those we read (`make contract` compares). Here those of nobody's
billing: customers, endpoints, clocks; the others are in `catalogue_shapes`, `payment_shapes` and `billing_shapes`.
"""

from __future__ import annotations

from typing import Any

from realstaging.sandbox.stripe.books import Books, Thing
from realstaging.sandbox.stripe.clock import DAY

NO_ADDRESS: Thing = {
    "city": None,
    "country": None,
    "line1": None,
    "line2": None,
    "postal_code": None,
    "state": None,
}


def new(books: Books, kind: str, **fields: Any) -> Thing:
    return {"id": books.new_id(kind), "object": kind, "created": books.now(), "livemode": False, **fields}


def customer(books: Books, given: Thing) -> Thing:
    return new(
        books,
        "customer",
        address=None,
        balance=0,
        currency=None,
        default_source=None,
        delinquent=False,
        description=given.get("description"),
        discount=None,
        email=given.get("email") or None,
        invoice_prefix="SBX",
        invoice_settings={
            "custom_fields": None,
            "default_payment_method": None,
            "footer": None,
            "rendering_options": None,
        },
        metadata=given.get("metadata", {}),
        name=given.get("name") or None,
        next_invoice_sequence=1,
        phone=None,
        preferred_locales=given.get("preferred_locales", []) or [],
        shipping=None,
        tax_exempt="none",
        test_clock=given.get("test_clock"),
        _vat_id=None,
    )


def webhook_endpoint(books: Books, given: Thing, secret: str) -> Thing:
    return new(
        books,
        "webhook_endpoint",
        api_version=given.get("api_version"),
        application=None,
        description=given.get("description"),
        enabled_events=given["enabled_events"],
        metadata=given.get("metadata", {}),
        status="enabled",
        url=given["url"],
        _secret=secret,
    )


def test_clock(books: Books, given: Thing) -> Thing:
    return new(
        books,
        "test_helpers.test_clock",
        deletes_after=books.now() + 30 * DAY,
        frozen_time=int(given["frozen_time"]),
        name=given.get("name"),
        status="ready",
        status_details={},
    )
