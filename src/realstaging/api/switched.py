"""Routes that a switch closes: what a route says (``opt=closed_by(…)``) is looked at before anything of a request is read."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from realstaging.runtime.switches import Switches


def let_through(switches: Switches, connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """The guard, after that of access: SwitchedOff where one of the route's switches is off."""
    if connection.scope.get("method") != "OPTIONS":
        for switch in handler.opt.get("switches", ()):
            switches.require(switch)
