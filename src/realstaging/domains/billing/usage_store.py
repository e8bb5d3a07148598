"""Every statement that tells what an account spent, line by line."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from realstaging.runtime.database import Connection, structs_of


class Wanted(NamedTuple):
    """Whose stagings, requested from when until before when."""

    account_id: UUID
    since: datetime
    until: datetime


class Line(msgspec.Struct, frozen=True):
    """One staging that money was set aside for."""

    staging_id: UUID
    at: datetime
    project_id: UUID
    project_name: str | None
    member_id: UUID | None
    member_name: str | None
    engine: str | None
    state: str
    amount: int
    ended: str | None
    """Why it ended without a result, if it did."""
    given_back: str | None


class OfDay(msgspec.Struct, frozen=True):
    """Stagings of one day, project, member and engine."""

    day: date
    project_id: UUID
    project_name: str | None
    member_id: UUID | None
    member_name: str | None
    engine: str | None
    stagings: int
    amount: int
    given_back: int


# What is left of a staging that was deleted long ago is its hold, and the entry that set money aside, which names the engine.
WITH_NAMES = """from holds left join stagings on stagings.id = holds.staging_id left join projects on projects.id = holds.project_id
  left join members on members.id = stagings.requested_by left join people on people.id = members.person_id
  left join ledger_entries as entry on entry.account_id = holds.account_id and entry.kind = 'hold'
    and entry.reference = holds.staging_id || ':' || holds.turn"""


async def lines(connection: Connection, wanted: Wanted, before: UUID | None, most: int) -> list[Line]:
    rows = await connection.fetch(
        f"""select holds.staging_id, holds.created_at as at, holds.project_id, nullif(projects.name, '') as project_name,
              stagings.requested_by as member_id, people.name as member_name, coalesce(stagings.engine, entry.note) as engine, holds.state,
              holds.amount, coalesce(error_message, stagings.state) as ended, credit_backs.reason as given_back
            {WITH_NAMES} left join credit_backs on credit_backs.staging_id = holds.staging_id
            where holds.account_id = $1 and holds.created_at >= $2 and holds.created_at < $3
              and ($4::uuid is null or holds.staging_id < $4)
            order by holds.staging_id desc limit $5""",
        *wanted,
        before,
        most,
    )
    return structs_of(Line, rows)


async def by_day(connection: Connection, wanted: Wanted, skip: int, most: int) -> list[OfDay]:
    rows = await connection.fetch(
        f"""select (holds.created_at at time zone 'UTC')::date as day, holds.project_id, nullif(projects.name, '') as project_name,
              stagings.requested_by as member_id, people.name as member_name, coalesce(stagings.engine, entry.note) as engine,
              count(*) filter (where holds.state = 'settled') as stagings,
              coalesce(sum(holds.amount) filter (where holds.state = 'settled'), 0)::bigint as amount,
              count(*) filter (where holds.state = 'credited') as given_back
            {WITH_NAMES}
            where holds.account_id = $1 and holds.created_at >= $2 and holds.created_at < $3 and holds.state in ('settled', 'credited')
            group by 1, 2, 3, 4, 5, 6 order by 1 desc, 2, 4, 6 offset $4 limit $5""",
        *wanted,
        skip,
        most,
    )
    return structs_of(OfDay, rows)
