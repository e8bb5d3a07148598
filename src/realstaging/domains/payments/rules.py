"""Decisions about plans that are paid for: what an account may use, whether it may spend, how a change is made. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import msgspec

from realstaging.domains.billing.offers import FREE, OFFERS, Every, Plan, Term
from realstaging.kit.errors import InvalidInput

MONTHS: Final = {"month": 1, "year": 12}
MOST_SESSIONS_A_DAY: Final = 20
"""Checkout pages that one account may open in a day (24 h): far more than a buyer needs, far fewer than a thief with a list of cards."""
SESSIONS_COUNTED: Final = timedelta(days=1)
SESSION_LASTS: Final = timedelta(hours=1)
"""How long a checkout page can be paid; Stripe takes half an hour to a day."""
RENEWAL_SLACK: Final = timedelta(days=1)
"""Stripe ends an invoice about an hour after the period it follows, and tells us later still."""


class Status(StrEnum):
    """Of a subscription, as Stripe calls it (https://docs.stripe.com/api/subscriptions/object#subscription_object-status)."""

    INCOMPLETE = "incomplete"
    INCOMPLETE_EXPIRED = "incomplete_expired"
    TRIALING = "trialing"
    ACTIVE = "active"
    PAST_DUE = "past_due"
    CANCELED = "canceled"
    UNPAID = "unpaid"
    PAUSED = "paused"


OVER: Final = frozenset({Status.CANCELED, Status.INCOMPLETE_EXPIRED})
"""Nothing comes of it any more."""
UNBOUGHT: Final = frozenset({Status.INCOMPLETE, Status.INCOMPLETE_EXPIRED})
"""Its first payment was not made."""


def is_alive(status: Status) -> bool:
    """Whether something comes of it: it was bought, and has not ended."""
    return status not in OVER | UNBOUGHT


class Held(msgspec.Struct, frozen=True):
    """What a subscription is for."""

    plan: str
    every: Every
    seats: int


class Subscribed(msgspec.Struct, frozen=True, kw_only=True):
    """A subscription as its row says. ``late_since``: when a payment was first found to have failed; ``paused_at``: what it was paid
    until when it was paused, or since when it is not paid for as it was.
    """

    id: str
    held: Held
    status: Status
    period_start: datetime
    period_end: datetime
    late_since: datetime | None = None
    paused_at: datetime | None = None
    created_at: datetime


def surplus(subscriptions: Sequence[Subscribed]) -> list[Subscribed]:
    """What is one too many: an account has one plan, the one begun first of those that are alive."""
    alive = [one for one in subscriptions if is_alive(one.status)]
    return sorted(alive, key=lambda one: (one.created_at, one.id))[1:]


class Entitled(msgspec.Struct, frozen=True):
    """What an account may use, until when without news from Stripe; None for ever."""

    plan: str = FREE
    seats: int = 1
    until: datetime | None = None


def entitled(subscriptions: Sequence[Subscribed], now: datetime, grace: timedelta) -> Entitled:
    """What an account with these subscriptions may use now: of several the one begun last. By rows alone, so that it stays true while
    Stripe is away.
    """
    for one in sorted(subscriptions, key=lambda each: each.created_at, reverse=True):
        until = entitled_until(one, grace)
        if until and now < until:
            return Entitled(one.held.plan, one.held.seats, until)
    return Entitled()


def entitled_until(one: Subscribed, grace: timedelta) -> datetime | None:
    """When the plan ends unless something is told until then; None where it has ended, or never began."""
    match one.status:
        case Status.ACTIVE | Status.TRIALING:
            return one.paused_at or one.period_end + grace
        case Status.PAST_DUE:
            return (one.late_since or one.period_start) + grace
    return None


class Trouble(StrEnum):
    """What an account's payments have run into."""

    LATE = "late"
    """A payment failed, and the days of grace run."""
    DISPUTED = "disputed"
    """A payment was disputed with the bank: nothing new is paid for until that is decided."""


def trouble(subscriptions: Sequence[Subscribed], disputes: int, now: datetime, grace: timedelta) -> Trouble | None:
    """``disputes``: those that are open or lost."""
    if disputes:
        return Trouble.DISPUTED
    late = any(one.status is Status.PAST_DUE and now < (entitled_until(one, grace) or now) for one in subscriptions)
    return Trouble.LATE if late else None


class When(StrEnum):
    """When a change takes effect."""

    NOW = "now"
    PERIOD_END = "period_end"


def when(held: Held, wanted: Held) -> When | None:
    """More, for as long or longer, is had at once and the difference is charged; less, or for shorter, when the period ends. None where
    nothing changes.
    """
    if held == wanted:
        return None
    shorter = MONTHS[wanted.every] < MONTHS[held.every]
    less = worth(wanted) < worth(held) or (worth(wanted) == worth(held) and wanted.seats < held.seats)
    return When.PERIOD_END if shorter or less else When.NOW


def worth(held: Held) -> tuple[int, int]:
    """Plans in their order; then what is granted in a month."""
    plan = plan_of(held.plan)
    return OFFERS.plans.index(plan), plan.grant(held.seats)


def plan_of(plan_id: str) -> Plan:
    """InvalidInput for one that is not offered."""
    plan = OFFERS.plan(plan_id)
    if plan is None:
        raise InvalidInput(f"There is no plan {plan_id}. There are: {', '.join(one.id for one in OFFERS.plans)}.")
    return plan


def term_of(plan: Plan, every: Every) -> Term:
    """How a plan is paid for so long. InvalidInput for one that is not sold so."""
    term = next((one for one in plan.terms if one.every == every), None)
    if term is None:
        sold = [one.id for one in OFFERS.plans if one.terms]
        raise InvalidInput(f"{plan.name} costs nothing and cannot be bought. Choose one of: {', '.join(sold)}.")
    return term


def checked(wanted: Held) -> Term:
    """The term of what somebody wants to have. InvalidInput where it is not sold so."""
    plan = plan_of(wanted.plan)
    term = term_of(plan, wanted.every)
    if not plan.seats.least <= wanted.seats <= plan.seats.most:
        many = f"{plan.seats.least} to {plan.seats.most}" if plan.seats.most > 1 else "1, and no more"
        raise InvalidInput(f"{plan.name} is sold for {many} seats.", least=plan.seats.least, most=plan.seats.most)
    return term


def currency_of(asked: str | None, fixed: str | None) -> str:
    """What an account pays in: what its first payment was in, and until then what is asked for. InvalidInput for another."""
    if fixed and asked not in {None, fixed}:
        raise InvalidInput(
            f"Your account pays in {fixed.upper()}: the currency of its first payment stays. Write to us to change it."
        )
    chosen = fixed or asked or next(iter(OFFERS.currencies))
    if chosen not in OFFERS.currencies:
        raise InvalidInput(
            f"Prices are in {', '.join(code.upper() for code in OFFERS.currencies)}; there are none in {chosen.upper()}."
        )
    return chosen


def most_members(plan_id: str, seats: int) -> int:
    """How many people may be in an account: of a plan with seats as many as were bought."""
    plan = plan_of(plan_id)
    return seats if plan.seats.most > 1 else plan.limits.members


class Payment(msgspec.Struct, frozen=True):
    """What one payment granted, and what was paid for it in minor units; ``taken``: what was taken back of the credit so far."""

    paid: int
    granted: int
    back: int
    """Of what was paid: given back by refunds, withdrawn by disputes, forgiven by credit notes."""
    taken: int


def owed(payment: Payment) -> int:
    """How much credit is still to be taken back (below nothing: to be given again): the share of what was given back, rounded in
    the payer's favour; all of it for all.
    """
    if payment.paid <= 0:
        return 0
    share = payment.granted * min(payment.back, payment.paid) // payment.paid
    return share - payment.taken


def session_state(status: str | None, payment_status: str) -> str:
    """Of a checkout page: open, paid, waiting (a bank is still asked), over."""
    if status == "complete":
        return "waiting" if payment_status == "unpaid" else "paid"
    return "over" if status == "expired" else "open"
