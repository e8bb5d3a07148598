"""What was to be paid, and by which payment it was (https://docs.stripe.com/api/invoices, https://docs.stripe.com/api/invoice-payment)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from realstaging.stripe.connection import Connection
from realstaging.stripe.objects import Invoice, InvoicePayment


class Invoices:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._asked = connection.client.v1.invoices
        self._payments = connection.client.v1.invoice_payments

    async def one(self, invoice_id: str) -> Invoice:
        """With its payments."""
        asked = self._asked.retrieve_async(invoice_id, {"expand": ["payments"]})
        return await self._connection.one(Invoice, asked)

    async def of(self, customer: str) -> list[Invoice]:
        """A customer's, the newest first."""
        return await self._connection.all(Invoice, self._asked.list_async, {"customer": customer})

    def since(self, moment: datetime, status: str | None = None) -> AsyncIterator[Invoice]:
        """Everybody's made since then, the newest first; of one status where it is said."""
        only: Any = {"status": status} if status else {}
        return self._connection.each(
            Invoice, self._asked.list_async, {"created": {"gte": int(moment.timestamp())}, **only}
        )

    async def paid_by(self, payment_intent: str) -> list[InvoicePayment]:
        """Which invoices a payment paid: a refund or a dispute names the payment alone."""
        paid = {"type": "payment_intent", "payment_intent": payment_intent}
        return await self._connection.all(InvoicePayment, self._payments.list_async, {"payment": paid})

    async def pay(self, invoice_id: str, key: str) -> Invoice:
        """Try the customer's card again. Declined where it says no."""
        asked = self._asked.pay_async(invoice_id, options={"idempotency_key": key})
        return await self._connection.one(Invoice, asked)

    async def void(self, invoice_id: str, key: str) -> Invoice:
        """Nobody has to pay it any more; a pending update that waits for it lapses."""
        asked = self._asked.void_invoice_async(invoice_id, options={"idempotency_key": key})
        return await self._connection.one(Invoice, asked)
