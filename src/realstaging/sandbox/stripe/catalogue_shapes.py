"""New products and prices."""

from __future__ import annotations

from realstaging.sandbox.stripe.books import Books, Thing
from realstaging.sandbox.stripe.shapes import new


def product(books: Books, given: Thing) -> Thing:
    made = new(
        books,
        "product",
        active=True,
        default_price=None,
        description=given.get("description") or None,
        images=[],
        marketing_features=[],
        metadata=given.get("metadata", {}),
        name=given["name"],
        package_dimensions=None,
        shippable=None,
        statement_descriptor=None,
        tax_code=given.get("tax_code"),
        unit_label=None,
        updated=books.now(),
        url=None,
    )
    return {**made, "id": given.get("id") or made["id"]}


def price(books: Books, given: Thing, options: Thing) -> Thing:
    """``options``: amounts and taxes by currency, the main one first."""
    currency, main = next(iter(options.items()))
    recurring = given.get("recurring")
    return new(
        books,
        "price",
        active=True,
        billing_scheme="per_unit",
        currency=currency,
        currency_options=options,
        custom_unit_amount=None,
        lookup_key=given.get("lookup_key"),
        metadata=given.get("metadata", {}),
        nickname=given.get("nickname"),
        product=given["product"],
        recurring={
            "interval": recurring["interval"],
            "interval_count": int(recurring.get("interval_count", 1)),
            "meter": None,
            "usage_type": recurring.get("usage_type", "licensed"),
        }
        if recurring
        else None,
        tax_behavior=main["tax_behavior"],
        tiers_mode=None,
        transform_quantity=None,
        type="recurring" if recurring else "one_time",
        unit_amount=main["unit_amount"],
        unit_amount_decimal=str(main["unit_amount"]),
    )


def currency_option(amount: int, tax_behavior: str) -> Thing:
    return {
        "custom_unit_amount": None,
        "tax_behavior": tax_behavior,
        "unit_amount": amount,
        "unit_amount_decimal": str(amount),
    }
