"""Every statement on projects."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from realstaging.runtime.database import Connection, one, struct_of, structs_of


class Listed(msgspec.Struct, frozen=True):
    """A project as people see it; ``cover_key``: the small picture that stands for it."""

    id: UUID
    name: str
    created_at: datetime
    photo_count: int = 0
    ready_count: int = 0
    cover_key: str | None = None


# The figures are kept by the database as photos and stagings change (decision 88).
LISTED = """
select projects.id, projects.name, projects.created_at, coalesce(photo_count, 0) as photo_count, coalesce(ready_count, 0) as ready_count,
  coalesce(cover_result || '/thumb.webp', originals.key || '.thumb.webp') as cover_key
from projects left join project_figures on project_id = projects.id left join originals on originals.id = cover_original
where projects.account_id = $1 and projects.deleted_at is null
"""


async def insert(connection: Connection, project_id: UUID, account_id: UUID, name: str) -> Listed:
    row = await connection.fetchrow(
        "insert into projects (id, account_id, name) values ($1, $2, $3) returning id, name, created_at",
        project_id,
        account_id,
        name,
    )
    return struct_of(Listed, one(row))


async def count(connection: Connection, account_id: UUID) -> int:
    return int(
        await connection.fetchval(
            "select count(*) from projects where account_id = $1 and deleted_at is null", account_id
        )
    )


async def page(connection: Connection, account_id: UUID, before: UUID | None, limit: int) -> list[Listed]:
    rows = await connection.fetch(
        LISTED + " and ($2::uuid is null or projects.id < $2) order by projects.id desc limit $3",
        account_id,
        before,
        limit,
    )
    return structs_of(Listed, rows)


async def find(connection: Connection, account_id: UUID, project_id: UUID) -> Listed | None:
    return struct_of(Listed, await connection.fetchrow(LISTED + " and projects.id = $2", account_id, project_id))


async def owned(connection: Connection, account_id: UUID, project_id: UUID) -> bool:
    return bool(
        await connection.fetchval(
            "select true from projects where id = $2 and account_id = $1 and deleted_at is null", account_id, project_id
        )
    )


async def name_of(connection: Connection, project_id: UUID) -> str:
    name: str = await connection.fetchval("select name from projects where id = $1", project_id)
    return name


async def lock(connection: Connection, account_id: UUID, project_id: UUID) -> bool:
    """Whether the project is the account's; if so, nobody changes or deletes it until the transaction ends."""
    return bool(
        await connection.fetchval(
            "select true from projects where id = $2 and account_id = $1 and deleted_at is null for share",
            account_id,
            project_id,
        )
    )


async def lock_of_photos(connection: Connection, account_id: UUID, photo_ids: Sequence[UUID]) -> None:
    """The same for every project of the account that one of these photos is in."""
    await connection.execute(
        """select from projects where account_id = $1 and deleted_at is null
             and id in (select project_id from photos where photos.id = any($2)) order by id for share""",
        account_id,
        list(photo_ids),
    )


async def rename(connection: Connection, account_id: UUID, project_id: UUID, name: str) -> bool:
    return bool(
        await connection.fetchval(
            "update projects set name = $3 where id = $2 and account_id = $1 and deleted_at is null returning true",
            account_id,
            project_id,
            name,
        )
    )


async def delete(connection: Connection, account_id: UUID, project_id: UUID) -> bool:
    return bool(
        await connection.fetchval(
            "update projects set deleted_at = now() where id = $2 and account_id = $1 and deleted_at is null returning true",
            account_id,
            project_id,
        )
    )
