"""Every statement on photos."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from realstaging.engines.brief import Prediction
from realstaging.runtime.database import Connection, count_of, one, struct_of, structs_of


class Kept(msgspec.Struct, frozen=True):
    """A photo with what its original says of it. ``notes`` are codes of `rules.noted`."""

    id: UUID
    project_id: UUID
    name: str
    created_at: datetime
    width: int
    height: int
    key: str
    mime: str
    notes: list[str]
    prediction: Prediction | None
    sent_by: str | None = None
    """Who sent it by an upload link, as they called themselves."""


class Used(msgspec.Struct, frozen=True):
    """What an account has: photos, files announced and not completed, and the bytes of both and of refused files, each content once."""

    photos: int
    uploads: int
    bytes: int


class Owned(msgspec.Struct, frozen=True):
    """A photo, and whose it is."""

    id: UUID
    account_id: UUID


PHOTO = """
select photos.id, photos.project_id, photos.name, photos.created_at, width, height, key, mime, notes, prediction,
  photos.sent_by
from photos join originals on originals.id = original_id join projects on projects.id = project_id
where photos.deleted_at is null and projects.deleted_at is null
"""


async def used(connection: Connection, account_id: UUID) -> Used:
    row = await connection.fetchrow(
        """with own as (select id from projects where account_id = $1 and deleted_at is null),
           announced as (select count(*) filter (where refused_at is null) as uploads, coalesce(sum(size), 0) as bytes from uploads
             where photo_id is null and project_id in (select id from own)),
           kept as (select coalesce(sum(size), 0) as bytes from originals where account_id = $1 and exists (
             select from photos where original_id = originals.id and deleted_at is null and project_id in (select id from own)))
           select (select count(*) from photos where deleted_at is null and project_id in (select id from own)) as photos,
             uploads, (announced.bytes + kept.bytes)::bigint as bytes
           from announced, kept""",
        account_id,
    )
    return struct_of(Used, one(row))


async def find(connection: Connection, account_id: UUID, photo_id: UUID) -> Kept | None:
    row = await connection.fetchrow(PHOTO + " and projects.account_id = $1 and photos.id = $2", account_id, photo_id)
    return struct_of(Kept, row)


async def page(
    connection: Connection, account_id: UUID, project_id: UUID, after: UUID | None, limit: int | None
) -> list[Kept]:
    rows = await connection.fetch(
        PHOTO
        + " and projects.account_id = $1 and projects.id = $2 and ($3::uuid is null or photos.id > $3) order by photos.id limit $4",
        account_id,
        project_id,
        after,
        limit,
    )
    return structs_of(Kept, rows)


class Hold(StrEnum):
    """How photos are locked: others may use them as well, or nobody may."""

    SHARED = "for share of photos"
    ALONE = "for update of photos"


async def lock(connection: Connection, account_id: UUID, ids: Sequence[UUID], hold: Hold) -> dict[UUID, Kept]:
    """Those of these photos that are the account's; nobody deletes or moves them until the transaction ends. One that was changed while
    its lock was waited for is missing, although it may be there.
    """
    rows = await connection.fetch(
        f"{PHOTO} and projects.account_id = $1 and photos.id = any($2) order by photos.id {hold}", account_id, list(ids)
    )
    return {row.id: row for row in structs_of(Kept, rows)}


async def source(connection: Connection, photo_id: UUID) -> Kept | None:
    return struct_of(Kept, await connection.fetchrow(PHOTO + " and photos.id = $1", photo_id))


async def delete(connection: Connection, photo_ids: Sequence[UUID]) -> None:
    """Photos that are locked by us."""
    await connection.execute("update photos set deleted_at = now() where id = any($1)", list(photo_ids))


async def move(connection: Connection, photo_ids: Sequence[UUID], project_id: UUID) -> None:
    """Photos that are locked by us come into a project that is locked by us."""
    await connection.execute("update photos set project_id = $2 where id = any($1)", list(photo_ids), project_id)


async def delete_all(connection: Connection, project_id: UUID) -> list[UUID]:
    rows = await connection.fetch(
        """update photos set deleted_at = coalesce(deleted_at, now())
           where id in (select id from photos where project_id = $1 order by id for update) returning id""",
        project_id,
    )
    return [row["id"] for row in rows]


async def old_of_tests(connection: Connection, before: datetime, most: int) -> list[Owned]:
    """Photos of accounts for trying that are older."""
    rows = await connection.fetch(
        """select photos.id, projects.account_id from photos join projects on projects.id = project_id
             join accounts on accounts.id = projects.account_id
           where test_of is not null and photos.created_at < $1 and photos.deleted_at is null and projects.deleted_at is null
           order by photos.id limit $2""",
        before,
        most,
    )
    return structs_of(Owned, rows)


async def old(connection: Connection, now: datetime, days: int | None, most: int) -> list[Owned]:
    """Photos that came more days ago than they are kept, oldest first: ``days`` (None: for good), or fewer where their account chose that.
    An account's choice is in force from its moment on.
    """
    rows = await connection.fetch(
        """select photos.id, projects.account_id from photos join projects on projects.id = project_id
             join accounts on accounts.id = projects.account_id
           where photos.created_at < $1::timestamptz
               - make_interval(days => least(case when keep_from <= $1 then keep_photos_days end, $2::int))
             and photos.deleted_at is null and projects.deleted_at is null
           order by photos.id limit $3""",
        now,
        days,
        most,
    )
    return structs_of(Owned, rows)


async def forget_deleted(connection: Connection, before: datetime, most: int) -> int:
    """Forget photos that were deleted before then, of which nothing is left: their stagings, and the files that only they used, are gone."""
    told: str = await connection.execute(
        """delete from photos where id in (
             select photos.id from photos join originals on originals.id = original_id
             where photos.deleted_at < $1 and not exists (select from stagings where photo_id = photos.id)
               and (freed_at is not null or exists (
                 select from photos as living join projects as kept on kept.id = living.project_id
                 where living.original_id = originals.id and living.deleted_at is null and kept.deleted_at is null))
             order by photos.id limit $2 for update of photos)""",
        before,
        most,
    )
    return count_of(told)
