"""What Stripe tells, as far as we read it: names as on the wire, times as UTC, amounts in minor units of ``currency`` (three small
letters). Unknown fields are passed over, so that additions of an API version change nothing (https://docs.stripe.com/api).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Generic, TypeVar

import msgspec

Metadata = Mapping[str, str]
T = TypeVar("T")


class Listed(msgspec.Struct, Generic[T], frozen=True):
    """A page of a list, or what an object has of it."""

    data: tuple[T, ...] = ()
    has_more: bool = False


class Customer(msgspec.Struct, frozen=True):
    """``deleted``: it was once; nothing else of it is told then. ``currency``: that of its subscriptions, fixed by the first one."""

    id: str
    email: str | None = None
    name: str | None = None
    currency: str | None = None
    metadata: Metadata = {}
    livemode: bool = False
    delinquent: bool | None = None
    deleted: bool = False


class Recurring(msgspec.Struct, frozen=True):
    """How often a price is paid."""

    interval: str
    interval_count: int = 1


class CurrencyOption(msgspec.Struct, frozen=True):
    """A price's amount in one currency; ``tax_behavior`` is exclusive, inclusive or unspecified."""

    unit_amount: int | None = None
    tax_behavior: str | None = None


class Product(msgspec.Struct, frozen=True):
    """What is sold."""

    id: str
    name: str = ""
    active: bool = True
    description: str | None = None
    metadata: Metadata = {}
    tax_code: str | None = None


class Price(msgspec.Struct, frozen=True):
    """``currency_options`` are told by `Catalogue.prices` alone, that of ``currency`` among them."""

    id: str
    product: str
    currency: str
    lookup_key: str | None = None
    unit_amount: int | None = None
    active: bool = True
    type: str = "one_time"
    recurring: Recurring | None = None
    tax_behavior: str | None = None
    currency_options: Mapping[str, CurrencyOption] = {}
    metadata: Metadata = {}


class SubscriptionItem(msgspec.Struct, frozen=True):
    """What is subscribed to, and the period that is paid or being paid."""

    id: str
    price: Price
    current_period_start: datetime
    current_period_end: datetime
    quantity: int = 1


class Paused(msgspec.Struct, frozen=True):
    """Its invoices are not collected until ``resumes_at``; without one, until it is resumed."""

    behavior: str
    resumes_at: datetime | None = None


class PendingUpdate(msgspec.Struct, frozen=True):
    """A change that takes effect once its invoice is paid, and lapses otherwise."""

    expires_at: datetime


class CancellationDetails(msgspec.Struct, frozen=True):
    """``reason``: cancellation_requested, payment_failed, payment_disputed."""

    reason: str | None = None


class Subscription(msgspec.Struct, frozen=True):
    """``schedule``: of what changes at the period's end, if anything does."""

    id: str
    customer: str
    status: str
    items: Listed[SubscriptionItem]
    currency: str
    created: datetime
    cancel_at_period_end: bool = False
    cancel_at: datetime | None = None
    canceled_at: datetime | None = None
    ended_at: datetime | None = None
    trial_end: datetime | None = None
    billing_cycle_anchor: datetime | None = None
    cancellation_details: CancellationDetails | None = None
    pause_collection: Paused | None = None
    pending_update: PendingUpdate | None = None
    latest_invoice: str | None = None
    schedule: str | None = None
    metadata: Metadata = {}
    livemode: bool = False

    @property
    def ends(self) -> bool:
        """Whether it ends by itself: asked for with its period, or at a moment, as Stripe's own page has it in flexible billing."""
        return self.cancel_at_period_end or self.cancel_at is not None

    @property
    def item(self) -> SubscriptionItem:
        """The one that ours have."""
        return self.items.data[0]


class SubscriptionDetails(msgspec.Struct, frozen=True):
    """Whose an invoice is, with the subscription's metadata as they were when it was finalized."""

    subscription: str
    metadata: Metadata | None = None


class InvoiceParent(msgspec.Struct, frozen=True):
    """What made an invoice; ``subscription_details`` where a subscription did."""

    type: str
    subscription_details: SubscriptionDetails | None = None


class Paid(msgspec.Struct, frozen=True):
    """By what an invoice is paid."""

    type: str
    payment_intent: str | None = None
    charge: str | None = None


class InvoicePayment(msgspec.Struct, frozen=True):
    """``status`` is open, paid or canceled."""

    id: str
    invoice: str
    amount_requested: int
    currency: str
    status: str
    payment: Paid
    amount_paid: int | None = None
    is_default: bool = False


class Period(msgspec.Struct, frozen=True):
    start: datetime
    end: datetime


class PriceDetails(msgspec.Struct, frozen=True):
    price: str
    product: str


class Pricing(msgspec.Struct, frozen=True):
    """Which price a line was reckoned by."""

    price_details: PriceDetails | None = None


class ItemDetails(msgspec.Struct, frozen=True):
    """Of a line that a subscription's item made; ``proration``: for a part of a period, and below zero for what is given back."""

    subscription: str | None = None
    subscription_item: str | None = None
    proration: bool = False


class LineParent(msgspec.Struct, frozen=True):
    type: str
    subscription_item_details: ItemDetails | None = None


class InvoiceLine(msgspec.Struct, frozen=True):
    """One line; ``amount`` without tax that is added."""

    id: str
    amount: int
    currency: str
    period: Period
    description: str | None = None
    quantity: int | None = None
    pricing: Pricing | None = None
    parent: LineParent | None = None

    @property
    def proration(self) -> bool:
        details = self.parent.subscription_item_details if self.parent else None
        return bool(details and details.proration)

    @property
    def price(self) -> str | None:
        details = self.pricing.price_details if self.pricing else None
        return details.price if details else None


class Tax(msgspec.Struct, frozen=True):
    """``tax_behavior`` is exclusive or inclusive."""

    amount: int
    tax_behavior: str


class StatusTransitions(msgspec.Struct, frozen=True):
    finalized_at: datetime | None = None
    paid_at: datetime | None = None
    voided_at: datetime | None = None
    marked_uncollectible_at: datetime | None = None


class Invoice(msgspec.Struct, frozen=True):
    """``status`` is draft, open, paid, uncollectible or void. ``payments`` are told by `Invoices.one` alone. A preview has an id that
    begins with ``upcoming_``, and no links.
    """

    id: str
    currency: str
    total: int
    created: datetime
    customer: str | None = None
    status: str | None = None
    number: str | None = None
    billing_reason: str | None = None
    subtotal: int = 0
    amount_due: int = 0
    amount_paid: int = 0
    amount_remaining: int = 0
    total_taxes: tuple[Tax, ...] | None = None
    parent: InvoiceParent | None = None
    payments: Listed[InvoicePayment] | None = None
    lines: Listed[InvoiceLine] = Listed()
    hosted_invoice_url: str | None = None
    invoice_pdf: str | None = None
    attempt_count: int = 0
    next_payment_attempt: datetime | None = None
    status_transitions: StatusTransitions = StatusTransitions()
    metadata: Metadata | None = None
    livemode: bool = False

    @property
    def subscription(self) -> str | None:
        details = self.parent.subscription_details if self.parent else None
        return details.subscription if details else None

    @property
    def tax(self) -> int:
        """All taxes of it, added and within."""
        return sum(one.amount for one in self.total_taxes or ())


class TotalDetails(msgspec.Struct, frozen=True):
    amount_discount: int = 0
    amount_tax: int = 0


class SessionLine(msgspec.Struct, frozen=True):
    """What is bought in a checkout."""

    id: str
    amount_total: int
    currency: str
    price: Price | None = None
    quantity: int | None = None


class CheckoutSession(msgspec.Struct, frozen=True):
    """``status`` is open, complete or expired, ``payment_status`` paid, unpaid (a bank may still be asked) or no_payment_required.
    ``url`` is there while it is open; ``line_items`` are told by `Checkout.one` alone.
    """

    id: str
    mode: str
    status: str | None
    payment_status: str
    expires_at: datetime
    created: datetime
    url: str | None = None
    customer: str | None = None
    subscription: str | None = None
    invoice: str | None = None
    payment_intent: str | None = None
    client_reference_id: str | None = None
    currency: str | None = None
    amount_subtotal: int | None = None
    amount_total: int | None = None
    total_details: TotalDetails | None = None
    line_items: Listed[SessionLine] | None = None
    metadata: Metadata | None = None
    livemode: bool = False


class PortalSession(msgspec.Struct, frozen=True):
    id: str
    url: str
    customer: str


class PortalConfiguration(msgspec.Struct, frozen=True):
    """``features`` as they are on the wire."""

    id: str
    active: bool
    is_default: bool
    features: Mapping[str, Any]
    metadata: Metadata | None = None


class PaymentIntent(msgspec.Struct, frozen=True):
    """One payment, however many tries it took."""

    id: str
    amount: int
    currency: str
    status: str
    amount_received: int = 0
    customer: str | None = None
    latest_charge: str | None = None
    metadata: Metadata = {}


class Refund(msgspec.Struct, frozen=True):
    """``status`` is pending, requires_action, succeeded, failed or canceled: what fails or is canceled was not given back."""

    id: str
    amount: int
    currency: str
    created: datetime
    status: str | None = None
    payment_intent: str | None = None
    charge: str | None = None
    reason: str | None = None
    metadata: Metadata | None = None


class Answer(msgspec.Struct, frozen=True):
    """By when the bank wants to hear from us."""

    due_by: datetime | None = None


class Dispute(msgspec.Struct, frozen=True):
    """``status``: warning_… (nothing is taken yet), needs_response, under_review, won, lost, prevented."""

    id: str
    amount: int
    currency: str
    status: str
    reason: str
    created: datetime
    charge: str | None = None
    payment_intent: str | None = None
    answer: Answer = msgspec.field(name="evidence_details", default=Answer())
    metadata: Metadata = {}
    livemode: bool = False


class PhaseItem(msgspec.Struct, frozen=True):
    price: str
    quantity: int | None = None


class Phase(msgspec.Struct, frozen=True):
    start_date: datetime
    end_date: datetime | None = None
    items: tuple[PhaseItem, ...] = ()


class Schedule(msgspec.Struct, frozen=True):
    """What a subscription becomes, and when; ``status``: not_started, active, completed, released, canceled."""

    id: str
    status: str
    subscription: str | None = None
    phases: tuple[Phase, ...] = ()
