"""Every statement on incidents that people are told of. They are only added to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from realstaging.runtime.database import Connection, struct_of, structs_of


class IncidentRow(msgspec.Struct, frozen=True):
    """Something that happened; without ``ended_at`` it goes on."""

    id: UUID
    title: str
    began_at: datetime
    ended_at: datetime | None


class ReportRow(msgspec.Struct, frozen=True):
    """What people are told of it at one time."""

    id: UUID
    incident_id: UUID
    text: str
    author: str
    written_at: datetime


async def insert(connection: Connection, row: IncidentRow) -> None:
    await connection.execute(
        "insert into incidents (id, title, began_at, ended_at) values ($1, $2, $3, $4)",
        row.id,
        row.title,
        row.began_at,
        row.ended_at,
    )


async def report(connection: Connection, row: ReportRow) -> None:
    await connection.execute(
        "insert into incident_reports (id, incident_id, text, author, written_at) values ($1, $2, $3, $4, $5)",
        row.id,
        row.incident_id,
        row.text,
        row.author,
        row.written_at,
    )


async def end(connection: Connection, incident_id: UUID, at: datetime) -> None:
    await connection.execute(
        "update incidents set ended_at = greatest(began_at, $2) where id = $1 and ended_at is null", incident_id, at
    )


async def lock(connection: Connection, incident_id: UUID) -> IncidentRow | None:
    row = await connection.fetchrow(
        "select id, title, began_at, ended_at from incidents where id = $1 for update", incident_id
    )
    return struct_of(IncidentRow, row)


async def how_many_go_on(connection: Connection) -> int:
    return int(await connection.fetchval("select count(*) from incidents where ended_at is null"))


async def how_many_reports(connection: Connection, incident_id: UUID) -> int:
    return int(await connection.fetchval("select count(*) from incident_reports where incident_id = $1", incident_id))


async def since(connection: Connection, since: datetime, most: int) -> list[IncidentRow]:
    """Those that go on, and those that ended since then; what goes on comes first, then the newest."""
    rows = await connection.fetch(
        """select id, title, began_at, ended_at from incidents where ended_at is null or ended_at > $1
           order by ended_at is null desc, began_at desc, id limit $2""",
        since,
        most,
    )
    return structs_of(IncidentRow, rows)


async def reports(connection: Connection, incident_ids: Sequence[UUID], most: int) -> list[ReportRow]:
    """Of these incidents, in the order in which they were written."""
    rows = await connection.fetch(
        """select id, incident_id, text, author, written_at from incident_reports where incident_id = any($1)
           order by written_at, id limit $2""",
        list(incident_ids),
        most,
    )
    return structs_of(ReportRow, rows)
