"""What browsers are told of money."""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec

from realstaging.domains.accounts.service import Permission
from realstaging.runtime.work import Event


class ReachedShare(msgspec.Struct, frozen=True):
    """Percent of the budget of the month that begins on this day."""

    percent: int
    month: date


class BudgetAlert(Event, frozen=True, tag="billing.budget_alert"):
    """A share of the month's budget is spent or set aside: told once for each share and month."""

    needs = Permission.USAGE
    data: ReachedShare


class ToldBilling(msgspec.Struct, frozen=True):
    """What the account may use now."""

    plan: str
    seats: int


class BillingChanged(Event, frozen=True, tag="billing.changed"):
    """A payment came or failed, or the plan or the budget is another: look again."""

    needs = Permission.USAGE
    data: ToldBilling


EVENTS: Final[list[type[Event]]] = [BudgetAlert, BillingChanged]
