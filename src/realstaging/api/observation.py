"""Every request as a span, a metric and, when it was refused, a log line. Also what Prometheus reads."""

from __future__ import annotations

import hmac
import time
from typing import Any, Final

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from realstaging.kit.errors import NotFound
from realstaging.runtime.telemetry import REQUESTS, refused, span
from realstaging.settings import Settings

# These live as long as a browser looks; their time says nothing.
UNTIMED: Final = frozenset({"/api/v1/events"})
UNMATCHED: Final = "unmatched"
TOLD: Final = frozenset({401, 402, 403, 429})
"""Refusals somebody should know of when there are many: guessed or stolen tokens, forged webhooks, empty accounts, floods."""


def observe(app: ASGIApp) -> ASGIApp:
    """Middleware around the application: a request that no route answers is seen too."""

    async def observed(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        method, status, began = str(scope["method"]), 500, time.perf_counter()

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with span(method, **{"http.request.method": method}) as opened:
            try:
                await app(scope, receive, noting)
            finally:
                route = _route(scope)
                opened.update_name(f"{method} {route}")
                opened.set_attribute("http.route", route)
                opened.set_attribute("http.response.status_code", status)
                if route not in UNTIMED:
                    REQUESTS.labels(method, route, status).observe(time.perf_counter() - began)
                if status in TOLD:
                    _tell(scope, method, route, status)

    return observed


def _route(scope: Scope) -> str:
    """The pattern the path matched: there are few of them, where paths are as many as there are things."""
    return str(scope["state"].get("route") or scope.get("path_template") or UNMATCHED)


def _tell(scope: Scope, method: str, route: str, status: int) -> None:
    """Neither the path nor a header: they may hold what opens something."""
    code = str(scope["state"].get("problem", f"http_{status}"))
    refused(code, route, status=status, method=method, address=scope["state"].get("address"))


@get("/metrics", exclude_from_auth=True, include_in_schema=False)
async def metrics(request: Request[Any, Any, Any], settings: NamedDependency[Settings]) -> Response[bytes]:
    """Figures for Prometheus: to the bearer of METRICS_TOKEN; without one, in development only."""
    given = request.headers.get("authorization", "")
    wanted = f"Bearer {settings.metrics_token}"
    known = bool(settings.metrics_token) and hmac.compare_digest(given.encode(), wanted.encode())
    if not known and (settings.metrics_token or settings.production):
        raise NotFound
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


ROUTES: list[Any] = [metrics]
