"""Every statement on originals: the contents that photos are made of, one for each content and account, and their files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from realstaging.engines.brief import Prediction
from realstaging.runtime.database import Connection, one, struct_of


class Content(msgspec.Struct, frozen=True):
    """What makes an original: one for each content and account. Sizes are of the upright picture."""

    account_id: UUID
    sha256: str
    mime: str
    size: int
    width: int
    height: int
    notes: list[str]


class Original(msgspec.Struct, frozen=True):
    """Where the files of a content are; ``freed_at`` where it has none."""

    id: UUID
    key: str
    freed_at: datetime | None


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


async def set_prediction(connection: Connection, key: str, prediction: Prediction) -> None:
    """Keep what was predicted of the original whose files are under ``key``."""
    await connection.execute(
        "update originals set prediction = $2 where key = $1", key, msgspec.to_builtins(prediction, str_keys=True)
    )


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
