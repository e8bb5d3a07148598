"""Every request as a span, a metric and, when it failed, a log line. Also what Prometheus reads."""

from __future__ import annotations

import time
from typing import Any, Final

from litestar import Response, get
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from realstaging.runtime.telemetry import REQUESTS, span

# These live as long as a browser looks; their time says nothing.
UNTIMED: Final = frozenset({"/api/v1/events"})


def observe(app: ASGIApp) -> ASGIApp:
    """Middleware."""

    async def observed(scope: Scope, receive: Receive, send: Send) -> None:
        route = str(scope.get("path_template") or "unmatched")
        if scope["type"] != ScopeType.HTTP or route in UNTIMED:
            await app(scope, receive, send)
            return
        method, status, began = str(scope["method"]), 500, time.perf_counter()

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with span(f"{method} {route}", **{"http.request.method": method, "http.route": route}) as opened:
            try:
                await app(scope, receive, noting)
            finally:
                opened.set_attribute("http.response.status_code", status)
                REQUESTS.labels(method, route, status).observe(time.perf_counter() - began)

    return observed


@get("/metrics", exclude_from_auth=True, include_in_schema=False)
async def metrics() -> Response[bytes]:
    """Figures for Prometheus. Let no one but it reach this address."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


ROUTES: list[Any] = [metrics]
