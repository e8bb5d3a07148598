"""What a payment for a plan grants, month by month. Pure; amounts in millionths of a US dollar at list price.

A line of an invoice pays for so much of a plan from one moment to another, or takes back time that is used no longer (a change
in the middle of a period). Both are cut at the months of the subscription's anchor: each month is a grant of its own, that comes when
the month begins and lapses when it ends. A year is twelve of them; an upgrade is the difference of what is left.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

# Of a line: more months than any term has, so that a broken date ends nowhere near for ever.
MOST_MONTHS: Final = 14


BEFORE_PERIOD: Final = timedelta(hours=1)
"""A pause that ends in the very second in which a period begins might void its invoice, and with it a whole period."""


class Line(NamedTuple):
    """``monthly``: what a whole month of it grants; negative for time that is used no longer."""

    monthly: int
    start: datetime
    end: datetime


class Grant(NamedTuple):
    """What is granted at a moment, and when that lapses."""

    due_at: datetime
    expires_at: datetime
    amount: int


def months_after(anchor: datetime, months: int) -> datetime:
    """The same day and time so many months on (or back), or the last day of a month that is too short: 31 January, 29 February."""
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    day = min(anchor.day, calendar.monthrange(year, month + 1)[1])
    return anchor.replace(year=year, month=month + 1, day=day)


def month_of(anchor: datetime, moment: datetime) -> int:
    """Which month of the anchor's a moment lies in; 0 begins at the anchor."""
    months = (moment.year - anchor.year) * 12 + moment.month - anchor.month
    return months if months_after(anchor, months) <= moment else months - 1


def rest_until(anchor: datetime, period_end: datetime, months: int) -> datetime:
    """When a pause ends that begins with a period's end: shortly before the period so many months later, so that this one is invoiced."""
    return months_after(anchor, month_of(anchor, period_end) + months) - BEFORE_PERIOD


def grants(lines: Sequence[Line], anchor: datetime) -> list[Grant]:
    """What the lines of one invoice grant, the earliest first.

    What is used no longer is taken off its own month first, then off those that follow; a balance below nothing grants nothing.
    """
    amounts: Counter[tuple[datetime, datetime]] = Counter()
    for line in lines:
        for start, end, amount in _cut(line, anchor):
            amounts[start, end] += amount
    return [Grant(start, end, amount) for (start, end), amount in _settled(sorted(amounts.items()))]


def _cut(line: Line, anchor: datetime) -> Iterator[tuple[datetime, datetime, int]]:
    """The parts of a line by month, each with its share of what a whole month grants."""
    first = month_of(anchor, line.start)
    for month in range(first, first + MOST_MONTHS):
        begins, ends = months_after(anchor, month), months_after(anchor, month + 1)
        start, end = max(begins, line.start), min(ends, line.end)
        if start >= end:
            return
        yield start, end, share(line.monthly, end - start, ends - begins)


def share(amount: int, part: timedelta, whole: timedelta) -> int:
    """The part's share of an amount, towards nothing: what is added and what is taken off are cut alike."""
    second = timedelta(microseconds=1)
    exact = abs(amount) * (part // second) // (whole // second)
    return exact if amount > 0 else -exact


def _settled(
    amounts: Sequence[tuple[tuple[datetime, datetime], int]],
) -> Iterator[tuple[tuple[datetime, datetime], int]]:
    """Without what is below nothing: that is taken off what follows."""
    owed = 0
    for when, amount in amounts:
        left = amount + owed
        owed = min(0, left)
        if left > 0:
            yield when, left


def lapses_at(grant: Grant, now: datetime) -> datetime:
    """When a grant that is made now lapses: with its month; made after that, through our fault or a late payment, a month from now."""
    return grant.expires_at if now < grant.expires_at else now + (grant.expires_at - grant.due_at)
