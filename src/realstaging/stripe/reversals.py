"""Payments, and what became of them afterwards: given back, or disputed (https://docs.stripe.com/api/refunds,
https://docs.stripe.com/api/disputes).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import TYPE_CHECKING

from realstaging.stripe.connection import Connection
from realstaging.stripe.objects import Dispute, Metadata, PaymentIntent, Refund

if TYPE_CHECKING:
    from stripe.params import RefundCreateParams


class Reversals:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._refunds = connection.client.v1.refunds
        self._disputes = connection.client.v1.disputes
        self._payments = connection.client.v1.payment_intents

    async def payment(self, payment_intent: str) -> PaymentIntent:
        return await self._connection.one(PaymentIntent, self._payments.retrieve_async(payment_intent))

    async def refund(self, payment_intent: str, amount: int | None, metadata: Metadata, key: str) -> Refund:
        """Give back an amount in the payment's currency, or all of it. StripeRefused for more than is left of it."""
        params: RefundCreateParams = {"payment_intent": payment_intent, "metadata": dict(metadata)}
        if amount is not None:
            params["amount"] = amount
        asked = self._refunds.create_async(params, {"idempotency_key": key})
        return await self._connection.one(Refund, asked)

    async def one_refund(self, refund_id: str) -> Refund:
        return await self._connection.one(Refund, self._refunds.retrieve_async(refund_id))

    async def refunds_of(self, payment_intent: str) -> list[Refund]:
        """Of one payment, the newest first."""
        return await self._connection.all(Refund, self._refunds.list_async, {"payment_intent": payment_intent})

    def refunds_since(self, moment: datetime) -> AsyncIterator[Refund]:
        """Everybody's, the newest first."""
        return self._connection.each(Refund, self._refunds.list_async, {"created": {"gte": int(moment.timestamp())}})

    async def dispute(self, dispute_id: str) -> Dispute:
        return await self._connection.one(Dispute, self._disputes.retrieve_async(dispute_id))

    def disputes_since(self, moment: datetime) -> AsyncIterator[Dispute]:
        """Everybody's, the newest first."""
        return self._connection.each(Dispute, self._disputes.list_async, {"created": {"gte": int(moment.timestamp())}})
