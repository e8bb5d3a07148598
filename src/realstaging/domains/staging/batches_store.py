"""Every statement on batches: stagings that were asked for at once."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec

from realstaging.runtime.database import Connection, structs_of


async def lock_batches(connection: Connection, staging_ids: Sequence[UUID]) -> list[UUID]:
    """The batches of these stagings, locked: of two workers that end the last two of one, the later sees what the other did."""
    rows = await connection.fetch(
        """select batch_id, pg_advisory_xact_lock(hashtextextended('batches:' || batch_id::text, 0))
           from (select distinct batch_id from stagings where id = any($1) and batch_id is not null order by batch_id) as ended""",
        list(staging_ids),
    )
    return [row["batch_id"] for row in rows]


class OfBatch(msgspec.Struct, frozen=True):
    """One staging of a batch, as who asked for it is told. ``gone``: it, its photo or its project was deleted."""

    id: UUID
    account_id: UUID
    project_id: UUID
    project_name: str
    photo_name: str
    room_type: str
    style: str
    state: str
    error_message: str | None
    result_key: str | None
    requested_by: UUID | None
    gone: bool


async def of_batch(connection: Connection, batch_id: UUID) -> list[OfBatch]:
    """In the order in which they were asked for."""
    rows = await connection.fetch(
        """select stagings.id, projects.account_id, stagings.project_id, projects.name as project_name, photos.name as photo_name, room_type,
             coalesce(style, operation) as style, stagings.state, error_message, result_key, requested_by,
             projects.deleted_at is not null or photos.deleted_at is not null or stagings.deleted_at is not null as gone
           from stagings join projects on projects.id = stagings.project_id join photos on photos.id = photo_id
           where batch_id = $1 order by stagings.id""",
        batch_id,
    )
    return structs_of(OfBatch, rows)
