"""Decisions about money. Pure; amounts in millionths of a US dollar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from realstaging.domains.billing.errors import BudgetReached, PaymentRequired
from realstaging.kit.errors import InvalidInput

DOLLAR: Final = 1_000_000
CENT: Final = 10_000
# What a staging by an engine costs a customer; an engine not named here computes on our own machines and is free.
PRICES: Final[Mapping[str, int]] = {"replicate": 25 * CENT}
# What a plan grants every month.
PLANS: Final[Mapping[str, int]] = {"free": 250 * CENT, "pro": 25 * DOLLAR, "business": 125 * DOLLAR}
ALERTS: Final = (80, 100)


def price(engine: str) -> int:
    return PRICES.get(engine, 0)


def monthly_grant(plan: str) -> int:
    if plan not in PLANS:
        raise InvalidInput(f"There is no plan {plan}. There are: {', '.join(PLANS)}.")
    return PLANS[plan]


def month_of(now: datetime) -> date:
    """The first day of the month (UTC) that ``now`` lies in."""
    return date(now.year, now.month, 1)


def refusals(
    amounts: Sequence[int], available: int, committed: int, budget: int | None
) -> list[PaymentRequired | None]:
    """What stands in the way of each amount, in their order; what is taken before leaves less for what follows.

    ``committed``: held and earned this month.
    """
    found: list[PaymentRequired | None] = []
    for amount in amounts:
        refused = _refusal(amount, available, committed, budget)
        found.append(refused)
        if refused is None:
            available, committed = available - amount, committed + amount
    return found


def _refusal(amount: int, available: int, committed: int, budget: int | None) -> PaymentRequired | None:
    if amount == 0:
        return None
    if budget is not None and committed + amount > budget:
        return BudgetReached()
    return PaymentRequired() if amount > available else None


def reached(committed: int, budget: int | None) -> tuple[int, ...]:
    """The alerts (percent of the budget) that this month's spending has reached."""
    if budget is None:
        return ()
    return tuple(percent for percent in ALERTS if committed * 100 >= budget * percent)


def used_up(committed: int, budget: int | None, price: int) -> bool:
    """Whether what is left of the budget is less than one staging costs."""
    return budget is not None and budget - committed < price


def dollars(micro: int) -> Decimal:
    """Exact dollars with at least two decimals."""
    exact = Decimal(micro) / DOLLAR
    return exact.quantize(Decimal("0.01")) if micro % CENT == 0 else exact.normalize()


def micro(dollars: Decimal) -> int:
    """Millionths of a dollar; InvalidInput for what is negative or finer than that."""
    exact = dollars * DOLLAR
    if exact < 0 or exact != exact.to_integral_value():
        raise InvalidInput("An amount must be positive, with at most six decimals.")
    return int(exact)
