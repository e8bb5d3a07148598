"""Answers of routes that will be gone say so, refusals among them."""

from __future__ import annotations

from typing import Any

from litestar.types import Message, Scope

from realstaging.runtime.deprecation import OPTION, Deprecated


async def tell(message: Message, scope: Scope) -> None:
    """A hook before anything is sent."""
    if message["type"] != "http.response.start":
        return
    route: Any = scope.get("route_handler")
    said: Deprecated | None = route.opt.get(OPTION) if route else None
    if said and said.concerns(scope["path"]):
        message["headers"] = [*message["headers"], *said.headers()]
