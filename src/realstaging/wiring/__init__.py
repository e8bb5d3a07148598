"""Rank 3: builds the platform from settings, and lists the domains."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from realstaging.domains.accounts import routes as accounts
from realstaging.domains.photos import routes as photos
from realstaging.domains.projects import routes as projects
from realstaging.domains.staging import jobs as staging_jobs
from realstaging.domains.staging import routes as staging
from realstaging.engines.brief import Engine
from realstaging.engines.local.engine import LocalEngine
from realstaging.kit.clock import Clock, utc_now
from realstaging.runtime.bells import Bells
from realstaging.runtime.database import open_pool
from realstaging.runtime.jobs import Handler
from realstaging.runtime.platform import Platform
from realstaging.runtime.processes import Processes
from realstaging.settings import Settings
from realstaging.storage import open_storage

ROUTES: Final[list[Any]] = [*accounts.ROUTES, *projects.ROUTES, *photos.ROUTES, *staging.ROUTES]
HANDLERS: Final[dict[str, Handler]] = {**staging_jobs.HANDLERS}


def build_engines(settings: Settings) -> dict[str, Engine]:
    """Every engine these settings allow. Building one starts nothing."""
    return {"local": LocalEngine(render_python=Path(settings.render_python) if settings.render_python else None)}


@asynccontextmanager
async def platform(
    settings: Settings, *, engines: dict[str, Engine] | None = None, clock: Clock = utc_now
) -> AsyncIterator[Platform]:
    """The parts of one process, closed again at the end."""
    built = build_engines(settings) if engines is None else engines
    database = await open_pool(settings.database_url, largest=settings.database_connections)
    bells = Bells(settings.redis_url)
    processes = Processes(1)
    try:
        yield Platform(
            database=database,
            bells=bells,
            storage=open_storage(settings.storage_url, public_url=settings.public_url, secret_key=settings.secret_key),
            processes=processes,
            engines=built,
            clock=clock,
            secret_key=settings.secret_key,
            public_url=settings.public_url,
        )
    finally:
        for engine in built.values():
            await engine.close()
        processes.close()
        await bells.close()
        await database.close()
