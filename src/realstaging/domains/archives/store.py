"""Every statement on archives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from realstaging.domains.archives.schemas import FileKind
from realstaging.runtime.account_data import Exported
from realstaging.runtime.database import Connection, one, struct_of, structs_of

COLUMNS = """archives.id, archives.project_id, archives.account_id, kind, staging_ids, archives.state, left_out, progress,
archives.key, archives.size, archives.error, archives.created_at, expires_at, archives.attempt as run, mls_profile"""


# A ZIP whose pictures are all to be had: from the moment that one is given back, nobody is given it any more.
WHOLE = """not exists (select from stagings where stagings.id = any(archives.staging_ids) and stagings.state = 'withdrawn')"""


class Row(msgspec.Struct, frozen=True):
    """An archive. ``key`` and ``size`` are those of the ZIP, once it is ready."""

    id: UUID
    project_id: UUID
    account_id: UUID
    kind: FileKind
    staging_ids: list[UUID]
    state: str
    left_out: int
    progress: float
    key: str | None
    size: int | None
    error: str | None
    created_at: datetime
    expires_at: datetime
    run: int
    mls_profile: str | None


class NewRow(msgspec.Struct, frozen=True):
    id: UUID
    account_id: UUID
    project_id: UUID
    job_id: UUID
    kind: str
    staging_ids: Sequence[UUID]
    fingerprint: str
    expires_at: datetime
    mls_profile: str | None


async def lock_account(connection: Connection, account_id: UUID) -> None:
    """One request of an account at a time looks for a ZIP like its own and counts those under way."""
    await connection.execute(
        "select pg_advisory_xact_lock(hashtextextended('archives:' || $1::uuid::text, 0))", account_id
    )


async def alike(connection: Connection, project_id: UUID, fingerprint: str, until: datetime) -> Row | None:
    """A ZIP of the same pictures that is there, or coming, and lives past ``until``."""
    row = await connection.fetchrow(
        f"""select {COLUMNS} from archives
            where project_id = $1 and fingerprint = $2 and state <> 'failed' and expires_at > $3 and {WHOLE} order by id desc limit 1""",
        project_id,
        fingerprint,
        until,
    )
    return struct_of(Row, row)


async def unfinished(connection: Connection, account_id: UUID) -> int:
    count: int = await connection.fetchval(
        "select count(*) from archives where account_id = $1 and state in ('queued', 'running')", account_id
    )
    return count


async def ready_bytes(connection: Connection, account_id: UUID) -> int:
    """How large the account's ZIPs are together that are not gone yet."""
    size: int = await connection.fetchval(
        "select coalesce(sum(size), 0)::bigint from archives where account_id = $1 and state = 'ready'", account_id
    )
    return size


async def insert(connection: Connection, row: NewRow) -> Row:
    inserted = await connection.fetchrow(
        f"""insert into archives (id, account_id, project_id, job_id, kind, staging_ids, fingerprint, expires_at, mls_profile)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning {COLUMNS}""",
        row.id,
        row.account_id,
        row.project_id,
        row.job_id,
        row.kind,
        list(row.staging_ids),
        row.fingerprint,
        row.expires_at,
        row.mls_profile,
    )
    return struct_of(Row, one(inserted))


async def find(connection: Connection, account_id: UUID, archive_id: UUID) -> Row | None:
    row = await connection.fetchrow(
        f"""select {COLUMNS} from archives join projects on projects.id = project_id
            where archives.account_id = $1 and archives.id = $2 and projects.account_id = $1 and projects.deleted_at is null
              and expires_at > now() and (archives.state = 'failed' or {WHOLE})""",
        account_id,
        archive_id,
    )
    return struct_of(Row, row)


async def begin(connection: Connection, archive_id: UUID, job_id: UUID, run: int) -> Row | None:
    """Take the archive for this run of its job, unless it is over, has run out, or a later run has it."""
    row = await connection.fetchrow(
        f"""update archives set state = 'running', attempt = $3, progress = 0 from projects
            where archives.id = $1 and job_id = $2 and archives.state in ('queued', 'running') and archives.attempt <= $3
              and expires_at > now() and projects.id = project_id and projects.deleted_at is null
            returning {COLUMNS}""",
        archive_id,
        job_id,
        run,
    )
    return struct_of(Row, row)


async def advance(connection: Connection, archive_id: UUID, run: int, progress: float) -> Row | None:
    row = await connection.fetchrow(
        f"update archives set progress = $3 where id = $1 and attempt = $2 and state = 'running' returning {COLUMNS}",
        archive_id,
        run,
        progress,
    )
    return struct_of(Row, row)


class Zip(msgspec.Struct, frozen=True):
    """A file that was written: its key, its bytes, and how many pictures are not in it because they were gone."""

    key: str
    size: int
    left_out: int


async def finish(connection: Connection, archive_id: UUID, run: int, made: Zip) -> Row | None:
    row = await connection.fetchrow(
        f"""update archives set state = 'ready', progress = 1, key = $3, size = $4, left_out = $5
            where id = $1 and attempt = $2 and state = 'running' returning {COLUMNS}""",
        archive_id,
        run,
        made.key,
        made.size,
        made.left_out,
    )
    return struct_of(Row, row)


async def fail(connection: Connection, archive_id: UUID, job_id: UUID, run: int, error: str) -> Row | None:
    row = await connection.fetchrow(
        f"""update archives set state = 'failed', error = $4
            where id = $1 and job_id = $2 and attempt = $3 and state in ('queued', 'running') returning {COLUMNS}""",
        archive_id,
        job_id,
        run,
        error,
    )
    return struct_of(Row, row)


async def give_up(connection: Connection, archive_id: UUID, error: str) -> Row | None:
    """Its one job was given up, in the transaction that calls this."""
    row = await connection.fetchrow(
        f"update archives set state = 'failed', error = $2 where id = $1 and state in ('queued', 'running') returning {COLUMNS}",
        archive_id,
        error,
    )
    return struct_of(Row, row)


async def withdraw(connection: Connection, staging_id: UUID, error: str) -> list[Row]:
    """ZIPs that this picture is in, ready or being made, are nobody's any more. Those that were withdrawn before are told again, so that
    their files go.
    """
    rows = await connection.fetch(
        f"""update archives set state = 'failed', error = $2, key = null, size = null
            where id in (select id from archives where staging_ids @> array[$1::uuid] and (state <> 'failed' or error = $2) order by id for update)
            returning {COLUMNS}""",
        staging_id,
        error,
    )
    return structs_of(Row, rows)


async def over(connection: Connection, most: int) -> list[UUID]:
    """Archives to be removed: past their day, of a project or a staging that was deleted, or with a picture that was given back."""
    rows = await connection.fetch(
        f"""select archives.id from archives join projects on projects.id = project_id
           where expires_at < now() or projects.deleted_at is not null or (archives.state = 'ready' and not {WHOLE}) or exists (
             select from stagings where stagings.id = any(staging_ids) and stagings.deleted_at is not null)
           order by archives.id limit $1""",
        most,
    )
    return [row["id"] for row in rows]


async def delete(connection: Connection, archive_ids: Sequence[UUID]) -> None:
    await connection.execute("delete from archives where id = any($1)", list(archive_ids))


async def exported(connection: Connection, account_id: UUID, after: str | None, most: int) -> list[Exported]:
    rows = await connection.fetch(
        """select id::text as at, to_jsonb(archives) - array['job_id', 'fingerprint', 'key'] as said from archives
           where account_id = $1 and ($2::text is null or id > $2::text::uuid) order by id limit $3""",
        account_id,
        after,
        most,
    )
    return structs_of(Exported, rows)


async def lock_some(connection: Connection, account_id: UUID, most: int) -> list[UUID]:
    """Some archives of an account, that are to go."""
    rows = await connection.fetch(
        "select id from archives where account_id = $1 order by id limit $2 for update", account_id, most
    )
    return [row["id"] for row in rows]
