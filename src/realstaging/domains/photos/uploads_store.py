"""Every statement on uploads: files that were announced."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from realstaging.domains.photos.schemas import NewFile
from realstaging.runtime.database import Connection, structs_of


class By(msgspec.Struct, frozen=True):
    """The upload link that files come by, and who sends them."""

    link_id: UUID | None = None
    sender: str | None = None


class NewUpload(msgspec.Struct, frozen=True):
    """A file that may come, and where to."""

    id: UUID
    key: str
    file: NewFile


class Announced(msgspec.Struct, frozen=True):
    """A file that was announced, and the photo it has become, if any."""

    id: UUID
    name: str
    mime: str
    size: int
    sha256: str
    key: str
    photo_id: UUID | None


class Stale(msgspec.Struct, frozen=True):
    """An upload that nobody completes any more, or that is a photo by now."""

    id: UUID
    key: str


async def insert_uploads(connection: Connection, project_id: UUID, by: By, uploads: Sequence[NewUpload]) -> None:
    await connection.execute(
        """insert into uploads (id, project_id, name, mime, size, sha256, key, link_id, sent_by)
           select id, $1, name, mime, size, sha256, key, $8, $9
           from unnest($2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[]) as given (id, name, mime, size, sha256, key)""",
        project_id,
        [one.id for one in uploads],
        [one.file.name for one in uploads],
        [one.file.type for one in uploads],
        [one.file.size for one in uploads],
        [one.file.sha256 for one in uploads],
        [one.key for one in uploads],
        by.link_id,
        by.sender,
    )


async def uploads(
    connection: Connection, project_id: UUID, ids: Sequence[UUID], link_id: UUID | None
) -> list[Announced]:
    """``link_id``: those that came by this link alone; None for whoever may see all of the project's. None that were refused."""
    rows = await connection.fetch(
        """select id, name, mime, size, sha256, key, photo_id from uploads
           where project_id = $1 and id = any($2) and ($3::uuid is null or link_id = $3) and refused_at is null""",
        project_id,
        list(ids),
        link_id,
    )
    return structs_of(Announced, rows)


async def lock_upload(connection: Connection, upload_id: UUID) -> UUID | None:
    """Hold the upload for this transaction; returns the photo it has become, if any."""
    photo_id: UUID | None = await connection.fetchval(
        "select photo_id from uploads where id = $1 for update", upload_id
    )
    return photo_id


async def insert(connection: Connection, upload_id: UUID, project_id: UUID, original_id: UUID) -> None:
    """An upload becomes a photo, of the same id: photos stand in the order in which they were chosen, not in which they arrived. One that
    was refused meanwhile does not.
    """
    await connection.execute(
        """insert into photos (id, project_id, original_id, name, link_id, sent_by)
           select id, $2, $3, name, link_id, sent_by from uploads where id = $1 and refused_at is null""",
        upload_id,
        project_id,
        original_id,
    )
    await connection.execute("update uploads set photo_id = id where id = $1", upload_id)


class Past(msgspec.Struct, frozen=True):
    """Before when uploads were announced that are to go: any, and those that were refused. ``days``: how long the former are kept."""

    now: datetime
    days: int
    refused: datetime


async def stale_uploads(connection: Connection, past: Past, limit: int) -> list[Stale]:
    """Uploads announced more days ago than they are kept, oldest first: ``days``, or fewer where their account chose that. Refused ones
    go sooner.
    """
    rows = await connection.fetch(
        """select uploads.id, key from uploads join projects on projects.id = project_id join accounts on accounts.id = account_id
           where (uploads.created_at < $1::timestamptz - interval '1 day'
               and uploads.created_at < $1 - make_interval(days => least(case when keep_from <= $1 then keep_uploads_days end, $2::int)))
             or (refused_at is not null and photo_id is null and uploads.created_at < $3)
           order by uploads.created_at limit $4""",
        *msgspec.structs.astuple(past),
        limit,
    )
    return structs_of(Stale, rows)


async def refuse(connection: Connection, link_id: UUID, ids: Sequence[UUID]) -> None:
    """Files of a link that are no photos: they take no place of it."""
    await connection.execute(
        """update uploads set refused_at = now() where id in (
             select id from uploads where id = any($2) and link_id = $1 and photo_id is null order by id for update)""",
        link_id,
        list(ids),
    )


async def delete_uploads(connection: Connection, ids: Sequence[UUID]) -> None:
    await connection.execute("delete from uploads where id = any($1)", list(ids))
