"""Wire shapes of money: dollars as decimal strings."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

import msgspec

from realstaging.kit import bounds


class Spent(msgspec.Struct, frozen=True):
    """What a project's finished stagings cost, ever."""

    project_id: UUID
    project_name: str
    stagings: int
    spent_usd: Decimal


class Quota(msgspec.Struct, frozen=True):
    """How much of something the plan lets the account have, and how much it has: numbers, or bytes where the name says so."""

    name: str
    used: int
    limit: int


class UnpaidUsage(msgspec.Struct, frozen=True):
    """What providers charged us for your stagings without a result, and at most may. You are not charged for it.

    ``day`` and ``month`` (UTC) are of stagings that are over, ``at_stake`` of those under way: what they may come to without one.
    ``staging_limit`` and ``staging_tries`` hold for one staging, tried again as often as it may be.
    """

    day_usd: Decimal
    day_limit_usd: Decimal
    month_usd: Decimal
    month_limit_usd: Decimal
    at_stake_usd: Decimal
    staging_limit_usd: Decimal
    staging_tries: int


class Usage(msgspec.Struct, frozen=True):
    """``spent`` and ``stagings`` are this month's finished ones; ``held`` is for stagings under way. ``own_spent``: this month's that you asked
    for, finished or under way; ``own_limit``: what those may come to, null where you have no limit of your own.
    """

    plan: str
    monthly_grant_usd: Decimal
    available_usd: Decimal
    held_usd: Decimal
    spent_usd: Decimal
    stagings: int
    monthly_budget_usd: Decimal | None
    own_spent_usd: Decimal
    own_limit_usd: Decimal | None
    alerts: list[int]
    projects: list[Spent]
    quotas: list[Quota]
    unpaid: UnpaidUsage
    prices_usd: dict[str, Decimal]


class Budget(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What may be spent in a month; null for as much as there is credit."""

    monthly_usd: bounds.Dollars | None
