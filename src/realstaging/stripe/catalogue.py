"""What is sold, and how it is set up: products, prices, the portal, the webhook endpoint (https://docs.stripe.com/api/prices,
https://docs.stripe.com/api/customer_portal/configurations, https://docs.stripe.com/api/webhook_endpoints).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from realstaging.stripe.connection import Connection
from realstaging.stripe.notices import WebhookEndpoint
from realstaging.stripe.objects import Metadata, PortalConfiguration, Price, Product
from realstaging.stripe.version import API_VERSION


class NewProduct(msgspec.Struct, frozen=True):
    """``id`` is ours to choose, so that it is made once. ``tax_code``: what kind of thing it is (https://docs.stripe.com/tax/tax-codes)."""

    id: str
    name: str
    description: str
    tax_code: str
    metadata: Metadata = {}


class Money(msgspec.Struct, frozen=True):
    """An amount in minor units, and whether tax is added to it or within it."""

    amount: int
    tax_behavior: str


class NewPrice(msgspec.Struct, frozen=True):
    """``amounts`` by currency, the first being the main one. ``every``: month or year; None for what is paid once."""

    product: str
    lookup_key: str
    nickname: str
    amounts: Mapping[str, Money]
    every: str | None = None
    metadata: Metadata = {}


class Catalogue:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        v1 = connection.client.v1
        self._products, self._prices = v1.products, v1.prices
        self._portals, self._endpoints = v1.billing_portal.configurations, v1.webhook_endpoints

    async def products(self) -> list[Product]:
        return await self._connection.all(Product, self._products.list_async)

    async def create_product(self, new: NewProduct, key: str) -> Product:
        asked = self._products.create_async(
            {
                "id": new.id,
                "name": new.name,
                "description": new.description,
                "tax_code": new.tax_code,
                "metadata": dict(new.metadata),
            },
            {"idempotency_key": key},
        )
        return await self._connection.one(Product, asked)

    async def describe_product(self, new: NewProduct, key: str) -> Product:
        """Make an existing product say what a new one would, and sell it."""
        asked = self._products.update_async(
            new.id,
            {
                "name": new.name,
                "description": new.description,
                "tax_code": new.tax_code,
                "metadata": dict(new.metadata),
                "active": True,
            },
            {"idempotency_key": key},
        )
        return await self._connection.one(Product, asked)

    async def prices(self, lookup_keys: Sequence[str] = ()) -> list[Price]:
        """Those in force, with their amounts in every currency; of these keys where any are given (ten at most)."""
        keys: Any = {"lookup_keys": list(lookup_keys)} if lookup_keys else {}

        return await self._connection.all(
            Price, self._prices.list_async, {"active": True, "expand": ["data.currency_options"], **keys}
        )

    async def price(self, price_id: str) -> Price:
        """Also one that is no longer sold."""
        asked = self._prices.retrieve_async(price_id, {"expand": ["currency_options"]})
        return await self._connection.one(Price, asked)

    async def create_price(self, new: NewPrice, key: str) -> Price:
        """With its lookup key, taken from the price that had it. An amount is never changed: it is a new price's."""
        [(currency, main), *others] = new.amounts.items()
        params: Any = {
            "product": new.product,
            "currency": currency,
            "unit_amount": main.amount,
            "tax_behavior": main.tax_behavior,
            "currency_options": {
                code: {"unit_amount": money.amount, "tax_behavior": money.tax_behavior} for code, money in others
            },
            "lookup_key": new.lookup_key,
            "transfer_lookup_key": True,
            "nickname": new.nickname,
            "metadata": dict(new.metadata),
            "expand": ["currency_options"],
        }
        if new.every:
            params["recurring"] = {"interval": new.every, "usage_type": "licensed"}
        return await self._connection.one(Price, self._prices.create_async(params, {"idempotency_key": key}))

    async def stop_selling(self, price_id: str, key: str) -> Price:
        """Nobody new gets it; who subscribed at it keeps it."""
        asked = self._prices.update_async(price_id, {"active": False}, {"idempotency_key": key})
        return await self._connection.one(Price, asked)

    async def portals(self) -> list[PortalConfiguration]:
        """Those in force."""
        return await self._connection.all(PortalConfiguration, self._portals.list_async, {"active": True})

    async def create_portal(self, features: Any, metadata: Metadata, key: str) -> PortalConfiguration:
        asked = self._portals.create_async({"features": features, "metadata": dict(metadata)}, {"idempotency_key": key})
        return await self._connection.one(PortalConfiguration, asked)

    async def change_portal(self, portal_id: str, features: Any, metadata: Metadata, key: str) -> PortalConfiguration:
        asked = self._portals.update_async(
            portal_id, {"features": features, "metadata": dict(metadata)}, {"idempotency_key": key}
        )
        return await self._connection.one(PortalConfiguration, asked)

    async def endpoints(self) -> list[WebhookEndpoint]:
        return await self._connection.all(WebhookEndpoint, self._endpoints.list_async)

    async def create_endpoint(self, url: str, events: Sequence[str], metadata: Metadata, key: str) -> WebhookEndpoint:
        """Told in our API version; its secret is in the answer, and nowhere else later."""
        params: Any = {
            "url": url,
            "enabled_events": list(events),
            "api_version": API_VERSION,
            "metadata": dict(metadata),
        }
        return await self._connection.one(
            WebhookEndpoint, self._endpoints.create_async(params, {"idempotency_key": key})
        )

    async def change_endpoint(self, endpoint_id: str, events: Sequence[str], key: str) -> WebhookEndpoint:
        """Tell it these events, and switch it on."""
        params: Any = {"enabled_events": list(events), "disabled": False}
        asked = self._endpoints.update_async(endpoint_id, params, {"idempotency_key": key})
        return await self._connection.one(WebhookEndpoint, asked)
