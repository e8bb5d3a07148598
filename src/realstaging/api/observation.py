"""Every request as a span, a metric and, when it was refused, a log line. Also what Prometheus reads."""

from __future__ import annotations

import hmac
from typing import Any, Final

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from realstaging.kit import tracing
from realstaging.kit.errors import NotFound
from realstaging.kit.tracing import Context, Kind
from realstaging.runtime.telemetry import REQUESTS, exposed, refused
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
        method, status = str(scope["method"]), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with tracing.Span(method, Kind.SERVER, {"http.request.method": method}, parent=_asked(scope)) as opened:
            try:
                await app(scope, receive, noting)
            finally:
                route = _route(scope)
                _describe(opened, scope, route, status)
        if route not in UNTIMED:
            REQUESTS.labels(method, route, status).observe(opened.seconds, opened.exemplar)
        if status in TOLD:
            _tell(scope, method, route, status)

    return observed


def _asked(scope: Scope) -> Context | None:
    """The step of whoever asks, as their header says. It does not say what is kept: that is decided here."""
    for name, value in scope["headers"]:
        if name == b"traceparent":
            return tracing.read(value.decode("latin-1"), trusted=False)
    return None


def _describe(opened: tracing.Span, scope: Scope, route: str, status: int) -> None:
    opened.attributes["http.response.status_code"] = status
    opened.attributes["url.scheme"] = str(scope["scheme"])
    if route != UNMATCHED:
        opened.name = f"{opened.name} {route}"
        opened.attributes["http.route"] = route
    if status >= tracing.SERVER_ERROR:
        opened.fail(str(status))


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
    body, kind = exposed(request.headers.get("accept", ""))
    return Response(body, media_type=kind)


ROUTES: list[Any] = [metrics]
