"""Every statement by which photos and uploads are exported and erased."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from realstaging.domains.photos.uploads_store import Stale
from realstaging.runtime.account_data import Exported
from realstaging.runtime.database import Connection, count_of, structs_of


async def exported(connection: Connection, account_id: UUID, after: str | None, most: int) -> list[Exported]:
    rows = await connection.fetch(
        """select photos.id::text as at, to_jsonb(photos) || jsonb_build_object('sha256', sha256, 'size', size, 'width', width,
             'height', height, 'type', mime, 'notes', notes, 'prediction', prediction) as said,
             case when freed_at is null and photos.deleted_at is null then key end as file, photos.name as name,
             '.' || replace(split_part(mime, '/', 2), 'jpeg', 'jpg') as suffix
           from photos join originals on originals.id = original_id join projects on projects.id = project_id
           where projects.account_id = $1 and ($2::text is null or photos.id > $2::text::uuid) order by photos.id limit $3""",
        account_id,
        after,
        most,
    )
    return structs_of(Exported, rows)


async def exported_uploads(connection: Connection, account_id: UUID, after: str | None, most: int) -> list[Exported]:
    rows = await connection.fetch(
        """select uploads.id::text as at, to_jsonb(uploads) - 'key' as said
           from uploads join projects on projects.id = project_id
           where projects.account_id = $1 and ($2::text is null or uploads.id > $2::text::uuid) order by uploads.id limit $3""",
        account_id,
        after,
        most,
    )
    return structs_of(Exported, rows)


async def lock_some_uploads(connection: Connection, account_id: UUID, most: int) -> list[Stale]:
    """Some files that an account announced, and that are to go."""
    rows = await connection.fetch(
        """select uploads.id, key from uploads join projects on projects.id = project_id where account_id = $1
           order by uploads.id limit $2 for update of uploads""",
        account_id,
        most,
    )
    return structs_of(Stale, rows)


async def lock_some_originals(connection: Connection, account_id: UUID, most: int) -> list[Stale]:
    """Some contents of an account that no photo has any more."""
    rows = await connection.fetch(
        """select id, key from originals where account_id = $1 and not exists (select from photos where original_id = originals.id)
           order by id limit $2 for update""",
        account_id,
        most,
    )
    return structs_of(Stale, rows)


async def erase_photos(connection: Connection, account_id: UUID, most: int) -> int:
    """Delete photos of which no staging is left."""
    told: str = await connection.execute(
        """delete from photos where id in (
             select photos.id from photos join projects on projects.id = project_id where account_id = $1
               and not exists (select from stagings where photo_id = photos.id)
             order by photos.id limit $2 for update of photos)""",
        account_id,
        most,
    )
    return count_of(told)


async def erase_originals(connection: Connection, rows: Sequence[Stale]) -> None:
    """Contents that are locked by us, and whose files are gone."""
    await connection.execute("delete from originals where id = any($1)", [row.id for row in rows])


async def erase_unclaimed(connection: Connection, account_id: UUID) -> int:
    told: str = await connection.execute(
        """delete from unclaimed_originals where key in (
             select key from unclaimed_originals where starts_with(key, 'originals/' || $1::uuid::text || '/') order by key for update)""",
        account_id,
    )
    return count_of(told)
