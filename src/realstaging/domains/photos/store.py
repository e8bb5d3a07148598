"""Every statement on uploads, originals and photos."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from realstaging.domains.photos.schemas import NewFile
from realstaging.runtime.database import Connection, one

PHOTO = """
select photos.id, photos.project_id, photos.name, photos.created_at, width, height, key, mime, size
from photos join originals on originals.id = original_id join projects on projects.id = project_id
where photos.deleted_at is null and projects.deleted_at is null
"""


async def insert_uploads(
    connection: Connection, project_id: UUID, ids: Sequence[UUID], keys: Sequence[str], files: Sequence[NewFile]
) -> None:
    await connection.execute(
        """insert into uploads (id, project_id, name, mime, size, sha256, key)
           select id, $1, name, mime, size, sha256, key
           from unnest($2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[]) as given (id, name, mime, size, sha256, key)""",
        project_id,
        list(ids),
        [file.name for file in files],
        [file.type for file in files],
        [file.size for file in files],
        [file.sha256 for file in files],
        list(keys),
    )


async def used(connection: Connection, account_id: UUID) -> asyncpg.Record:
    """The account's photos, its files announced and not completed, and the bytes of both: each content once."""
    return one(
        await connection.fetchrow(
            """with own as (select id from projects where account_id = $1 and deleted_at is null),
               announced as (select count(*) as uploads, coalesce(sum(size), 0) as bytes from uploads
                 where photo_id is null and project_id in (select id from own)),
               kept as (select coalesce(sum(size), 0) as bytes from originals where account_id = $1 and exists (
                 select from photos where original_id = originals.id and deleted_at is null and project_id in (select id from own)))
               select (select count(*) from photos where deleted_at is null and project_id in (select id from own)) as photos,
                 uploads, (announced.bytes + kept.bytes)::bigint as bytes
               from announced, kept""",
            account_id,
        )
    )


async def uploads(connection: Connection, project_id: UUID, ids: Sequence[UUID]) -> list[asyncpg.Record]:
    return await connection.fetch(
        "select id, name, mime, size, sha256, key, photo_id from uploads where project_id = $1 and id = any($2)",
        project_id,
        list(ids),
    )


async def lock_upload(connection: Connection, upload_id: UUID) -> UUID | None:
    """Hold the upload for this transaction; returns the photo it has become, if any."""
    photo_id: UUID | None = await connection.fetchval(
        "select photo_id from uploads where id = $1 for update", upload_id
    )
    return photo_id


async def keep_original(
    connection: Connection,
    original_id: UUID,
    account_id: UUID,
    sha256: str,
    key: str,
    mime: str,
    size: int,
    width: int,
    height: int,
) -> UUID:
    """The id of the original with this content, stored now or before."""
    kept: UUID = await connection.fetchval(
        """insert into originals (id, account_id, sha256, key, mime, size, width, height) values ($1, $2, $3, $4, $5, $6, $7, $8)
           on conflict (account_id, sha256) do update set key = excluded.key returning id""",
        original_id,
        account_id,
        sha256,
        key,
        mime,
        size,
        width,
        height,
    )
    return kept


async def insert(
    connection: Connection, photo_id: UUID, project_id: UUID, original_id: UUID, name: str, upload_id: UUID
) -> None:
    await connection.execute(
        "insert into photos (id, project_id, original_id, name) values ($1, $2, $3, $4)",
        photo_id,
        project_id,
        original_id,
        name,
    )
    await connection.execute("update uploads set photo_id = $2 where id = $1", upload_id, photo_id)


async def find(connection: Connection, account_id: UUID, photo_id: UUID) -> asyncpg.Record | None:
    return await connection.fetchrow(PHOTO + " and projects.account_id = $1 and photos.id = $2", account_id, photo_id)


async def page(
    connection: Connection, account_id: UUID, project_id: UUID, after: UUID | None, limit: int
) -> list[asyncpg.Record]:
    return await connection.fetch(
        PHOTO
        + " and projects.account_id = $1 and projects.id = $2 and ($3::uuid is null or photos.id > $3) order by photos.id limit $4",
        account_id,
        project_id,
        after,
        limit,
    )


async def lock(connection: Connection, account_id: UUID, ids: Sequence[UUID]) -> dict[UUID, asyncpg.Record]:
    """Those of these photos that are the account's; nobody deletes them until the transaction ends."""
    rows = await connection.fetch(
        PHOTO + " and projects.account_id = $1 and photos.id = any($2) order by photos.id for share of photos",
        account_id,
        list(ids),
    )
    return {row["id"]: row for row in rows}


async def source(connection: Connection, photo_id: UUID) -> asyncpg.Record | None:
    return await connection.fetchrow(PHOTO + " and photos.id = $1", photo_id)


async def delete(connection: Connection, account_id: UUID, photo_id: UUID) -> UUID | None:
    """The project of the photo just deleted, None where there was none of this account's."""
    project_id: UUID | None = await connection.fetchval(
        """update photos set deleted_at = now() from projects
           where photos.id = $2 and photos.deleted_at is null and projects.id = project_id and projects.account_id = $1
             and projects.deleted_at is null
           returning project_id""",
        account_id,
        photo_id,
    )
    return project_id


async def delete_all(connection: Connection, project_id: UUID) -> list[UUID]:
    rows = await connection.fetch(
        """update photos set deleted_at = coalesce(deleted_at, now())
           where id in (select id from photos where project_id = $1 order by id for update) returning id""",
        project_id,
    )
    return [row["id"] for row in rows]


async def unused_originals(connection: Connection, photo_ids: Sequence[UUID]) -> list[asyncpg.Record]:
    """Originals behind these deleted photos that no living photo uses."""
    return await connection.fetch(
        """select id, key from originals
           where id in (select original_id from photos where id = any($1))
             and not exists (select from photos join projects on projects.id = project_id
                             where original_id = originals.id and photos.deleted_at is null and projects.deleted_at is null)
           for update""",
        list(photo_ids),
    )


async def stale_uploads(connection: Connection, before: datetime, limit: int) -> list[asyncpg.Record]:
    """Uploads announced before then, oldest first: id, key."""
    return await connection.fetch(
        "select id, key from uploads where created_at < $1 order by created_at limit $2", before, limit
    )


async def delete_uploads(connection: Connection, ids: Sequence[UUID]) -> None:
    await connection.execute("delete from uploads where id = any($1)", list(ids))
