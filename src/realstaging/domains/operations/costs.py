"""What customers were charged, what providers took and what is left of it, by day, engine and model."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from msgspec.structs import asdict

from realstaging.domains.operations import costs_store
from realstaging.domains.operations.costs_store import CostRow
from realstaging.domains.operations.schemas import Costs, DayCost, DayCosts
from realstaging.engines import catalog
from realstaging.kit import money, tables
from realstaging.runtime.platform import Platform

MOST_DAY_COSTS: Final = 10_000
"""Lines: a year of every model there is."""
HEAD: Final = ("day", "engine", "model", *Costs.__struct_fields__)


async def by_day(platform: Platform, days: int) -> DayCosts:
    """The last days, the newest first, and their sum."""
    rows = await costs_store.by_day(
        platform.database, platform.clock() - timedelta(days=days), catalog.PAID, MOST_DAY_COSTS
    )
    items = [DayCost(day=row.day, engine=row.engine, model=row.model, **asdict(_together([row]))) for row in rows]
    return DayCosts(items, _together(rows))


async def table(platform: Platform, days: int) -> bytes:
    """The same as CSV, without the sum."""
    found = await by_day(platform, days)
    return tables.table([HEAD, *([str(getattr(one, name)) for name in HEAD] for one in found.items)])


def _together(rows: Sequence[CostRow]) -> Costs:
    """The sum of these."""
    cost, earned = sum(row.cost for row in rows), sum(row.earned for row in rows)
    credited_back = sum(row.credited_back for row in rows)
    return Costs(
        asked=sum(row.asked for row in rows),
        passed=sum(row.passed for row in rows),
        cost_usd=money.dollars(cost),
        unpaid_usd=money.dollars(sum(row.unpaid for row in rows)),
        charged=sum(row.charged for row in rows),
        charged_usd=money.dollars(earned),
        credited_back_usd=money.dollars(credited_back),
        margin_usd=money.dollars(earned - credited_back - cost),
    )
