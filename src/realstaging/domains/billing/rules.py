"""Decisions about money. Pure; amounts in millionths of a US dollar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from realstaging.domains.billing.errors import (
    BudgetReached,
    MemberLimitReached,
    PaymentRequired,
    UnpaidPaused,
    UnpaidReached,
)
from realstaging.domains.billing.offers import OFFERS
from realstaging.engines.engine import CostClass
from realstaging.kit.errors import InvalidInput
from realstaging.kit.money import CENT, dollars
from realstaging.runtime.quotas import Limits as Quotas
from realstaging.runtime.quotas import Resource
from realstaging.runtime.unpaid import Caps

# What a staging costs a customer, by what it costs us.
PRICES: Final[Mapping[CostClass, int]] = {CostClass.OWN_MACHINES: 0, CostClass.PROVIDERS_PICTURE: 25 * CENT}
# What a plan grants every month, with the fewest seats it has.
PLANS: Final[Mapping[str, int]] = {plan.id: plan.grant() for plan in OFFERS.plans}
ALERTS: Final = (80, 100)


def price(cost: CostClass) -> int:
    return PRICES[cost]


def monthly_grant(plan: str) -> int:
    if plan not in PLANS:
        raise InvalidInput(f"There is no plan {plan}. There are: {', '.join(PLANS)}.")
    return PLANS[plan]


def least_seats(plan: str) -> int:
    """How many seats a plan has at least."""
    found = OFFERS.plan(plan)
    return found.seats.least if found else 1


def with_seats(limits: Quotas, plan: str, seats: int) -> Quotas:
    """What a plan lets an account have: of one that is sold by seats, as many members as seats were bought."""
    found = OFFERS.plan(plan)
    return {**limits, Resource.MEMBERS: seats} if found and found.seats.most > 1 else limits


def month_of(now: datetime) -> date:
    """The first day of the month (UTC) that ``now`` lies in."""
    return date(now.year, now.month, 1)


def end_of_month(month: date) -> datetime:
    """When the month that begins on this day is over (UTC)."""
    year, number = (month.year, month.month + 1) if month.month < 12 else (month.year + 1, 1)  # noqa: PLR2004 - months of a year
    return datetime(year, number, 1, tzinfo=UTC)


def day_of(now: datetime) -> datetime:
    """The beginning of the day (UTC) that ``now`` lies in."""
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


@dataclass(frozen=True)
class Month:
    """What is held and earned this month, and what it may come to; no limit where that is None."""

    committed: int = 0
    limit: int | None = None

    def holds(self, amount: int) -> bool:
        return self.limit is None or self.committed + amount <= self.limit

    def with_(self, amount: int) -> Month:
        return Month(self.committed + amount, self.limit)


def refusals(
    amounts: Sequence[int], available: int, account: Month, member: Month = Month()
) -> list[PaymentRequired | None]:
    """What stands in the way of each amount, in their order; what is taken before leaves less for what follows.

    ``account``: with its budget. ``member``: what the one who asks has had made, with their own limit.
    """
    found: list[PaymentRequired | None] = []
    for amount in amounts:
        refused = _refusal(amount, available, account, member)
        found.append(refused)
        if refused is None:
            available, account, member = available - amount, account.with_(amount), member.with_(amount)
    return found


def _refusal(amount: int, available: int, account: Month, member: Month) -> PaymentRequired | None:
    if amount == 0:
        return None
    if not account.holds(amount):
        return BudgetReached()
    if not member.holds(amount):
        return MemberLimitReached()
    if amount > available:
        return PaymentRequired(_OWED) if available < 0 else PaymentRequired()
    return None


def reached(committed: int, budget: int | None) -> tuple[int, ...]:
    """The alerts (percent of the budget) that this month's spending has reached."""
    if budget is None:
        return ()
    return tuple(percent for percent in ALERTS if committed * 100 >= budget * percent)


def used_up(committed: int, budget: int | None, price: int) -> bool:
    """Whether what is left of the budget is less than one staging costs."""
    return budget is not None and budget - committed < price


@dataclass(frozen=True)
class Limits:
    """The caps on what providers may charge us without a result, for one plan; ``service``: in a day, for all accounts together."""

    staging: int
    tries: int
    day: int
    month: int
    service: int


@dataclass(frozen=True)
class Life:
    """What was asked of providers for one staging. ``earlier``: what its lives before this request cost; ``spent``: what this one has.

    An attempt whose cost is not known yet counts with its price. ``tries``: predictions, of all lives.
    """

    earlier: int = 0
    spent: int = 0
    stake: int | None = None
    tries: int = 0


@dataclass(frozen=True)
class Everybodys:
    """What the attempts of all accounts together cost this day (UTC) without a result, and what those under way may still come to."""

    day: int = 0
    at_stake: int = 0


@dataclass(frozen=True)
class Unpaid:
    """What an account's attempts cost without a result: of stagings that are over (``day``, ``month``: UTC), and what those under
    way may still come to (``at_stake``).
    """

    day: int = 0
    month: int = 0
    at_stake: int = 0
    everybodys: Everybodys = Everybodys()


@dataclass(frozen=True)
class Wanted:
    """An attempt about to be opened: its price, and what all of its request may cost."""

    staging_id: UUID
    request_key: str
    price: int
    most: int


def limits(caps: Caps, plan: str) -> Limits:
    granted = monthly_grant(plan)
    return Limits(
        caps.staging_cents * CENT,
        caps.tries,
        granted * caps.day_percent // 100,
        granted * caps.month_percent // 100,
        caps.service_day_cents * CENT,
    )


def stake(wanted: Wanted, life: Life, unpaid: Unpaid, limits: Limits) -> int:
    """What is set aside for the whole request at its first attempt; all others have to fit into that. 0: wait for others to end.

    UnpaidReached where there is no room even once all others have ended well.
    """
    refused = _refusal_of_staging(wanted.price, life, limits)
    if life.stake:
        if refused or life.spent + wanted.price > life.stake:
            raise refused or UnpaidReached()
        return life.stake
    if refused := refused or _refusal_of_account(wanted.price, unpaid, limits):
        raise refused
    left, everybodys = min(limits.day - unpaid.day, limits.month - unpaid.month), limits.service - unpaid.everybodys.day
    room = min(wanted.most, limits.staging - life.earlier, left, everybodys)
    fits = left - unpaid.at_stake >= room and everybodys - unpaid.everybodys.at_stake >= room
    return room if fits else 0


def unpaid_refusal(price: int, life: Life, unpaid: Unpaid, limits: Limits) -> UnpaidReached | None:
    """Why no provider is asked for a first picture of this price, whatever else is under way."""
    return _refusal_of_staging(price, life, limits) or _refusal_of_account(price, unpaid, limits)


def _refusal_of_staging(price: int, life: Life, limits: Limits) -> UnpaidReached | None:
    spent = life.earlier + life.spent
    if life.tries >= limits.tries:
        return UnpaidReached(_STAGING.format(why=_TRIED.format(tries=life.tries)))
    if spent + price > limits.staging:
        return UnpaidReached(_STAGING.format(why=_DEAR.format(spent=dollars(spent), most=dollars(limits.staging))))
    return None


def _refusal_of_account(price: int, unpaid: Unpaid, limits: Limits) -> UnpaidReached | None:
    for spent, most, when, again in (
        (unpaid.day, limits.day, "today", "tomorrow (UTC)"),
        (unpaid.month, limits.month, "this month", "next month"),
    ):
        if spent + price > most:
            return UnpaidReached(_ACCOUNT.format(spent=dollars(spent), most=dollars(most), when=when, again=again))
    return UnpaidPaused() if unpaid.everybodys.day + price > limits.service else None


_OWED: Final = "A payment was taken back after some of its credit had been spent, so your balance is below zero. Add credit, or choose a larger plan."
_TRIED: Final = "This staging was tried {tries} times at the provider without a result, as often as one may be."
_DEAR: Final = (
    "This staging has cost us US$ {spent} at the provider without a result, and at most US$ {most} are spent on one."
)
_STAGING: Final = "{why} You were charged nothing. Request another one, with another style, other instructions or another photo, or an engine that costs nothing."
_ACCOUNT: Final = (
    "Pictures without a result have cost us US$ {spent} {when}, and with your plan at most US$ {most} are spent so. You were charged "
    "nothing. Try again {again}, use an engine that costs nothing, or choose a larger plan."
)
