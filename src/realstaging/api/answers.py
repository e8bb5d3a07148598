"""What an answer says of its route: that it will be gone, refusals among them; and to OPTIONS, every method of its address, where the
framework names those of one handler (RFC 9110 §9.3.7). Hooks before anything is sent.
"""

from __future__ import annotations

from typing import Any

from litestar.routes import HTTPRoute
from litestar.types import Message, Scope

from realstaging.runtime.deprecation import OPTION, Deprecated


async def tell(message: Message, scope: Scope) -> None:
    """Both."""
    if message["type"] != "http.response.start":
        return
    route: Any = scope.get("route_handler")
    said: Deprecated | None = route.opt.get(OPTION) if route else None
    if said and said.concerns(scope["path"]):
        message["headers"] = [*message["headers"], *said.headers()]
    if scope.get("method") == "OPTIONS" and (methods := _methods(scope)):
        others = [pair for pair in message["headers"] if pair[0].lower() != b"allow"]
        message["headers"] = [*others, (b"allow", ", ".join(methods).encode())]


def _methods(scope: Scope) -> list[str]:
    """All that the routes of the matched pattern take."""
    pattern = scope.get("path_template")
    found = (route for route in scope["app"].routes if isinstance(route, HTTPRoute) and route.path_format == pattern)
    return sorted({str(method) for route in found for method in route.route_handler_map})
