"""Every statement by which invoices are told line by line: what was staged in their time, and what of it was charged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from realstaging.runtime.database import Connection, structs_of


class Line(msgspec.Struct, frozen=True):
    """Stagings of one invoice with one outcome; ``amount``: charged for them, in millionths of a dollar."""

    reference: str
    state: str
    canceled: bool
    reason: str | None
    engine: str | None
    stagings: int
    amount: int


class Staged(msgspec.Struct, frozen=True):
    """One of them."""

    staging_id: UUID
    project_id: UUID
    at: datetime
    state: str
    canceled: bool
    reason: str | None
    engine: str | None
    amount: int


# Of a hold that was released, why: a staging that was canceled, or deleted while it ran, is no failure.
OUTCOME = """holds.state, holds.state = 'released' and coalesce(stagings.state <> 'failed', true) as canceled,
  case when holds.state = 'released' then error_code end as reason, engine"""


async def lines(connection: Connection, account_id: UUID, references: Sequence[str]) -> list[Line]:
    """What was staged in the time of each of these payments, by what became of it."""
    rows = await connection.fetch(
        f"""select reference, {OUTCOME}, count(*) as stagings,
              coalesce(sum(amount) filter (where holds.state = 'settled'), 0)::bigint as amount
            from payments join holds on holds.account_id = payments.account_id
                and holds.created_at >= period_start and holds.created_at < period_end
              left join stagings on stagings.id = staging_id
            where payments.account_id = $1 and reference = any($2)
            group by reference, 2, 3, 4, 5 order by reference, 2, 3, 4, 5""",
        account_id,
        list(references),
    )
    return structs_of(Line, rows)


async def staged(
    connection: Connection, account_id: UUID, payment_id: UUID, after: UUID | None, most: int
) -> list[Staged]:
    """The same one by one, in the order of their ids."""
    rows = await connection.fetch(
        f"""select staging_id, holds.project_id, holds.created_at as at, {OUTCOME},
              case when holds.state = 'settled' then amount else 0 end as amount
            from payments join holds on holds.account_id = payments.account_id
                and holds.created_at >= period_start and holds.created_at < period_end
              left join stagings on stagings.id = staging_id
            where payments.account_id = $1 and payments.id = $2 and ($3::uuid is null or staging_id > $3)
            order by staging_id limit $4""",
        account_id,
        payment_id,
        after,
        most,
    )
    return structs_of(Staged, rows)


async def is_payment(connection: Connection, account_id: UUID, payment_id: UUID) -> bool:
    return bool(
        await connection.fetchval("select true from payments where account_id = $1 and id = $2", account_id, payment_id)
    )
