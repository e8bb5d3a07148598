"""Every statement on uploads, originals and photos."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from realstaging.domains.photos.schemas import NewFile
from realstaging.engines.brief import Prediction
from realstaging.runtime.database import Connection, one, struct_of, structs_of


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


class By(msgspec.Struct, frozen=True):
    """The upload link that files come by, and who sends them."""

    link_id: UUID | None = None
    sender: str | None = None


class Announced(msgspec.Struct, frozen=True):
    """A file that was announced, and the photo it has become, if any."""

    id: UUID
    name: str
    mime: str
    size: int
    sha256: str
    key: str
    photo_id: UUID | None


class Original(msgspec.Struct, frozen=True):
    """Where the files of a content are; ``freed_at`` where it has none."""

    id: UUID
    key: str
    freed_at: datetime | None


class Used(msgspec.Struct, frozen=True):
    """What an account has: photos, files announced and not completed, and the bytes of both, each content once."""

    photos: int
    uploads: int
    bytes: int


class Owned(msgspec.Struct, frozen=True):
    """A photo, and whose it is."""

    id: UUID
    account_id: UUID


class Stale(msgspec.Struct, frozen=True):
    """An upload that nobody completes any more, or that is a photo by now."""

    id: UUID
    key: str


PHOTO = """
select photos.id, photos.project_id, photos.name, photos.created_at, width, height, key, mime, notes, prediction,
  photos.sent_by
from photos join originals on originals.id = original_id join projects on projects.id = project_id
where photos.deleted_at is null and projects.deleted_at is null
"""


class NewUpload(msgspec.Struct, frozen=True):
    """A file that may come, and where to."""

    id: UUID
    key: str
    file: NewFile


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


async def used(connection: Connection, account_id: UUID) -> Used:
    row = await connection.fetchrow(
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
    return struct_of(Used, one(row))


async def uploads(
    connection: Connection, project_id: UUID, ids: Sequence[UUID], link_id: UUID | None
) -> list[Announced]:
    """``link_id``: those that came by this link alone; None for whoever may see all of the project's."""
    rows = await connection.fetch(
        """select id, name, mime, size, sha256, key, photo_id from uploads
           where project_id = $1 and id = any($2) and ($3::uuid is null or link_id = $3)""",
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


class Content(msgspec.Struct, frozen=True):
    """What makes an original: one for each content and account. Sizes are of the upright picture."""

    account_id: UUID
    sha256: str
    mime: str
    size: int
    width: int
    height: int
    notes: list[str]


async def kept_key(connection: Connection, content: Content) -> str | None:
    """Where the files of this content are, as far as is known without a lock."""
    key: str | None = await connection.fetchval(
        "select key from originals where account_id = $1 and sha256 = $2 and freed_at is null",
        content.account_id,
        content.sha256,
    )
    return key


async def announce_files(connection: Connection, key: str, free_after: datetime) -> None:
    """Name the key of files about to be stored, so that they are found where nobody comes to claim them."""
    await connection.execute("insert into unclaimed_originals (key, free_after) values ($1, $2)", key, free_after)


async def lock_original(connection: Connection, original_id: UUID, content: Content) -> Original:
    """The row of this content, made where there is none, locked.

    Whoever gives it a photo or takes its files holds this lock.
    """
    await connection.execute(
        """insert into originals (id, account_id, sha256, key, mime, size, width, height, notes, freed_at)
           values ($1, $2, $3, '', $4, $5, $6, $7, $8, now()) on conflict (account_id, sha256) do nothing""",
        original_id,
        content.account_id,
        content.sha256,
        content.mime,
        content.size,
        content.width,
        content.height,
        content.notes,
    )
    row = await connection.fetchrow(
        "select id, key, freed_at from originals where account_id = $1 and sha256 = $2 for update",
        content.account_id,
        content.sha256,
    )
    return struct_of(Original, one(row))


async def claim_files(connection: Connection, original_id: UUID, key: str, content: Content) -> bool:
    """Make the files under ``key`` those of the original (locked by us). False where they have been given up meanwhile."""
    claimed = await connection.fetchval("delete from unclaimed_originals where key = $1 returning true", key)
    if claimed:
        await connection.execute(
            "update originals set key = $2, mime = $3, size = $4, width = $5, height = $6, notes = $7, freed_at = null where id = $1",
            original_id,
            key,
            content.mime,
            content.size,
            content.width,
            content.height,
            content.notes,
        )
    return bool(claimed)


async def insert(connection: Connection, upload_id: UUID, project_id: UUID, original_id: UUID) -> None:
    """An upload becomes a photo, of the same id: photos stand in the order in which they were chosen, not in which they arrived."""
    await connection.execute(
        """insert into photos (id, project_id, original_id, name, link_id, sent_by)
           select id, $2, $3, name, link_id, sent_by from uploads where id = $1""",
        upload_id,
        project_id,
        original_id,
    )
    await connection.execute("update uploads set photo_id = id where id = $1", upload_id)


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


async def set_prediction(connection: Connection, key: str, prediction: Prediction) -> None:
    """Keep what was predicted of the original whose files are under ``key``."""
    await connection.execute(
        "update originals set prediction = $2 where key = $1", key, msgspec.to_builtins(prediction, str_keys=True)
    )


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


async def lock_originals(connection: Connection, photo_ids: Sequence[UUID]) -> list[UUID]:
    """Originals with files that these photos were made of."""
    rows = await connection.fetch(
        """select id from originals where id in (select original_id from photos where id = any($1)) and freed_at is null
           order by id for update""",
        list(photo_ids),
    )
    return [row["id"] for row in rows]


async def free_unused(connection: Connection, original_ids: Sequence[UUID]) -> list[str]:
    """Of these originals (locked by us) mark those as freed that no living photo uses; the keys that are nobody's from now on.

    In a statement of its own, after the lock: it sees every photo that was given to them before.
    """
    rows = await connection.fetch(
        """with freed as (
             update originals set freed_at = now()
             where id = any($1) and freed_at is null
               and not exists (select from photos join projects on projects.id = project_id
                               where original_id = originals.id and photos.deleted_at is null and projects.deleted_at is null)
             returning key)
           insert into unclaimed_originals (key, free_after) select key, now() from freed
           on conflict (key) do update set free_after = excluded.free_after returning key""",
        list(original_ids),
    )
    return [row["key"] for row in rows]


async def long_unused(connection: Connection, before: datetime, most: int) -> list[UUID]:
    """Photos whose original still has files though no living photo has used it since ``before``: what a dead job has left."""
    rows = await connection.fetch(
        """select distinct on (originals.id) photos.id from originals join photos on original_id = originals.id
             join projects on projects.id = project_id
           where freed_at is null and least(photos.deleted_at, projects.deleted_at) < $1
             and not exists (select from photos as living join projects as kept on kept.id = living.project_id
                             where living.original_id = originals.id and living.deleted_at is null and kept.deleted_at is null)
           limit $2""",
        before,
        most,
    )
    return [row["id"] for row in rows]


async def due_files(connection: Connection, now: datetime, most: int) -> list[str]:
    """Keys of files to be removed."""
    rows = await connection.fetch(
        "select key from unclaimed_originals where free_after <= $1 order by free_after limit $2", now, most
    )
    return [row["key"] for row in rows]


async def lock_files(connection: Connection, key: str) -> bool:
    """Keep anyone from claiming these files until the transaction ends; False where they are claimed or gone."""
    return bool(
        await connection.fetchval("select true from unclaimed_originals where key = $1 for update skip locked", key)
    )


async def forget_files(connection: Connection, key: str) -> None:
    await connection.execute("delete from unclaimed_originals where key = $1", key)


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


async def stale_uploads(connection: Connection, now: datetime, days: int, limit: int) -> list[Stale]:
    """Uploads announced more days ago than they are kept, oldest first: ``days``, or fewer where their account chose that."""
    rows = await connection.fetch(
        """select uploads.id, key from uploads join projects on projects.id = project_id join accounts on accounts.id = account_id
           where uploads.created_at < $1::timestamptz - interval '1 day'
             and uploads.created_at < $1 - make_interval(days => least(case when keep_from <= $1 then keep_uploads_days end, $2::int))
           order by uploads.created_at limit $3""",
        now,
        days,
        limit,
    )
    return structs_of(Stale, rows)


async def forget_refused(connection: Connection, link_id: UUID, ids: Sequence[UUID]) -> list[str]:
    """Take back files of a link that are no photos; the keys of what was sent of them."""
    rows = await connection.fetch(
        """delete from uploads where id in (
             select id from uploads where id = any($2) and link_id = $1 and photo_id is null order by id for update)
           returning key""",
        link_id,
        list(ids),
    )
    return [row["key"] for row in rows]


async def delete_uploads(connection: Connection, ids: Sequence[UUID]) -> None:
    await connection.execute("delete from uploads where id = any($1)", list(ids))


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
    return int(told.rpartition(" ")[2])
