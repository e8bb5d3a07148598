"""Wire shapes of money: dollars as decimal strings."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
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


class CreditLeft(msgspec.Struct, frozen=True):
    """What is left of one lot of credit, which lapses when it expires (null: never). ``source``: ``plan`` for a month's grant, ``pack``,
    ``grant`` for one of ours, ``credit_back`` for a picture given back, ``opening`` for what there was before.
    """

    source: str
    remaining_usd: Decimal
    expires_at: datetime | None


class Usage(msgspec.Struct, frozen=True):
    """``available`` is below zero where a payment was taken back after some of it had been spent. ``credit``: what it is made of, in the
    order in which it is used. ``standing``: ``good``; ``grace``, while a failed payment can be mended; ``stopped``, where nothing can be
    spent; ``standing_reason`` says why. ``spent`` and ``stagings`` are this month's finished ones; ``held`` is for stagings under way. ``own_spent``: this month's that you asked
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
    standing: str
    standing_reason: str
    credit: list[CreditLeft]


class Budget(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What may be spent in a month; null for as much as there is credit."""

    monthly_usd: bounds.Dollars | None


class OfferedTerm(msgspec.Struct, frozen=True):
    """``every``: month or year. ``amounts_minor``: what each seat costs then, in hundredths of each currency."""

    every: str
    lookup_key: str
    amounts_minor: dict[str, int]


class OfferedPlan(msgspec.Struct, frozen=True):
    """``monthly_credit_usd`` and ``monthly_stagings`` are granted each month for each seat and lapse with it. From ``least_seats`` up to
    ``most_seats`` can be bought. Without ``terms`` it costs nothing. ``limits``: how much of each thing, bytes where the name says so.
    """

    id: str
    name: str
    summary: str
    monthly_credit_usd: Decimal
    monthly_stagings: int
    least_seats: int
    most_seats: int
    limits: dict[str, int]
    terms: list[OfferedTerm]


class OfferedPack(msgspec.Struct, frozen=True):
    """Credit that is bought once and never expires; ``amounts_minor`` in hundredths of each currency."""

    id: str
    name: str
    credit_usd: Decimal
    stagings: int
    lookup_key: str
    amounts_minor: dict[str, int]


class Offered(msgspec.Struct, frozen=True):
    """What can be had. ``staging_usd``: what a staging by a paid engine takes of credit. ``tax``: whether tax is added to prices of a currency
    (``exclusive``) or within them (``inclusive``). Nothing is ever charged beyond what was bought.
    """

    staging_usd: Decimal
    tax: dict[str, str]
    plans: list[OfferedPlan]
    packs: list[OfferedPack]


class UsageLine(msgspec.Struct, frozen=True):
    """One staging by an engine that costs: what it was charged, and why it was charged nothing where it was.

    ``state``: ``held`` while it is under way, ``charged``, ``not_charged`` for what failed, was refused or canceled, ``given_back``.
    ``reason``: why it was not charged or was given back. ``member_id``: who asked; null where nobody knows any more, as ``project_name``.
    """

    staging_id: UUID
    at: datetime
    project_id: UUID
    project_name: str | None
    member_id: UUID | None
    member_name: str | None
    engine: str
    state: Literal["held", "charged", "not_charged", "given_back"]
    charged_usd: Decimal
    reason: str | None


class UsageLines(msgspec.Struct, frozen=True):
    """Newest first. ``next``: the cursor of the page that follows; null on the last."""

    items: list[UsageLine]
    next: str | None


class UsageOfDay(msgspec.Struct, frozen=True):
    """What one member had made in one project by one engine on one day (UTC): stagings charged, and those given back."""

    day: date
    project_id: UUID
    project_name: str | None
    member_id: UUID | None
    member_name: str | None
    engine: str
    stagings: int
    charged_usd: Decimal
    given_back: int


class UsageByDay(msgspec.Struct, frozen=True):
    """Newest first. ``more``: whether there is a further page."""

    items: list[UsageOfDay]
    more: bool
