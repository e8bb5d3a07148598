"""HTTP of money."""

from __future__ import annotations

from typing import Final

from litestar import get, put
from litestar.datastructures import CacheControlHeader
from litestar.di import NamedDependency
from litestar.params import JSONBody

from realstaging.domains.accounts.service import Member, Permission, needs
from realstaging.domains.billing import service
from realstaging.domains.billing.offering import offered
from realstaging.domains.billing.schemas import Budget, Offered, Usage
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import transaction

TAGS = ["billing"]
OFFERS_KEPT: Final = 300
"""Seconds for which browsers and proxies may keep the offers: they change with a release."""


@get("/usage", tags=TAGS, opt=needs(Permission.USAGE))
async def get_usage(platform: NamedDependency[Platform], caller: NamedDependency[Member]) -> Usage:
    """What your account has, has held for stagings under way, and has spent."""
    async with transaction(platform) as work:
        return await service.usage(work, caller)


@put("/usage/budget", tags=TAGS, opt=needs(Permission.SETTINGS))
async def put_budget(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], data: JSONBody[Budget]
) -> Usage:
    """Set what may be spent in a month. You are told at 80 and 100 %; what would exceed it is refused."""
    async with transaction(platform) as work:
        return await service.set_budget(work, caller, data)


@get("/offers", tags=TAGS, exclude_from_auth=True, cache_control=CacheControlHeader(public=True, max_age=OFFERS_KEPT))
async def get_offers() -> Offered:
    """What can be had, and for how much."""
    return offered()


ROUTES = [get_usage, put_budget, get_offers]
