"""Every statement by which Stripe's list is compared with ours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from realstaging.runtime.database import Connection, struct_of


class Row(msgspec.Struct, frozen=True):
    """As much of a subscription as is compared."""

    status: str
    plan: str
    every: str
    seats: int
    period_end: datetime
    cancels_at: datetime | None
    schedule_id: str | None
    paused: bool


async def begin(connection: Connection, number: UUID, now: datetime, before: datetime, under_way: datetime) -> bool:
    """Whether this is the first one since ``before`` that came to an end, or may still: it was begun after ``under_way``."""
    return bool(
        await connection.fetchval(
            """insert into reconciliations (id, started_at)
               select $1, $2 where not exists (
                 select from reconciliations where started_at > $3 and (ended_at is not null or started_at > $4))
               returning true""",
            number,
            now,
            before,
            under_way,
        )
    )


async def end(connection: Connection, number: UUID, now: datetime, differences: Sequence[msgspec.Struct]) -> None:
    """What was found; those of years ago are forgotten."""
    await connection.execute(
        "update reconciliations set ended_at = $2, differences = $3 where id = $1", number, now, list(differences)
    )
    await connection.execute(
        "delete from reconciliations where started_at < $1::timestamptz - interval '400 days'", now
    )


async def subscription(connection: Connection, subscription_id: str) -> Row | None:
    row = await connection.fetchrow(
        """select status, plan, every, seats, period_end, cancels_at, schedule_id, paused_at is not null as paused
           from subscriptions where id = $1""",
        subscription_id,
    )
    return struct_of(Row, row)


async def alive(connection: Connection) -> list[str]:
    """Subscriptions that have not ended, as far as we know."""
    rows = await connection.fetch("select id from subscriptions where ended_at is null order by id")
    return [row["id"] for row in rows]


async def open_disputes(connection: Connection) -> list[str]:
    rows = await connection.fetch("select id from give_backs where kind = 'dispute' and state = 'open' order by id")
    return [row["id"] for row in rows]


async def open_invoices(connection: Connection) -> list[str]:
    rows = await connection.fetch(
        "select invoice_id from payments where state = 'open' and invoice_id is not null order by invoice_id"
    )
    return [row["invoice_id"] for row in rows]
