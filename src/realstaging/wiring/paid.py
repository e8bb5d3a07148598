"""Builds the engine `replicate` from settings."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import NamedTuple
from urllib.parse import urlsplit

import asyncpg

from realstaging.domains.attempts.service import StoredAttempts
from realstaging.domains.models import service as models
from realstaging.engines.attempts import ProcessAttempts
from realstaging.engines.faithful import in_thread
from realstaging.engines.local.measures import MeasuresAtOnce, SpareTimeMeasures
from realstaging.engines.paid import Chain, Chosen
from realstaging.engines.replicate.asking import Timing
from realstaging.engines.replicate.client import ReplicateClient
from realstaging.engines.replicate.engine import ReplicateEngine
from realstaging.engines.replicate.limits import RateLimiter
from realstaging.engines.replicate.outputs import OutputRules
from realstaging.engines.replicate.shared_limits import SharedLimiter
from realstaging.kit import addresses
from realstaging.kit.errors import AppError
from realstaging.runtime.processes import Processes
from realstaging.runtime.wake_ups import WakeUps
from realstaging.settings import BadSettings, Settings
from realstaging.storage import Storage


def client(settings: Settings, limiter: RateLimiter | None = None) -> ReplicateClient:
    hosts = tuple(host.strip() for host in settings.replicate_output_hosts.split(",") if host.strip())
    return ReplicateClient(
        settings.replicate_api_token,
        base_url=settings.replicate_api_url,
        outputs=OutputRules(hosts=hosts),
        limiter=limiter,
    )


def chain(settings: Settings) -> Chain:
    return Chain(tuple(Chosen(name.strip()) for name in settings.replicate_models.split(",") if name.strip()))


class Parts(NamedTuple):
    """Of the service, what engines are built on."""

    database: asyncpg.Pool
    wake_ups: WakeUps
    storage: Storage
    processes: Processes


def service_engine(
    settings: Settings, parts: Parts, *, measures: SpareTimeMeasures | None = None, timing: Timing | None = None
) -> ReplicateEngine:
    """The engine of a server: attempts in PostgreSQL, one rate limit for all workers, pictures by signed address."""
    reachable = _reachable(settings)
    return ReplicateEngine(
        client(settings, SharedLimiter(parts.wake_ups.redis)),
        StoredAttempts(parts.database, settings.caps),
        chain(settings),
        compute=parts.processes.run,
        reveal=models.sealer(settings.keys).open,
        measures=measures,
        storage=parts.storage,
        by_address=reachable,
        webhook_url=f"{settings.public_url.rstrip('/')}/api/v1/webhooks/replicate" if reachable else None,
        webhook_secret=settings.replicate_webhook_secret,
        simulated=urlsplit(settings.replicate_api_url).hostname != "api.replicate.com",
        timing=timing,
    )


@asynccontextmanager
async def command_line_engine(settings: Settings) -> AsyncIterator[ReplicateEngine]:
    """The engine of one command: no server, so photos travel in the request and predictions are looked at.

    BadSettings without a token. A prediction that still runs at the end is canceled.
    """
    if not settings.replicate_api_token:
        raise BadSettings(["REPLICATE_API_TOKEN is missing: make one at https://replicate.com/account/api-tokens."])

    attempts = ProcessAttempts()
    engine = ReplicateEngine(client(settings), attempts, chain(settings), compute=in_thread, measures=MeasuresAtOnce())
    try:
        yield engine
    finally:
        for request_key in attempts.request_keys():
            with suppress(AppError):
                await engine.stop(request_key)
        await engine.close()


def _reachable(settings: Settings) -> bool:
    """Whether whoever runs the models can call us and fetch from us: not on a laptop, unless it is a stand-in beside us."""
    ours, theirs = (addresses.host(each) for each in (settings.public_url, settings.replicate_api_url))
    return not addresses.is_loopback(ours) or addresses.is_loopback(theirs)
