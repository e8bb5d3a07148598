"""Metrics, at the few places that matter. Prometheus asks for them; `runtime.otlp` sends them."""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import structlog
from aiohttp import web
from prometheus_client import REGISTRY, Counter, Gauge, Histogram
from prometheus_client.exposition import choose_encoder

log = structlog.get_logger()

REQUESTS: Final = Histogram(
    "http_server_request_duration_seconds",
    "Time to answer a request; event streams are not among them.",
    ["http_request_method", "http_route", "http_response_status_code"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
JOBS: Final = Histogram(
    "realstaging_job_seconds",
    "Time to run a job, by how it ended.",
    ["kind", "outcome"],
    buckets=(0.01, 0.05, 0.25, 1, 5, 10, 20, 40, 80, 160, 320),
)
CHORE_FAILURES: Final = Counter("realstaging_chore_failures", "Turns of a worker's chore that failed.", ["chore"])
CHORE_SUCCESS: Final = Gauge(
    "realstaging_chore_last_success_timestamp_seconds",
    "When a worker's chore last succeeded, or the worker started, in seconds since 1970.",
    ["chore"],
)
REFUSALS: Final = Counter(
    "realstaging_refusals_total",
    "Requests refused for who asks, for want of money or for their number, and forged webhooks.",
    ["code", "route"],
)

LEFT_BEHIND: Final = Counter(
    "realstaging_left_behind_total",
    "What was found open though nobody would end it any more, and was ended: stagings, holds. More than 0 means a mistake of ours.",
    ["what"],
)
LETTERS: Final = Counter(
    "realstaging_letters_total",
    "Letters by kind and what became of them: sent, put off (and tried again), refused, suppressed, unwanted, unsent, given up.",
    ["kind", "outcome"],
)
OLDEST_LETTER: Final = Gauge(
    "realstaging_oldest_letter_seconds", "How long the oldest letter that is not over has waited to be sent."
)
WEBHOOKS: Final = Counter(
    "realstaging_webhook_tries_total",
    "Messages sent to endpoints of customers, by what became of the try: delivered, failed, and disabled where it was an endpoint's last.",
    ["outcome"],
)
UNPAID_PAUSED: Final = Counter(
    "realstaging_unpaid_paused_total",
    "Stagings for which no provider was asked, because a day's pictures without a result had cost as much as they may in all.",
)
GIVEN_UP: Final = Counter(
    "realstaging_predictions_given_up", "Predictions nobody wanted that could not be ended; they count as charged."
)

STRIPE_EVENTS: Final = Counter(
    "realstaging_stripe_events_total",
    "What Stripe told, by its type, and what became of it: taken, doubled, done, nothing to do, not ours, gone; forged, not taken.",
    ["type", "outcome"],
)
PAYMENTS: Final = Counter(
    "realstaging_payments_total",
    "What became of payments: granted; refunds and disputes by what became of them, as refund_back, dispute_open, dispute_undone.",
    ["what"],
)
RECONCILED: Final = Counter(
    "realstaging_payments_differed_total",
    "What differed between Stripe's list and ours, mended or left for somebody to look.",
    ["what", "outcome"],
)


def refused(code: str, route: str, **more: str | int | None) -> None:
    """Count a refusal and write a line of it. ``more`` holds nothing that opens anything."""
    REFUSALS.labels(code, route).inc()
    log.warning("api.refused", code=code, route=route, **more)


def exposed(accept: str) -> tuple[bytes, str]:
    """Every metric of this process, in the format that is asked for, and its media type. Only OpenMetrics has exemplars: a trace of
    which a figure is an example.
    """
    encode, kind = choose_encoder(accept)
    return encode(REGISTRY), kind


@asynccontextmanager
async def metrics_served(host: str, port: int, token: str) -> AsyncIterator[None]:
    """This process's metrics at ``/metrics`` of a port of their own, nowhere where ``port`` is 0.

    With a ``token``, for its bearer alone. OSError where the port is taken.
    """
    if not port:
        yield
        return

    async def told(request: web.Request) -> web.Response:
        given = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
        if token and not hmac.compare_digest(given, f"Bearer {token}".encode()):
            raise web.HTTPNotFound
        body, kind = exposed(request.headers.get("Accept", ""))
        return web.Response(body=body, headers={"Content-Type": kind})

    app = web.Application()
    app.router.add_get("/metrics", told)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield
    finally:
        await runner.cleanup()
