"""Time at Stripe: this machine's, or one that stands still until it is advanced; and periods, reckoned from their anchor."""

from __future__ import annotations

import calendar
import time
from datetime import UTC, datetime
from typing import Final

MONTHS: Final = {"month": 1, "year": 12}
HOUR: Final = 3600
DAY: Final = 24 * HOUR


class Clock:
    """Seconds since 1970. ``frozen``: it stands there; else it goes with this machine's, ahead by what it was advanced."""

    def __init__(self, frozen: int | None = None, ahead: int = 0) -> None:
        self._frozen, self.ahead = frozen, ahead

    def now(self) -> int:
        return self._frozen if self._frozen is not None else int(time.time()) + self.ahead

    def set(self, moment: int) -> None:
        """Forward; back is not taken."""
        if self._frozen is not None:
            self._frozen = max(moment, self._frozen)
        else:
            self.ahead += max(0, moment - self.now())


def after(anchor: int, months: int) -> int:
    """So many months after the anchor: the same day, or the month's last where it has none, and the 31st again later
    (https://docs.stripe.com/billing/subscriptions/billing-cycle).
    """
    at = datetime.fromtimestamp(anchor, UTC)
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return int(at.replace(year=year, month=month + 1, day=min(at.day, last)).timestamp())


def next_boundary(anchor: int, start: int, interval: str) -> int:
    """The end of the period that begins at ``start``, of those that the anchor sets."""
    count = MONTHS[interval]
    at, from_ = datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(anchor, UTC)
    turns = ((at.year - from_.year) * 12 + at.month - from_.month) // count
    for turn in (turns, turns + 1, turns + 2):
        if (end := after(anchor, turn * count)) > start:
            return end
    raise AssertionError("unreachable")


def day(moment: int) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M}"
