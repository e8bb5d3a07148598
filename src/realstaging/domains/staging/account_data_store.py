"""Every statement by which stagings are exported and erased."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from realstaging.domains.staging.store import Job
from realstaging.runtime.account_data import Exported
from realstaging.runtime.database import Connection, structs_of


async def exported(connection: Connection, account_id: UUID, after: str | None, most: int) -> list[Exported]:
    rows = await connection.fetch(
        """select stagings.id::text as at, to_jsonb(stagings) - array['settings', 'job_id', 'result_key', 'draft_key'] as said,
             case when state = 'ready' and stagings.deleted_at is null then result_key || '/master.png' end as file,
             concat_ws('-', regexp_replace(photos.name, '[.][A-Za-z]{3,5}$', ''), room_type, style) as name, '.png' as suffix
           from stagings join photos on photos.id = photo_id join projects on projects.id = stagings.project_id
           where projects.account_id = $1 and ($2::text is null or stagings.id > $2::text::uuid) order by stagings.id limit $3""",
        account_id,
        after,
        most,
    )
    return structs_of(Exported, rows)


async def lock_some(connection: Connection, account_id: UUID, most: int) -> list[Job]:
    """Some stagings of an account, deleted ones too, that are to go."""
    rows = await connection.fetch(
        """select stagings.id, job_id, state = 'running' as running from stagings join projects on projects.id = project_id where account_id = $1
           order by stagings.id limit $2 for update of stagings""",
        account_id,
        most,
    )
    return structs_of(Job, rows)


async def erase(connection: Connection, staging_ids: Sequence[UUID]) -> None:
    """Stagings that are locked by us, and whose files are gone."""
    await connection.execute("delete from stagings where id = any($1)", list(staging_ids))


async def exported_credit_backs(
    connection: Connection, account_id: UUID, after: str | None, most: int
) -> list[Exported]:
    rows = await connection.fetch(
        """select staging_id::text as at, to_jsonb(credit_backs) as said from credit_backs
           where account_id = $1 and ($2::text is null or staging_id > $2::text::uuid) order by staging_id limit $3""",
        account_id,
        after,
        most,
    )
    return structs_of(Exported, rows)


async def erase_credit_backs(connection: Connection, account_id: UUID) -> int:
    """Why pictures were given back, in people's own words; how many."""
    rows = await connection.fetch("delete from credit_backs where account_id = $1 returning staging_id", account_id)
    return len(rows)
