"""Every statement by which Stripe's list is compared with ours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from realstaging.domains.payments import rules
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


async def begin(connection: Connection, number: UUID, now: datetime, before: datetime) -> bool:
    """Whether this is the first one since then."""
    return bool(
        await connection.fetchval(
            """insert into reconciliations (id, started_at)
               select $1, $2 where not exists (select from reconciliations where started_at > $3) returning true""",
            number,
            now,
            before,
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
        """select status, plan, every, seats, period_end, cancels_at, schedule_id from subscriptions where id = $1""",
        subscription_id,
    )
    return struct_of(Row, row)


async def alive(connection: Connection) -> list[str]:
    """Subscriptions that have not ended, as far as we know."""
    rows = await connection.fetch("select id from subscriptions where ended_at is null order by id")
    return [row["id"] for row in rows]


async def surplus(connection: Connection) -> list[str]:
    """Subscriptions beside an earlier one of their account, as `rules.surplus` has them."""
    rows = await connection.fetch(
        """select id from (
             select id, row_number() over (partition by account_id order by created_at, id) as place from subscriptions
             where status <> all($1)) as had
           where place > 1 order by id""",
        [*rules.OVER | rules.UNBOUGHT],
    )
    return [row["id"] for row in rows]
