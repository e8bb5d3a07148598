"""Routes that will be gone: told in every answer (RFC 9745, RFC 8594), in the description and on a page.

    @get(["/operator/models", "/admin/models"], opt=deprecated(since=date(2026, 11, 1), sunset=date(2027, 5, 1), below="/api/v1/admin/"))

A route lives for at least six months after that is told (docs/reference/api-changes.md).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from typing import Any, Final

import msgspec

OPTION: Final = "deprecated"
LEAST_NOTICE: Final = timedelta(days=180)
"""Between the day on which it is told and the day on which a route may be gone."""
PAGE: Final = "/help/reference/api-changes/"


class Deprecated(msgspec.Struct, frozen=True):
    """From ``since`` on a route should not be used, from ``sunset`` on it may be gone. ``below``: of a route with several addresses, only
    those that begin so.
    """

    since: date
    sunset: date
    below: str = "/"

    def concerns(self, path: str) -> bool:
        """Whether an address of the route is meant."""
        return path.startswith(self.below)

    def headers(self) -> list[tuple[bytes, bytes]]:
        """As answers tell it: a date as RFC 9651 writes one, a date of HTTP, and where to read about it."""
        since, sunset = (datetime.combine(day, time(), UTC) for day in (self.since, self.sunset))
        return [
            (b"deprecation", b"@%d" % int(since.timestamp())),
            (b"sunset", format_datetime(sunset, usegmt=True).encode()),
            (b"link", f'<{PAGE}>; rel="deprecation"; type="text/html"'.encode()),
        ]


def deprecated(*, since: date, sunset: date, below: str = "/") -> dict[str, Any]:
    """The option of a route. ValueError where too little notice is given."""
    if sunset - since < LEAST_NOTICE:
        raise ValueError("A route lives for at least six months after it was told that it will be gone.")
    return {OPTION: Deprecated(since, sunset, below)}
