"""Who pays (https://docs.stripe.com/api/customers)."""

from __future__ import annotations

from datetime import datetime

import msgspec

from realstaging.stripe.connection import Connection
from realstaging.stripe.objects import Customer, Metadata


class NewCustomer(msgspec.Struct, frozen=True):
    """``language``: of letters and pages, as `de-DE`."""

    email: str
    name: str
    metadata: Metadata = {}
    language: str | None = None


class Customers:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._asked = connection.client.v1.customers

    async def create(self, new: NewCustomer, key: str) -> Customer:
        """``key``: the same makes no second one within 24 hours."""
        asked = self._asked.create_async(
            {
                "email": new.email,
                "name": new.name,
                "metadata": dict(new.metadata),
                "preferred_locales": [new.language] if new.language else [],
            },
            {"idempotency_key": key},
        )
        return await self._connection.one(Customer, asked)

    async def one(self, customer_id: str) -> Customer:
        return await self._connection.one(Customer, self._asked.retrieve_async(customer_id))

    async def rename(self, customer_id: str, email: str, name: str, key: str) -> Customer:
        asked = self._asked.update_async(customer_id, {"email": email, "name": name}, {"idempotency_key": key})
        return await self._connection.one(Customer, asked)

    async def mark(self, customer_id: str, metadata: Metadata, key: str) -> Customer:
        """Change some of its metadata."""
        asked = self._asked.update_async(customer_id, {"metadata": dict(metadata)}, {"idempotency_key": key})
        return await self._connection.one(Customer, asked)

    async def delete(self, customer_id: str, key: str) -> None:
        """For good; its subscriptions end at once."""
        await self._connection.one(Customer, self._asked.delete_async(customer_id, options={"idempotency_key": key}))

    async def since(self, moment: datetime, until: datetime) -> list[Customer]:
        """Of everybody, made since then, and by ``until``, the newest first."""
        created = {"gte": int(moment.timestamp()), "lte": int(until.timestamp())}
        return await self._connection.all(Customer, self._asked.list_async, {"created": created})
