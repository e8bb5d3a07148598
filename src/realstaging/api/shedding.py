"""Under overload: refused at once rather than kept waiting, so that what is under way ends and the next request finds room.

Event streams, files and the health checks are not counted: they wait for others, or take no connection to the database.
"""

from __future__ import annotations

from typing import Final

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send
from prometheus_client import Counter, Gauge

from realstaging.kit.errors import Overloaded

UNCOUNTED: Final = ("/api/v1/events", "/files/", "/health/", "/api/v1/health/")

IN_FLIGHT: Final = Gauge("realstaging_requests_in_flight", "Requests being answered.")
SHED: Final = Counter("realstaging_requests_shed_total", "Requests refused because too many were being answered.")


class Shedding:
    """Middleware. ``most``: requests that one process answers at once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._now = 0

    def __call__(self, app: ASGIApp) -> ASGIApp:
        async def admitted(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != ScopeType.HTTP or str(scope["path"]).startswith(UNCOUNTED):
                await app(scope, receive, send)
                return
            if self._now >= self._most:
                SHED.inc()
                raise Overloaded
            self._now += 1
            IN_FLIGHT.set(self._now)
            try:
                await app(scope, receive, send)
            finally:
                self._now -= 1
                IN_FLIGHT.set(self._now)

        return admitted
