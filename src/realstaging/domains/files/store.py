"""Which rows name which files. Every statement is for some hundreds of rows at a time."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec

from realstaging.runtime.database import Connection, structs_of


class Result(msgspec.Struct, frozen=True):
    """What a staging names; ``open``: it waits or runs."""

    id: UUID
    open: bool
    result_key: str | None


class Named(msgspec.Struct, frozen=True):
    """A row that names files: whose it is, and their key."""

    id: UUID
    account_id: UUID
    key: str


async def originals(connection: Connection, keys: Sequence[str], account_ids: Sequence[UUID]) -> set[str]:
    """Of these keys, those of originals that have files, and those that are about to be an original's or to be removed."""
    rows = await connection.fetch(
        """select key from originals where account_id = any($2) and key = any($1) and freed_at is null
           union select key from unclaimed_originals where key = any($1)""",
        list(keys),
        list(account_ids),
    )
    return {row["key"] for row in rows}


async def stagings(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, Result]:
    rows = await connection.fetch(
        """select id, state in ('queued', 'running') as open, case when state <> 'withdrawn' then result_key end as result_key from stagings
           where id = any($1) and deleted_at is null""",
        list(ids),
    )
    return {row.id: row for row in structs_of(Result, rows)}


async def uploads(connection: Connection, ids: Sequence[UUID]) -> set[UUID]:
    rows = await connection.fetch("select id from uploads where id = any($1)", list(ids))
    return {row["id"] for row in rows}


async def attempts(connection: Connection, tokens: Sequence[str]) -> set[str]:
    rows = await connection.fetch("select token from attempts where token = any($1) and freed_at is null", list(tokens))
    return {row["token"] for row in rows}


async def archives(connection: Connection, ids: Sequence[UUID]) -> set[UUID]:
    rows = await connection.fetch("select id from archives where id = any($1)", list(ids))
    return {row["id"] for row in rows}


async def exports(connection: Connection, ids: Sequence[UUID]) -> set[UUID]:
    rows = await connection.fetch("select id from exports where id = any($1)", list(ids))
    return {row["id"] for row in rows}


ORIGINALS_IN_USE = """
select originals.id, account_id, key from originals
where freed_at is null and exists (
  select from photos join projects on projects.id = project_id
  where original_id = originals.id and photos.deleted_at is null and projects.deleted_at is null)
"""
RESULTS = """
select stagings.id, projects.account_id, result_key as key from stagings
  join projects on projects.id = stagings.project_id join photos on photos.id = photo_id
where stagings.state = 'ready' and stagings.deleted_at is null and projects.deleted_at is null and photos.deleted_at is null
"""
ARCHIVES = """
select archives.id, archives.account_id, key from archives join projects on projects.id = project_id
where archives.state = 'ready' and expires_at > now() and projects.deleted_at is null
"""


async def originals_in_use(connection: Connection, after: UUID | None, most: int) -> list[Named]:
    """Originals that living photos use, by id."""
    rows = await connection.fetch(
        ORIGINALS_IN_USE + " and ($1::uuid is null or originals.id > $1) order by originals.id limit $2", after, most
    )
    return structs_of(Named, rows)


async def results(connection: Connection, after: UUID | None, most: int) -> list[Named]:
    """Stagings that are ready and shown."""
    rows = await connection.fetch(
        RESULTS + " and ($1::uuid is null or stagings.id > $1) order by stagings.id limit $2", after, most
    )
    return structs_of(Named, rows)


async def ready_archives(connection: Connection, after: UUID | None, most: int) -> list[Named]:
    rows = await connection.fetch(
        ARCHIVES + " and ($1::uuid is null or archives.id > $1) order by archives.id limit $2", after, most
    )
    return structs_of(Named, rows)


async def still_names(connection: Connection, kind: str, row_id: UUID, key: str) -> bool:
    """Whether the row is still there, still shown, and still names this key."""
    match kind:
        case "originals":
            row = await connection.fetchrow(ORIGINALS_IN_USE + " and originals.id = $1 and key = $2", row_id, key)
        case "results":
            row = await connection.fetchrow(RESULTS + " and stagings.id = $1 and result_key = $2", row_id, key)
        case _:
            row = await connection.fetchrow(ARCHIVES + " and archives.id = $1 and key = $2", row_id, key)
    return row is not None


class Sized(msgspec.Struct, frozen=True):
    """A row that names files, and how many bytes it says they have; 0 where it does not say."""

    key: str
    size: int


async def some_originals(connection: Connection, most: int) -> list[Sized]:
    """Originals that living photos use, by chance; the size is the original's own, without its previews."""
    rows = await connection.fetch(
        f"select key, (select size from originals o where o.id = found.id) as size from ({ORIGINALS_IN_USE}) found order by random() limit $1",
        most,
    )
    return structs_of(Sized, rows)


async def some_results(connection: Connection, most: int) -> list[Sized]:
    """Stagings that are ready and shown, by chance; the size is of all their files together."""
    rows = await connection.fetch(
        f"select key, (select stored_bytes from stagings s where s.id = found.id) as size from ({RESULTS}) found order by random() limit $1",
        most,
    )
    return structs_of(Sized, rows)
