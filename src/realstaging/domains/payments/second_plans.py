"""An account has one plan: of two that were paid on two pages, the later one is ended and paid back.

Which are one too many is marked wherever a subscription is written (`following`); what is left of that the daily comparison finds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from realstaging.domains.payments import following, rules, subscription_store
from realstaging.kit.ids import new_id
from realstaging.runtime.platform import Platform
from realstaging.stripe import objects as stripe

if TYPE_CHECKING:
    from realstaging.stripe.client import Stripe


async def end_extra(platform: Platform, subscription_id: str) -> None:
    """End one that is one too many, and pay it back. Done again, it is the same."""
    at = following.client(platform)
    if not await subscription_store.is_extra(platform.database, subscription_id):
        # The other has ended meanwhile.
        return
    of = await at.subscriptions.one(subscription_id)
    if of.status not in rules.OVER:
        await at.subscriptions.end_now(subscription_id, f"extra:{subscription_id}:{new_id()}")
    for invoice in await at.invoices.of(of.customer):
        if invoice.subscription == subscription_id and invoice.amount_paid:
            await _pay_back(platform, at, await at.invoices.one(invoice.id))
    await following.ended_extra(platform, subscription_id)


async def _pay_back(platform: Platform, at: Stripe, invoice: stripe.Invoice) -> None:
    """What was paid of it, less what was given back before. Under a key of this try: Stripe tells a failure again to each who asks with
    the same, and refuses to give back more than was paid.
    """
    for paid in invoice.payments.data if invoice.payments else ():
        intent = paid.payment.payment_intent
        if paid.status != "paid" or intent is None:
            continue
        refunds = await at.reversals.refunds_of(intent)
        given_back = sum(one.amount for one in refunds if one.status not in {"failed", "canceled"})
        if left := max(0, (paid.amount_paid or 0) - given_back):
            refunds.append(await at.reversals.refund(intent, left, {}, f"extra:{intent}:{new_id()}"))
        for refund in refunds:
            await following.refund(platform, refund.id)
