"""HTTP of money."""

from __future__ import annotations

from typing import Annotated, Final

from litestar import get, put
from litestar.datastructures import CacheControlHeader
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody, QueryParameter
from litestar.response import Stream

from realstaging.domains.accounts.service import Member, Permission, needs
from realstaging.domains.billing import budgets, usage
from realstaging.domains.billing.offering import offered
from realstaging.domains.billing.schemas import Budget, Offered, Usage, UsageByDay, UsageLines
from realstaging.kit import bounds
from realstaging.kit.cursors import LARGEST_PAGE
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import transaction

TAGS = ["billing"]
Month = Annotated[str, QueryParameter(min_length=7, max_length=7, pattern=f"^20[2-9][0-9]-(0[1-9]|1[0-2]){bounds.END}")]
"""As `2026-11` (UTC)."""
OFFERS_KEPT: Final = 300
"""Seconds for which browsers and proxies may keep the offers: they change with a release."""


@get("/usage", tags=TAGS, opt=needs(Permission.USAGE))
async def get_usage(platform: NamedDependency[Platform], caller: NamedDependency[Member]) -> Usage:
    """What your account has, has held for stagings under way, and has spent."""
    async with transaction(platform) as work:
        return await budgets.usage(work, caller)


@put("/usage/budget", tags=TAGS, opt=needs(Permission.SETTINGS))
async def put_budget(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], data: JSONBody[Budget]
) -> Usage:
    """Set what may be spent in a month. You are told at 80 and 100 %; what would exceed it is refused."""
    async with transaction(platform) as work:
        return await budgets.set_budget(work, caller, data)


@get("/offers", tags=TAGS, exclude_from_auth=True, cache_control=CacheControlHeader(public=True, max_age=OFFERS_KEPT))
async def get_offers() -> Offered:
    """What can be had, and for how much."""
    return offered()


@get("/usage/lines", tags=TAGS, opt=needs(Permission.USAGE))
async def get_usage_lines(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    month: Month,
    cursor: FromQuery[bounds.Cursor | None] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=LARGEST_PAGE)] = 50,
) -> UsageLines:
    """A month's stagings by engines that cost, one by one: charged, not charged and why, or given back. Newest first."""
    return await usage.lines(platform, usage.period(caller, month), cursor, limit)


@get("/usage/days", tags=TAGS, opt=needs(Permission.USAGE))
async def get_usage_days(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    month: Month,
    page: Annotated[int, QueryParameter(ge=0, le=usage.MOST_PAGES)] = 0,
) -> UsageByDay:
    """What a month's stagings came to by day (UTC), project, member and engine. Newest first; ``page`` counts from 0."""
    return await usage.by_day(platform, usage.period(caller, month), page)


@get("/usage.csv", tags=TAGS, media_type="text/csv", opt=needs(Permission.USAGE))
async def get_usage_csv(platform: NamedDependency[Platform], caller: NamedDependency[Member], month: Month) -> Stream:
    """A month's stagings by engines that cost as a table, at most 50,000."""
    pieces = usage.table(platform, usage.period(caller, month))
    return Stream(pieces, headers={"Content-Disposition": f'attachment; filename="usage-{month}.csv"'})


ROUTES = [get_usage, put_budget, get_usage_lines, get_usage_days, get_usage_csv, get_offers]
