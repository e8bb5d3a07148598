"""What is paid again and again (https://docs.stripe.com/api/subscriptions, https://docs.stripe.com/api/subscription_schedules)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from realstaging.stripe.connection import Connection
from realstaging.stripe.objects import Invoice, Metadata, Schedule, Subscription

if TYPE_CHECKING:
    from stripe.params import SubscriptionUpdateParams


class Wanted(msgspec.Struct, frozen=True):
    """What a subscription is to be of: a price and how many."""

    price: str
    quantity: int = 1


class Subscriptions:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._asked = connection.client.v1.subscriptions
        self._schedules = connection.client.v1.subscription_schedules
        self._invoices = connection.client.v1.invoices

    async def one(self, subscription_id: str) -> Subscription:
        return await self._connection.one(Subscription, self._asked.retrieve_async(subscription_id))

    async def of(self, customer: str) -> list[Subscription]:
        """A customer's, ended ones too, the newest first."""
        return await self._connection.all(Subscription, self._asked.list_async, {"customer": customer, "status": "all"})

    def living(self) -> AsyncIterator[Subscription]:
        """Everybody's that are not canceled, the newest first: Stripe leaves those out where no status is asked for."""
        return self._connection.each(Subscription, self._asked.list_async)

    async def upgrade(self, of: Subscription, to: Wanted, key: str) -> Subscription:
        """Change it at once and take the difference for the rest of the period now; what cannot be paid changes nothing (``pending_update``
        holds it for 23 hours, and its invoice can be paid until then).
        """
        # No metadata and nothing else may be changed together with it (https://docs.stripe.com/billing/subscriptions/pending-updates-reference).
        params: SubscriptionUpdateParams = {
            "items": [{"id": of.item.id, "price": to.price, "quantity": to.quantity}],
            "proration_behavior": "always_invoice",
            "payment_behavior": "pending_if_incomplete",
        }
        return await self._changed(of.id, params, key)

    async def change_quietly(self, of: Subscription, to: Wanted, key: str) -> Subscription:
        """Change it at once, and neither take nor give anything for the rest of the period."""
        params: SubscriptionUpdateParams = {
            "items": [{"id": of.item.id, "price": to.price, "quantity": to.quantity}],
            "proration_behavior": "none",
        }
        return await self._changed(of.id, params, key)

    async def preview(self, of: Subscription, to: Wanted) -> Invoice:
        """What `upgrade` would take now."""
        asked = self._invoices.create_preview_async(
            {
                "subscription": of.id,
                "subscription_details": {
                    "items": [{"id": of.item.id, "price": to.price, "quantity": to.quantity}],
                    "proration_behavior": "always_invoice",
                },
            }
        )
        return await self._connection.one(Invoice, asked)

    async def upcoming(self, subscription_id: str) -> Invoice:
        """The next invoice as it looks now. StripeRefused where none will come."""
        asked = self._invoices.create_preview_async({"subscription": subscription_id})
        return await self._connection.one(Invoice, asked)

    async def end_with_period(self, subscription_id: str, key: str) -> Subscription:
        """Let it end when what is paid is over."""
        return await self._changed(subscription_id, {"cancel_at_period_end": True}, key)

    async def keep(self, of: Subscription, key: str) -> Subscription:
        """Let it not end after all, in whichever way it was to: Stripe refuses both ways in one request."""
        taken_back: SubscriptionUpdateParams = (
            {"cancel_at_period_end": False} if of.cancel_at_period_end else {"cancel_at": ""}
        )
        return await self._changed(of.id, taken_back, key)

    async def end_now(self, subscription_id: str, key: str) -> Subscription:
        """End it at once; nothing is given back."""
        asked = self._asked.cancel_async(
            subscription_id, {"prorate": False, "invoice_now": False}, {"idempotency_key": key}
        )
        return await self._connection.one(Subscription, asked)

    async def pause(self, subscription_id: str, until: datetime | None, key: str) -> Subscription:
        """Invoice nothing until then, or until it is resumed: invoices that would come are void
        (https://docs.stripe.com/billing/subscriptions/pause-payment).
        """
        params: SubscriptionUpdateParams = {"pause_collection": {"behavior": "void"}}
        if until:
            params["pause_collection"] = {"behavior": "void", "resumes_at": int(until.timestamp())}
        return await self._changed(subscription_id, params, key)

    async def resume(self, subscription_id: str, key: str) -> Subscription:
        """Invoice again from the next period on: invoices that are void stay so."""
        return await self._changed(subscription_id, {"pause_collection": ""}, key)

    async def begin_period(self, subscription_id: str, key: str) -> Subscription:
        """Begin a period now, and take all of it: of the one before nothing is given back. Declined changes nothing
        (https://docs.stripe.com/billing/subscriptions/billing-cycle#reset-the-billing-cycle-to-the-current-time).
        """
        params: SubscriptionUpdateParams = {
            "billing_cycle_anchor": {"type": "now"},
            "proration_behavior": "none",
            "payment_behavior": "error_if_incomplete",
        }
        return await self._changed(subscription_id, params, key)

    async def mark(self, subscription_id: str, metadata: Metadata, key: str) -> Subscription:
        """Change some of its metadata."""
        return await self._changed(subscription_id, {"metadata": dict(metadata)}, key)

    async def _changed(self, subscription_id: str, params: SubscriptionUpdateParams, key: str) -> Subscription:
        asked = self._asked.update_async(subscription_id, params, {"idempotency_key": key})
        return await self._connection.one(Subscription, asked)

    async def change_with_period(self, of: Subscription, to: Wanted, key: str) -> Schedule:
        """Let it be something else from the next period on, for less or more, and go on so. What was planned before is replaced.

        In two steps, each with a key of its own; done again, both are the same.
        """
        if of.schedule:
            schedule = await self.schedule(of.schedule)
        else:
            begun = self._schedules.create_async({"from_subscription": of.id}, {"idempotency_key": f"{key}:begin"})
            schedule = await self._connection.one(Schedule, begun)
        start, end = schedule.phases[0].start_date, of.item.current_period_end
        changed = self._schedules.update_async(
            schedule.id,
            {
                "end_behavior": "release",
                "proration_behavior": "none",
                "phases": [
                    {
                        "items": [{"price": of.item.price.id, "quantity": of.item.quantity}],
                        "start_date": int(start.timestamp()),
                        "end_date": int(end.timestamp()),
                        "proration_behavior": "none",
                    },
                    {
                        "items": [{"price": to.price, "quantity": to.quantity}],
                        "proration_behavior": "none",
                        "duration": {"interval": "month", "interval_count": 1},
                    },
                ],
            },
            {"idempotency_key": f"{key}:change"},
        )
        return await self._connection.one(Schedule, changed)

    async def schedule(self, schedule_id: str) -> Schedule:
        return await self._connection.one(Schedule, self._schedules.retrieve_async(schedule_id))

    async def drop_change(self, schedule_id: str, key: str) -> Schedule:
        """Let a subscription stay what it is."""
        asked = self._schedules.release_async(schedule_id, options={"idempotency_key": key})
        return await self._connection.one(Schedule, asked)
