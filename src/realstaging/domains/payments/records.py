"""What Stripe tells, as rows of ours. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

import msgspec

from realstaging.domains.billing import at_stripe
from realstaging.domains.billing.offers import OFFERS, Every, Pack, Plan
from realstaging.domains.payments import periods, rules
from realstaging.domains.payments.payment_store import GiveBack, Payment
from realstaging.domains.payments.rules import Status
from realstaging.domains.payments.subscription_store import Subscription
from realstaging.stripe import objects as stripe

ACCOUNT: Final = "account_id"
"""Of the metadata of everything that we make at Stripe: whose it is."""
CHECKOUT: Final = "checkout"
"""The checkout page that it came from, by our own id."""
PLAN: Final = "plan"
TERM: Final = "term"
PACK: Final = "pack"
SEATS: Final = "seats"

_STATES: Final = {"paid": "paid", "void": "void", "uncollectible": "uncollectible"}
_UNDONE: Final = frozenset({"failed", "canceled", "won", "prevented"})
_TAKEN: Final = frozenset({"needs_response", "under_review", "lost", "won", "prevented"})
"""Of disputes: what was paid is withdrawn, or was. An inquiry (warning_…) withdraws nothing."""


class Sold(NamedTuple):
    """What a price is of."""

    plan: Plan
    every: Every


def sold(price: stripe.Price | None) -> Sold | Pack | None:
    """By its lookup key; one that has lost it to a newer price, by what was written on it."""
    if price is None:
        return None
    found = OFFERS.sold(price.lookup_key or price.metadata.get(at_stripe.MARK, ""))
    return Sold(found[0], found[1].every) if isinstance(found, tuple) else found


def account_of(metadata: stripe.Metadata | None) -> UUID | None:
    """Whose it is, as we wrote on it."""
    try:
        return UUID((metadata or {}).get(ACCOUNT, ""))
    except ValueError:
        return None


def checkout_of(metadata: stripe.Metadata | None) -> UUID | None:
    try:
        return UUID((metadata or {}).get(CHECKOUT, ""))
    except ValueError:
        return None


def subscription(account_id: UUID, read: stripe.Subscription, what: Sold, now: datetime) -> Subscription:
    """A row; what comes next is kept by whoever asked for it."""
    item = read.item
    late, paused = read.status in {"past_due", "unpaid"}, read.pause_collection is not None
    ended = read.ended_at or (now if read.status in rules.OVER else None)
    return Subscription(
        id=read.id,
        account_id=account_id,
        status=Status(read.status),
        plan=what.plan.id,
        every=what.every,
        seats=max(1, item.quantity),
        currency=read.currency,
        item_id=item.id,
        anchor=read.billing_cycle_anchor or item.current_period_start,
        period_start=item.current_period_start,
        period_end=item.current_period_end,
        trial_end=read.trial_end,
        cancels_at=read.cancel_at or (item.current_period_end if read.cancel_at_period_end else None),
        late_since=now if late else None,
        paused_at=item.current_period_end if paused else None,
        schedule_id=read.schedule,
        by_request=read.canceled_at is not None and not late and _asked_for(read),
        ended_at=ended,
        created_at=read.created,
        resumes_at=read.pause_collection.resumes_at if read.pause_collection else None,
    )


def with_next(row: Subscription, schedule: stripe.Schedule | None, prices: Mapping[str, Sold]) -> Subscription:
    """With what it will be for, where a change waits for the period's end."""
    coming = [one for one in schedule.phases if one.start_date >= row.period_end] if schedule else []
    if not coming or not coming[0].items or coming[0].items[0].price not in prices:
        return row
    item = coming[0].items[0]
    what = prices[item.price]
    return msgspec.structs.replace(
        row,
        next_plan=what.plan.id,
        next_every=what.every,
        next_seats=item.quantity or 1,
        next_at=coming[0].start_date,
    )


def _asked_for(read: stripe.Subscription) -> bool:
    """Whether somebody ended it; else a payment or a dispute did."""
    reason = read.cancellation_details.reason if read.cancellation_details else None
    return reason in {None, "cancellation_requested"}


def lines(invoice: stripe.Invoice, prices: Mapping[str, Sold]) -> list[periods.Line]:
    """What the lines of an invoice pay for; lines that are of no plan of ours grant nothing."""
    found = []
    for line in invoice.lines.data:
        what = prices.get(line.price or "")
        if what and line.period.start < line.period.end:
            monthly = what.plan.grant(line.quantity)
            sign = -1 if line.amount < 0 else 1
            found.append(periods.Line(sign * monthly, line.period.start, line.period.end))
    return found


def invoice(account_id: UUID, payment_id: UUID, read: stripe.Invoice, description: str) -> Payment:
    """A row of an invoice of a subscription."""
    covered = [line.period for line in read.lines.data if line.amount >= 0]
    return Payment(
        reference=reference_of_invoice(read.id),
        id=payment_id,
        account_id=account_id,
        subscription_id=read.subscription,
        invoice_id=read.id,
        description=description,
        state=invoice_state(read),
        total_minor=max(0, read.total),
        paid_minor=max(0, read.amount_paid),
        currency=read.currency,
        payment_intent=intent_of(read),
        number=read.number,
        hosted_url=read.hosted_invoice_url,
        pdf_url=read.invoice_pdf,
        period_start=min((one.start for one in covered), default=None),
        period_end=max((one.end for one in covered), default=None),
        created_at=read.created,
        paid_at=read.status_transitions.paid_at,
    )


def invoice_state(read: stripe.Invoice) -> str:
    """Open, paid, void or uncollectible."""
    return _STATES.get(read.status or "", "open")


def described(read: stripe.Invoice, prices: Mapping[str, Sold]) -> str:
    """What an invoice is for, in words."""
    sold = [what for line in read.lines.data if line.amount >= 0 and (what := prices.get(line.price or ""))]
    if not sold:
        return "Invoice"
    what = sold[-1]
    change = ", change" if any(line.proration for line in read.lines.data) else ""
    return f"{what.plan.name}, by the {what.every}{change}"


def with_paper(payment: Payment, paper: stripe.Invoice | None) -> Payment:
    """With the document that Stripe made of it."""
    if paper is None:
        return payment
    return msgspec.structs.replace(
        payment,
        number=paper.number,
        hosted_url=paper.hosted_invoice_url,
        pdf_url=paper.invoice_pdf,
        paid_at=paper.status_transitions.paid_at,
        payment_intent=payment.payment_intent or intent_of(paper),
    )


def intent_of(read: stripe.Invoice) -> str | None:
    """By what it was paid."""
    payments = read.payments.data if read.payments else ()
    return next((one.payment.payment_intent for one in payments if one.status == "paid"), None)


def reference_of_invoice(invoice_id: str) -> str:
    return f"invoice:{invoice_id}"


def pack(account_id: UUID, payment_id: UUID, read: stripe.CheckoutSession, bought: Pack) -> Payment:
    """A row of a pack that was paid on a checkout page."""
    return Payment(
        reference=f"session:{read.id}",
        id=payment_id,
        account_id=account_id,
        invoice_id=read.invoice,
        pack=bought.id,
        description=bought.name,
        state="paid",
        total_minor=read.amount_total or 0,
        paid_minor=read.amount_total or 0,
        currency=read.currency or "",
        payment_intent=read.payment_intent,
        created_at=read.created,
        paid_at=None,
    )


def refund(reference: str, read: stripe.Refund) -> GiveBack:
    state = "undone" if read.status in _UNDONE else "back"
    return GiveBack(
        id=read.id,
        reference=reference,
        kind="refund",
        amount_minor=read.amount,
        state=state,
        reason=read.reason or "",
        created_at=read.created,
    )


def dispute(reference: str, read: stripe.Dispute) -> GiveBack | None:
    """None for an inquiry: nothing is withdrawn by it."""
    if read.status not in _TAKEN:
        return None
    state = "undone" if read.status in _UNDONE else "back" if read.status == "lost" else "open"
    return GiveBack(
        id=read.id,
        reference=reference,
        kind="dispute",
        amount_minor=read.amount,
        state=state,
        reason=read.reason,
        created_at=read.created,
    )
