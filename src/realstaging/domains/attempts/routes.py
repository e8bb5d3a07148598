"""Providers' webhooks: verified, written down once, answered; a job does the rest."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, post
from litestar.di import NamedDependency
from litestar.params import PathParameter, QueryParameter

from realstaging.domains.attempts import service
from realstaging.engines import catalog
from realstaging.kit import bounds
from realstaging.kit.errors import NotFound
from realstaging.runtime.platform import Platform
from realstaging.runtime.rate_limits import Cost
from realstaging.runtime.work import transaction


@post(
    "/webhooks/{engine:str}",
    tags=["webhooks"],
    status_code=204,
    exclude_from_auth=True,
    include_in_schema=False,
    opt={"cost": Cost.WEBHOOK},
)
async def providers_webhook(
    request: Request[Any, Any, Any],
    platform: NamedDependency[Platform],
    engine: Annotated[str, PathParameter(min_length=1, max_length=bounds.LONGEST_WORD, pattern=bounds.LINE)],
    attempt: Annotated[str, QueryParameter(min_length=1, max_length=bounds.LONGEST_WORD, pattern=bounds.LINE)],
) -> None:
    """404 where no such engine runs here, or it asks no provider; 403 for what is not its provider's, or old."""
    running = catalog.running(platform.engines).get(engine)
    if running is None or running.paid is None:
        raise NotFound
    headers = {name.lower(): value for name, value in request.headers.items()}
    notice = await running.paid.notice(await request.body(), headers)
    async with transaction(platform) as work:
        await service.take(work, attempt, notice)


ROUTES = [providers_webhook]
