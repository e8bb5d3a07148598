"""Stripe, as a process holds it: one part for each subject."""

from __future__ import annotations

from realstaging.stripe.catalogue import Catalogue
from realstaging.stripe.checkout import Checkout
from realstaging.stripe.connection import PATIENCE, TRIES, Connection
from realstaging.stripe.customers import Customers
from realstaging.stripe.events import Events
from realstaging.stripe.invoices import Invoices
from realstaging.stripe.keys import is_live
from realstaging.stripe.reversals import Reversals
from realstaging.stripe.subscriptions import Subscriptions
from realstaging.stripe.webhooks import Webhooks


class Stripe:
    """``key``: secret or restricted. ``webhook_secret``: of our endpoint; without one there is none. ``address``: a stand-in's.
    ``tax``: whether Stripe reckons tax at checkouts.

    It connects at the first call.
    """

    def __init__(
        self,
        key: str,
        webhook_secret: str = "",
        address: str = "",
        *,
        tax: bool = True,
        tries: int = TRIES,
        patience: float = PATIENCE,
    ) -> None:
        self.live = is_live(key)
        self._connection = Connection(key, address, tries=tries, patience=patience)
        self.customers = Customers(self._connection)
        self.checkout = Checkout(self._connection, tax=tax)
        self.subscriptions = Subscriptions(self._connection)
        self.invoices = Invoices(self._connection)
        self.reversals = Reversals(self._connection)
        self.events = Events(self._connection)
        self.catalogue = Catalogue(self._connection)
        self.webhooks = Webhooks(webhook_secret, live=self.live) if webhook_secret else None

    async def close(self) -> None:
        """Safe to call twice."""
        await self._connection.close()
