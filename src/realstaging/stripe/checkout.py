"""Pages at Stripe where people pay and look after what they pay for (https://docs.stripe.com/api/checkout/sessions,
https://docs.stripe.com/api/customer_portal/sessions).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from realstaging.stripe.connection import Connection
from realstaging.stripe.objects import CheckoutSession, Metadata, PortalSession

if TYPE_CHECKING:
    from stripe.params.checkout import SessionCreateParams


class NewCheckout(msgspec.Struct, frozen=True, kw_only=True):
    """Of an existing customer, for one price. ``metadata`` and ``reference`` are set on the session, and the metadata on all that it makes.

    ``seats_at_least``, ``seats_at_most``: between which the page lets people change ``quantity``. ``trial_days``: of a subscription.
    """

    customer: str
    price: str
    currency: str
    success_url: str
    cancel_url: str
    reference: str
    metadata: Metadata
    expires_at: datetime
    quantity: int = 1
    seats_at_least: int | None = None
    seats_at_most: int | None = None
    trial_days: int | None = None
    promotion_codes: bool = True
    language: str = "auto"


class Checkout:
    """``tax``: whether Stripe reckons it, and asks for addresses and tax ids."""

    def __init__(self, connection: Connection, *, tax: bool = True) -> None:
        self._connection, self._tax = connection, tax
        self._asked = connection.client.v1.checkout.sessions
        self._portal = connection.client.v1.billing_portal.sessions

    async def subscribe(self, new: NewCheckout, key: str) -> CheckoutSession:
        """A page that begins a subscription."""
        params = self._params(new)
        params["mode"] = "subscription"
        params["subscription_data"] = {"metadata": dict(new.metadata)}
        if new.trial_days:
            params["subscription_data"]["trial_period_days"] = new.trial_days
        return await self._made(params, key)

    async def buy(self, new: NewCheckout, key: str) -> CheckoutSession:
        """A page that takes one payment and makes an invoice for it."""
        params = self._params(new)
        params["mode"] = "payment"
        params["payment_intent_data"] = {"metadata": dict(new.metadata)}
        params["invoice_creation"] = {"enabled": True, "invoice_data": {"metadata": dict(new.metadata)}}
        return await self._made(params, key)

    async def _made(self, params: SessionCreateParams, key: str) -> CheckoutSession:
        asked = self._asked.create_async(params, {"idempotency_key": key})
        return await self._connection.one(CheckoutSession, asked)

    async def one(self, session_id: str) -> CheckoutSession:
        """With what is bought."""
        asked = self._asked.retrieve_async(session_id, {"expand": ["line_items"]})
        return await self._connection.one(CheckoutSession, asked)

    async def of(self, customer: str) -> list[CheckoutSession]:
        """A customer's, the newest first."""
        return await self._connection.all(CheckoutSession, self._asked.list_async, {"customer": customer})

    def since(self, moment: datetime) -> AsyncIterator[CheckoutSession]:
        """Of everybody, made since then, the newest first."""
        return self._connection.each(
            CheckoutSession, self._asked.list_async, {"created": {"gte": int(moment.timestamp())}}
        )

    async def expire(self, session_id: str, key: str) -> CheckoutSession:
        """Close an open page. StripeRefused where it is no longer open."""
        asked = self._asked.expire_async(session_id, options={"idempotency_key": key})
        return await self._connection.one(CheckoutSession, asked)

    async def portal(self, customer: str, configuration: str, return_url: str, key: str) -> PortalSession:
        """A page where a customer looks after cards, invoices and the subscription, as the configuration allows. Good for some minutes."""
        asked = self._portal.create_async(
            {"customer": customer, "configuration": configuration, "return_url": return_url}, {"idempotency_key": key}
        )
        return await self._connection.one(PortalSession, asked)

    def _params(self, new: NewCheckout) -> SessionCreateParams:
        seats: dict[str, Any] = {}
        if new.seats_at_least is not None and new.seats_at_most is not None:
            seats = {
                "adjustable_quantity": {"enabled": True, "minimum": new.seats_at_least, "maximum": new.seats_at_most}
            }
        params: SessionCreateParams = {
            "ui_mode": "hosted_page",
            "customer": new.customer,
            "currency": new.currency,
            "line_items": [{"price": new.price, "quantity": new.quantity, **seats}],  # type: ignore[typeddict-item] # the SDK's own type, spread
            "success_url": new.success_url,
            "cancel_url": new.cancel_url,
            "client_reference_id": new.reference,
            "metadata": dict(new.metadata),
            "expires_at": int(new.expires_at.timestamp()),
            "allow_promotion_codes": new.promotion_codes,
            "automatic_tax": {"enabled": self._tax},
            "locale": new.language,
        }
        if self._tax:
            params["billing_address_collection"] = "required"
            # Asked of who buys as a business. "if_supported" would refuse everybody else wherever tax ids are known.
            params["tax_id_collection"] = {"enabled": True, "required": "never"}
            # What is typed there becomes the customer's, which tax is reckoned by.
            params["customer_update"] = {"address": "auto", "name": "auto"}
        return params
