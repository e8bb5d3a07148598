"""Every statement on projects."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from realstaging.domains.projects.schemas import Order
from realstaging.runtime.account_data import Exported
from realstaging.runtime.database import Connection, one, struct_of, structs_of


class Listed(msgspec.Struct, frozen=True):
    """A project as people see it; ``cover_key``: the small picture that stands for it."""

    id: UUID
    name: str
    created_at: datetime
    photo_count: int = 0
    ready_count: int = 0
    cover_key: str | None = None
    archived: bool = False


class Owned(msgspec.Struct, frozen=True):
    """A project, and whose it is."""

    id: UUID
    account_id: UUID


# The figures are kept by the database as photos and stagings change (decision 88).
LISTED = """
select projects.id, projects.name, projects.created_at, coalesce(photo_count, 0) as photo_count, coalesce(ready_count, 0) as ready_count,
  archived_at is not null as archived,
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


class Wanted(msgspec.Struct, frozen=True):
    """Which projects of an account: those whose name has ``search`` in it, after the one with the id ``after`` in ``order``."""

    order: Order
    search: str
    archived: bool
    after: UUID | None


# Of an account's projects a few thousand are looked through in a millisecond: no index is kept for parts of names.
WANTED = """ and archived_at is not null = $2 and ($3 = '' or strpos(lower(projects.name), lower($3)) > 0)"""
IN_ORDER = {
    Order.NEWEST: " and ($4::uuid is null or projects.id < $4) order by projects.id desc limit $5",
    Order.NAME: """ and ($4::uuid is null or (lower(projects.name), projects.id) >
        (select lower(last.name), last.id from projects as last where last.account_id = $1 and last.id = $4))
      order by lower(projects.name), projects.id limit $5""",
}


async def page(connection: Connection, account_id: UUID, wanted: Wanted, limit: int) -> list[Listed]:
    rows = await connection.fetch(
        LISTED + WANTED + IN_ORDER[wanted.order], account_id, wanted.archived, wanted.search, wanted.after, limit
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


async def lock_of_photos(
    connection: Connection, account_id: UUID, photo_ids: Sequence[UUID], into: UUID | None
) -> set[UUID]:
    """The same for every project of the account that one of these photos is in, and the one they come into: their ids."""
    rows = await connection.fetch(
        """select id from projects where account_id = $1 and deleted_at is null
             and (id = $3 or id in (select project_id from photos where photos.id = any($2))) order by id for share""",
        account_id,
        list(photo_ids),
        into,
    )
    return {row["id"] for row in rows}


async def change(
    connection: Connection, account_id: UUID, project_id: UUID, name: str | None, archived: bool | None
) -> bool:
    """Whether there is such a project; what is None stays as it is."""
    return bool(
        await connection.fetchval(
            """update projects set name = coalesce($3, name),
                 archived_at = case when $4::boolean is null then archived_at when $4 then coalesce(archived_at, now()) end
               where id = $2 and account_id = $1 and deleted_at is null returning true""",
            account_id,
            project_id,
            name,
            archived,
        )
    )


async def old_and_empty_of_tests(connection: Connection, before: datetime, most: int) -> list[Owned]:
    """Projects of accounts for trying that are older and hold no photo."""
    rows = await connection.fetch(
        """select projects.id, projects.account_id from projects join accounts on accounts.id = account_id
             left join project_figures on project_id = projects.id
           where test_of is not null and projects.created_at < $1 and deleted_at is null and coalesce(photo_count, 0) = 0
           order by projects.id limit $2""",
        before,
        most,
    )
    return structs_of(Owned, rows)


async def delete(connection: Connection, account_id: UUID, project_id: UUID) -> str | None:
    """Its name; None where there was none to delete."""
    name: str | None = await connection.fetchval(
        "update projects set deleted_at = now() where id = $2 and account_id = $1 and deleted_at is null returning name",
        account_id,
        project_id,
    )
    return name


async def exported(connection: Connection, account_id: UUID, after: str | None, most: int) -> list[Exported]:
    rows = await connection.fetch(
        """select id::text as at, to_jsonb(projects) as said from projects
           where account_id = $1 and ($2::text is null or id > $2::text::uuid) order by id limit $3""",
        account_id,
        after,
        most,
    )
    return structs_of(Exported, rows)


async def erase(connection: Connection, account_id: UUID, most: int) -> int:
    """Delete projects in which nothing is left, with their figures."""
    rows = await connection.fetch(
        """select id from projects where account_id = $1 and not exists (select from photos where project_id = projects.id)
           order by id limit $2 for update""",
        account_id,
        most,
    )
    project_ids = [row["id"] for row in rows]
    await connection.execute("delete from project_figures where project_id = any($1)", project_ids)
    await connection.execute("delete from projects where id = any($1)", project_ids)
    return len(project_ids)


async def forget_deleted(connection: Connection, before: datetime, most: int) -> None:
    """Forget projects that were deleted before then and in which nothing is left, with their figures."""
    rows = await connection.fetch(
        """select id from projects where deleted_at < $1 and not exists (select from photos where project_id = projects.id)
             and not exists (select from stagings where project_id = projects.id)
             and not exists (select from uploads where project_id = projects.id)
             and not exists (select from archives where project_id = projects.id)
             and not exists (select from upload_links where project_id = projects.id)
           order by id limit $2 for update skip locked""",
        before,
        most,
    )
    project_ids = [row["id"] for row in rows]
    await connection.execute("delete from project_figures where project_id = any($1)", project_ids)
    await connection.execute("delete from projects where id = any($1)", project_ids)
