"""What an account spent: by staging, by day, as a table. Read from holds; nothing is counted that could drift."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final, Literal

from realstaging.domains.accounts.service import Member
from realstaging.domains.billing import rules, usage_store
from realstaging.domains.billing.schemas import UsageByDay, UsageLine, UsageLines, UsageOfDay
from realstaging.domains.billing.usage_store import Wanted
from realstaging.kit import cursors, money, tables
from realstaging.runtime.platform import Platform

MOST_DAYS_SHOWN: Final = 200
"""Lines of a page of usage by day."""
MOST_PAGES: Final = 500
MOST_EXPORTED: Final = 50_000
"""Lines of a file."""
READ_AT_ONCE: Final = 1000
HEAD: Final = ("at", "staging", "project", "member", "engine", "state", "charged_usd", "reason")
STATES: Final[dict[str, Literal["held", "charged", "not_charged", "given_back"]]] = {
    "held": "held",
    "settled": "charged",
    "released": "not_charged",
    "credited": "given_back",
}


def period(caller: Member, month: str) -> Wanted:
    """A month of the caller's account: `2026-11`."""
    first = datetime.strptime(f"{month}-01", "%Y-%m-%d").replace(tzinfo=UTC)
    return Wanted(caller.account.id, first, rules.end_of_month(first.date()))


async def lines(platform: Platform, wanted: Wanted, cursor: str | None, limit: int) -> UsageLines:
    rows = await usage_store.lines(platform.database, wanted, cursors.decode(cursor), limit + 1)
    return UsageLines(
        [_line(row) for row in rows[:limit]], cursors.encode(rows[limit - 1].staging_id) if len(rows) > limit else None
    )


async def by_day(platform: Platform, wanted: Wanted, page: int) -> UsageByDay:
    rows = await usage_store.by_day(platform.database, wanted, page * MOST_DAYS_SHOWN, MOST_DAYS_SHOWN + 1)
    items = [
        UsageOfDay(
            row.day,
            row.project_id,
            row.project_name,
            row.member_id,
            row.member_name,
            row.engine or "",
            row.stagings,
            money.dollars(row.amount),
            row.given_back,
        )
        for row in rows[:MOST_DAYS_SHOWN]
    ]
    return UsageByDay(items, len(rows) > MOST_DAYS_SHOWN)


async def table(platform: Platform, wanted: Wanted) -> AsyncIterator[bytes]:
    """All lines of the month as CSV (RFC 4180), read and written piece by piece."""
    yield tables.table([HEAD])
    last, left = None, MOST_EXPORTED
    while left > 0 and (rows := await usage_store.lines(platform.database, wanted, last, min(READ_AT_ONCE, left))):
        yield tables.table([_row(_line(row)) for row in rows])
        last, left = rows[-1].staging_id, left - len(rows)


def _line(row: usage_store.Line) -> UsageLine:
    state = STATES[row.state]
    return UsageLine(
        row.staging_id,
        row.at,
        row.project_id,
        row.project_name,
        row.member_id,
        row.member_name,
        row.engine or "",
        state,
        money.dollars(row.amount) if state == "charged" else Decimal("0.00"),
        row.given_back or (row.ended if state == "not_charged" else None),
    )


def _row(line: UsageLine) -> tuple[str, ...]:
    return (
        line.at.isoformat(),
        str(line.staging_id),
        line.project_name or "",
        line.member_name or "",
        line.engine,
        line.state,
        str(line.charged_usd),
        line.reason or "",
    )
