"""Every statement on upload links."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from realstaging.runtime.account_data import Exported, Person
from realstaging.runtime.database import Connection, count_of, one, struct_of, structs_of

# What a link has taken: photos that came by it, and files announced by it that may become some.
TAKEN = """((select count(*) from photos where photos.link_id = upload_links.id)
  + (select count(*) from uploads where uploads.link_id = upload_links.id and photo_id is null and refused_at is null))::int as taken"""
PROJECT = "(select projects.name from projects where projects.id = project_id) as project_name"
COLUMNS = f"id, account_id, project_id, {PROJECT}, name, ends_with, files, created_at, created_by, expires_at, {TAKEN}"


class Row(msgspec.Struct, frozen=True):
    id: UUID
    account_id: UUID
    project_id: UUID
    project_name: str
    name: str | None
    ends_with: str
    files: int
    created_at: datetime
    created_by: str
    expires_at: datetime
    taken: int


class NewRow(msgspec.Struct, frozen=True):
    id: UUID
    account_id: UUID
    project_id: UUID
    digest: bytes
    name: str | None
    ends_with: str
    files: int
    created_by: str
    expires_at: datetime


class Opened(msgspec.Struct, frozen=True):
    """What a link opens."""

    id: UUID
    account_id: UUID
    account_name: str
    suspended: bool
    project_id: UUID
    project_name: str
    name: str | None
    files: int
    expires_at: datetime
    taken: int


async def insert(connection: Connection, row: NewRow) -> Row:
    inserted = await connection.fetchrow(
        f"""insert into upload_links (id, account_id, project_id, digest, name, ends_with, files, created_by, expires_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning {COLUMNS}""",
        row.id,
        row.account_id,
        row.project_id,
        row.digest,
        row.name,
        row.ends_with,
        row.files,
        row.created_by,
        row.expires_at,
    )
    return struct_of(Row, one(inserted))


async def lock_project(connection: Connection, project_id: UUID) -> None:
    """One at a time counts a project's links and makes another."""
    await connection.execute(
        "select pg_advisory_xact_lock(hashtextextended('upload_links:' || $1::uuid::text, 0))", project_id
    )


async def valid(connection: Connection, project_id: UUID, now: datetime, most: int) -> list[Row]:
    """Links of a project that the caller was let into, newest first."""
    rows = await connection.fetch(
        f"""select {COLUMNS} from upload_links where project_id = $1 and revoked_at is null and expires_at > $2
            order by id desc limit $3""",
        project_id,
        now,
        most,
    )
    return structs_of(Row, rows)


async def of_account(
    connection: Connection, account_id: UUID, now: datetime, after: UUID | None, most: int
) -> list[Row]:
    """Links of an account that are valid, in projects that are there, newest first, after the one with the id ``after``."""
    rows = await connection.fetch(
        f"""select {COLUMNS} from upload_links
            where account_id = $1 and revoked_at is null and expires_at > $2 and ($3::uuid is null or id < $3)
              and exists (select from projects where projects.id = project_id and deleted_at is null)
            order by id desc limit $4""",
        account_id,
        now,
        after,
        most,
    )
    return structs_of(Row, rows)


async def revoke(connection: Connection, account_id: UUID, project_id: UUID, link_id: UUID) -> bool:
    return bool(
        await connection.fetchval(
            """update upload_links set revoked_at = now()
               where id = $3 and project_id = $2 and account_id = $1 and revoked_at is null returning true""",
            account_id,
            project_id,
            link_id,
        )
    )


async def opened(connection: Connection, digest: bytes, now: datetime) -> Opened | None:
    """What the link with this digest opens; None where it is none, is over, or its project is gone."""
    row = await connection.fetchrow(
        f"""select upload_links.id, upload_links.account_id, accounts.name as account_name, accounts.suspended_at is not null as suspended,
              project_id, projects.name as project_name, upload_links.name, files, expires_at, {TAKEN}
            from upload_links join projects on projects.id = project_id join accounts on accounts.id = upload_links.account_id
            where digest = $1 and revoked_at is null and expires_at > $2 and deleted_at is null""",
        digest,
        now,
    )
    return struct_of(Opened, row)


async def lock(connection: Connection, link_id: UUID) -> int | None:
    """How many files the link has taken, counted by one at a time; None where it was taken back meanwhile."""
    there = await connection.fetchval(
        "select true from upload_links where id = $1 and revoked_at is null for update", link_id
    )
    if not there:
        return None
    taken: int = await connection.fetchval(f"select {TAKEN} from upload_links where id = $1", link_id)
    return taken


async def exported(connection: Connection, account_id: UUID, after: str | None, most: int) -> list[Exported]:
    rows = await connection.fetch(
        """select id::text as at, to_jsonb(upload_links) - 'digest' as said from upload_links
           where account_id = $1 and ($2::text is null or id > $2::text::uuid) order by id limit $3""",
        account_id,
        after,
        most,
    )
    return structs_of(Exported, rows)


async def erase(connection: Connection, account_id: UUID, most: int) -> int:
    told: str = await connection.execute(
        """delete from upload_links where id in (
             select id from upload_links where account_id = $1 order by id limit $2 for update)""",
        account_id,
        most,
    )
    return count_of(told)


async def forget_maker(connection: Connection, person: Person, most: int) -> int:
    """Whoever made these links is not named any more; the links are the account's, and stay."""
    told: str = await connection.execute(
        """update upload_links set created_by = '' where id in (
             select id from upload_links where (created_by = $1 and created_by <> '')
               or created_by in (select id::text from members where person_id = $2)
             order by id limit $3 for update)""",
        person.email,
        person.id,
        most,
    )
    return count_of(told)


async def forget(connection: Connection, before: datetime, most: int) -> None:
    """Delete links that ended, or were taken back, before then."""
    await connection.execute(
        """delete from upload_links where id in (
             select id from upload_links where least(expires_at, revoked_at) < $1 order by id limit $2 for update)""",
        before,
        most,
    )
