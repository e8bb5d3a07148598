"""Wire shapes of payments. Amounts that are paid are in minor units of their currency (cents); credit is in dollars at list price."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec

from realstaging.domains.billing.offers import Every
from realstaging.domains.payments.rules import When
from realstaging.kit import bounds

Offered = Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=f"^[a-z][a-z0-9_]*{bounds.END}")]
"""The id of a plan or a pack, as `GET /api/v1/offers` lists them."""
Seats = Annotated[int, msgspec.Meta(ge=1, le=10_000)]
Currency = Annotated[str, msgspec.Meta(min_length=3, max_length=3, pattern=f"^[a-z]{{3}}{bounds.END}")]
"""ISO 4217, lower case."""


class NewCheckout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be bought: a plan for a term and so many seats, or a pack. ``currency``: of an account that has paid before it is that
    payment's.
    """

    plan: Offered | None = None
    term: Every = "month"
    seats: Seats | None = None
    pack: Offered | None = None
    currency: Currency | None = None


class Checkout(msgspec.Struct, frozen=True):
    """``url``: the page on which it is paid, at Stripe, until ``expires_at``. Nothing is bought before it is paid there."""

    id: UUID
    url: str
    expires_at: datetime


class CheckoutState(msgspec.Struct, frozen=True):
    """``state``: open; paid; waiting, where a bank takes days; over, where it was never paid."""

    id: UUID
    state: str
    plan: str | None
    pack: str | None


class Portal(msgspec.Struct, frozen=True):
    """``url``: a page at Stripe for cards, addresses, tax ids and invoices, for a few minutes."""

    url: str


class PlanChoice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the account's plan shall be. ``seats``: as now, where they are left out."""

    plan: Offered
    term: Every
    seats: Seats | None = None


class PlanChange(PlanChoice, frozen=True, forbid_unknown_fields=True):
    """``losing_access``: yes to who loses access by it, once you have been told who they are."""

    losing_access: bool = False


class Cancellation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``losing_access``: as of a change."""

    losing_access: bool = False


class Pause(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For how many months, from the end of what is paid."""

    months: Annotated[int, msgspec.Meta(ge=1, le=6)] = 1


class Losing(msgspec.Struct, frozen=True):
    """Somebody for whom there is no seat any more."""

    id: UUID
    name: str
    email: str


class ChangePreview(msgspec.Struct, frozen=True):
    """What a change would do. ``due_minor``: charged at once, tax included, where it takes effect now; ``at``: when it takes effect.
    ``losing_access``: who is suspended then, as there is no seat for them; those who came last, never an owner.
    """

    when: When
    at: datetime
    due_minor: int
    currency: str
    losing_access: list[Losing]


class NextPlan(msgspec.Struct, frozen=True):
    """What the plan will be from ``at`` on."""

    plan: str
    term: Every
    seats: int
    at: datetime


class PlanState(StrEnum):
    """How a paid plan is."""

    TRIAL = "trial"
    ACTIVE = "active"
    LATE = "late"
    """A payment failed; the plan stays for the days of grace."""
    CANCELING = "canceling"
    PAUSED = "paused"
    INCOMPLETE = "incomplete"
    """The first payment is not made."""


class PaidPlan(msgspec.Struct, frozen=True):
    """What the account subscribes to. ``ends_at``: when it ends unless something is done: canceled, paused, or a payment is late.
    ``renews_at``: when the next payment is due; null where none is. ``resumes_at``: when a pause ends by itself.
    """

    plan: str
    term: Every
    seats: int
    state: PlanState
    currency: str
    period_start: datetime
    period_end: datetime
    renews_at: datetime | None
    ends_at: datetime | None
    trial_end: datetime | None
    next: NextPlan | None
    resumes_at: datetime | None = None


class NextInvoice(msgspec.Struct, frozen=True):
    """What is charged next, as Stripe says now; tax included."""

    at: datetime
    total_minor: int
    currency: str


class LotKind(msgspec.Struct, frozen=True):
    """Credit of one kind: of the ``plan``, of a ``pack``, given back or granted. ``next_lapse``: when some of it lapses; null: never."""

    kind: str
    left_usd: Decimal
    stagings: int
    next_lapse: datetime | None


class Billing(msgspec.Struct, frozen=True):
    """What the account has, pays and may spend. ``plan`` and ``seats`` are what it may use now; ``subscription`` is what it pays for, null for
    none. ``standing``: good, grace (a payment is late) or stopped (nothing new is paid for), with the reason in words.
    ``withheld``: why the free credit of this month is not given, in words; empty where it is, or none is due.
    ``payable``: whether anything can be bought here. ``next_invoice`` is null where none comes, or Stripe does not answer.
    """

    payable: bool
    plan: str
    seats: int
    seats_used: int
    currency: str | None
    standing: str
    standing_reason: str
    withheld: str
    available_usd: Decimal
    stagings_left: int
    credit: list[LotKind]
    subscription: PaidPlan | None
    next_invoice: NextInvoice | None


class PaidBack(msgspec.Struct, frozen=True):
    """A refund, a dispute or a credit note. ``undone``: a refund that failed, a dispute that was won."""

    kind: str
    amount_minor: int
    undone: bool
    at: datetime


class Outcome(StrEnum):
    """What became of stagings that cost something, and whether they were charged."""

    CHARGED = "charged"
    UNDER_WAY = "under_way"
    """Credit is set aside for them."""
    GIVEN_BACK = "given_back"
    """They were charged, and credited back."""
    FAILED = "failed"
    """Not charged: there is no picture, or none that passed the check that the house is unchanged."""
    CANCELED = "canceled"
    """Not charged."""


class InvoiceLine(msgspec.Struct, frozen=True):
    """Stagings of one kind in the time that an invoice is for. ``reason``: the code of what went wrong, where something did."""

    outcome: Outcome
    reason: str | None
    engine: str | None
    stagings: int
    charged_usd: Decimal


class InvoicedStaging(msgspec.Struct, frozen=True):
    """One of them. ``engine`` and ``reason`` are null once the staging itself is forgotten; ``charged_usd`` is what it cost of your credit."""

    staging_id: UUID
    project_id: UUID
    at: datetime
    outcome: Outcome
    reason: str | None
    engine: str | None
    charged_usd: Decimal


class InvoicedStagings(msgspec.Struct, frozen=True):
    items: list[InvoicedStaging]
    next_cursor: str | None


class Invoice(msgspec.Struct, frozen=True):
    """A payment, or one that is due. ``hosted_url`` and ``pdf_url`` lead to Stripe's document, where there is one. ``lines``: what was staged
    in the time that it is for, and what of that was charged: never what failed, was refused or canceled.
    """

    id: UUID
    description: str
    state: str
    number: str | None
    total_minor: int
    paid_minor: int
    currency: str
    credit_usd: Decimal
    created_at: datetime
    paid_at: datetime | None
    period_start: datetime | None
    period_end: datetime | None
    hosted_url: str | None
    pdf_url: str | None
    given_back: list[PaidBack]
    lines: list[InvoiceLine]


class Invoices(msgspec.Struct, frozen=True):
    items: list[Invoice]
    next_cursor: str | None
