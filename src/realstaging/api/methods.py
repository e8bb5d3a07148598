"""OPTIONS, told rightly: every method that an address takes, where the framework names those of one handler (RFC 9110 §9.3.7)."""

from __future__ import annotations

from litestar.enums import ScopeType
from litestar.routes import HTTPRoute
from litestar.types import ASGIApp, Message, Receive, Scope, Send


def methods_told(app: ASGIApp) -> ASGIApp:
    """Middleware."""

    async def telling(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["method"] != "OPTIONS":
            await app(scope, receive, send)
            return

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start" and (methods := _methods(scope)):
                others = [pair for pair in message["headers"] if pair[0].lower() != b"allow"]
                message["headers"] = [*others, (b"allow", ", ".join(methods).encode())]
            await send(message)

        await app(scope, receive, told)

    return telling


def _methods(scope: Scope) -> list[str]:
    """All that the routes of the matched pattern take."""
    pattern = scope.get("path_template")
    found = (route for route in scope["app"].routes if isinstance(route, HTTPRoute) and route.path_format == pattern)
    return sorted({str(method) for route in found for method in route.route_handler_map})
