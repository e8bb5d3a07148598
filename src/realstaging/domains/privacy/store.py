"""Every statement on exports and erasures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from realstaging.domains.privacy.schemas import ErasureState, ExportState
from realstaging.runtime.account_data import Exported
from realstaging.runtime.database import Connection, one, struct_of, structs_of

EXPORT = "id, account_id, member_id, person_id, state, attempt as run, key, size, error, created_at, expires_at"


class ExportRow(msgspec.Struct, frozen=True):
    """``member_id``: who asked. ``person_id``: whose own things these are; None where they are the account's."""

    id: UUID
    account_id: UUID
    member_id: UUID
    person_id: UUID | None
    state: ExportState
    run: int
    key: str | None
    size: int | None
    error: str | None
    created_at: datetime
    expires_at: datetime


class NewExport(msgspec.Struct, frozen=True):
    id: UUID
    account_id: UUID
    member_id: UUID
    person_id: UUID | None
    job_id: UUID
    created_at: datetime
    expires_at: datetime


async def lock_exports(connection: Connection, account_id: UUID) -> None:
    """One request of an account at a time looks whether an export is under way."""
    await connection.execute(
        "select pg_advisory_xact_lock(hashtextextended('exports:' || $1::uuid::text, 0))", account_id
    )


async def under_way(connection: Connection, account_id: UUID, person_id: UUID | None) -> bool:
    return bool(
        await connection.fetchval(
            """select exists (select from exports where account_id = $1 and person_id is not distinct from $2
                 and state in ('queued', 'running'))""",
            account_id,
            person_id,
        )
    )


async def insert_export(connection: Connection, row: NewExport) -> ExportRow:
    inserted = await connection.fetchrow(
        f"""insert into exports (id, account_id, member_id, person_id, job_id, created_at, expires_at)
            values ($1, $2, $3, $4, $5, $6, $7) returning {EXPORT}""",
        *msgspec.structs.astuple(row),
    )
    return struct_of(ExportRow, one(inserted))


async def find_export(
    connection: Connection, account_id: UUID, person_id: UUID | None, export_id: UUID, now: datetime
) -> ExportRow | None:
    row = await connection.fetchrow(
        f"""select {EXPORT} from exports where account_id = $1 and person_id is not distinct from $2 and id = $3
            and expires_at > $4""",
        account_id,
        person_id,
        export_id,
        now,
    )
    return struct_of(ExportRow, row)


async def exports(
    connection: Connection, account_id: UUID, person_id: UUID | None, now: datetime, most: int
) -> list[ExportRow]:
    """Those whose days are not over, newest first."""
    rows = await connection.fetch(
        f"""select {EXPORT} from exports where account_id = $1 and person_id is not distinct from $2 and expires_at > $3
            order by id desc limit $4""",
        account_id,
        person_id,
        now,
        most,
    )
    return structs_of(ExportRow, rows)


async def begin_export(connection: Connection, export_id: UUID, job_id: UUID, run: int) -> ExportRow | None:
    """Take the export for this run of its job, unless it is over or a later run has it."""
    row = await connection.fetchrow(
        f"""update exports set state = 'running', attempt = $3
            where id = $1 and job_id = $2 and state in ('queued', 'running') and attempt <= $3 returning {EXPORT}""",
        export_id,
        job_id,
        run,
    )
    return struct_of(ExportRow, row)


async def finish_export(connection: Connection, export_id: UUID, run: int, key: str, size: int) -> ExportRow | None:
    row = await connection.fetchrow(
        f"""update exports set state = 'ready', key = $3, size = $4
            where id = $1 and attempt = $2 and state = 'running' returning {EXPORT}""",
        export_id,
        run,
        key,
        size,
    )
    return struct_of(ExportRow, row)


async def fail_export(connection: Connection, export_id: UUID, run: int, error: str) -> ExportRow | None:
    row = await connection.fetchrow(
        f"""update exports set state = 'failed', error = $3
            where id = $1 and attempt <= $2 and state in ('queued', 'running') returning {EXPORT}""",
        export_id,
        run,
        error,
    )
    return struct_of(ExportRow, row)


async def lock_over(connection: Connection, now: datetime, most: int) -> list[UUID]:
    """Exports whose day is over."""
    rows = await connection.fetch(
        "select id from exports where expires_at < $1 order by id limit $2 for update skip locked", now, most
    )
    return [row["id"] for row in rows]


async def lock_some(connection: Connection, account_id: UUID, most: int) -> list[UUID]:
    rows = await connection.fetch(
        "select id from exports where account_id = $1 order by id limit $2 for update", account_id, most
    )
    return [row["id"] for row in rows]


async def delete_exports(connection: Connection, export_ids: Sequence[UUID]) -> None:
    await connection.execute("delete from exports where id = any($1)", list(export_ids))


async def exported(connection: Connection, account_id: UUID, after: str | None, most: int) -> list[Exported]:
    rows = await connection.fetch(
        """select id::text as at, to_jsonb(exports) - array['key', 'job_id'] as said from exports
           where account_id = $1 and ($2::text is null or id > $2::text::uuid) order by id limit $3""",
        account_id,
        after,
        most,
    )
    return structs_of(Exported, rows)


class Told(msgspec.Struct, frozen=True):
    """Whom the receipt is sent to; kept until it is."""

    name: str
    email: str


class Identity(msgspec.Struct, frozen=True):
    """What is still to be deleted at the sign-in service; kept until it is."""

    issuer: str
    subject: str


ERASURE = "id, account_id, person_id, state, requested_at, due_at, suspended_before, tell, identities, deleted"


class ErasureRow(msgspec.Struct, frozen=True):
    id: UUID
    account_id: UUID | None
    person_id: UUID | None
    state: ErasureState
    requested_at: datetime
    due_at: datetime
    suspended_before: bool
    tell: list[Told]
    identities: list[Identity]
    deleted: dict[str, int]


class NewErasureRow(msgspec.Struct, frozen=True):
    id: UUID
    account_id: UUID | None
    person_id: UUID | None
    requested_at: datetime
    due_at: datetime
    suspended_before: bool
    tell: Sequence[Told]


async def insert_erasure(connection: Connection, row: NewErasureRow) -> ErasureRow | None:
    """None where one is open already. `give_job` is to follow: until then it has its own id for one."""
    inserted = await connection.fetchrow(
        f"""insert into erasures (id, account_id, person_id, requested_at, due_at, suspended_before, tell, job_id)
            values ($1, $2, $3, $4, $5, $6, $7, $1) on conflict do nothing returning {ERASURE}""",
        row.id,
        row.account_id,
        row.person_id,
        row.requested_at,
        row.due_at,
        row.suspended_before,
        msgspec.to_builtins(row.tell),
    )
    return struct_of(ErasureRow, inserted)


async def open_erasure(connection: Connection, account_id: UUID) -> ErasureRow | None:
    row = await connection.fetchrow(
        f"select {ERASURE} from erasures where account_id = $1 and state in ('waiting', 'running')", account_id
    )
    return struct_of(ErasureRow, row)


async def lock_open_erasure(connection: Connection, account_id: UUID) -> ErasureRow | None:
    row = await connection.fetchrow(
        f"select {ERASURE} from erasures where account_id = $1 and state in ('waiting', 'running') for update",
        account_id,
    )
    return struct_of(ErasureRow, row)


async def withdraw(connection: Connection, erasure_id: UUID) -> ErasureRow:
    row = await connection.fetchrow(
        f"update erasures set state = 'withdrawn', tell = '[]' where id = $1 returning {ERASURE}", erasure_id
    )
    return struct_of(ErasureRow, one(row))


async def lock_due(connection: Connection, erasure_id: UUID, now: datetime) -> ErasureRow | None:
    """One that is under way, or may begin; None where it was taken back or is done."""
    row = await connection.fetchrow(
        f"""select {ERASURE} from erasures where id = $1 and state in ('waiting', 'running') and due_at <= $2 for update""",
        erasure_id,
        now,
    )
    return struct_of(ErasureRow, row)


async def begin_erasure(connection: Connection, erasure_id: UUID) -> None:
    await connection.execute("update erasures set state = 'running' where id = $1", erasure_id)


async def count(connection: Connection, erasure_id: UUID, deleted: Mapping[str, int]) -> None:
    await connection.execute("update erasures set deleted = $2 where id = $1", erasure_id, dict(deleted))


async def keep_identities(connection: Connection, erasure_id: UUID, identities: Sequence[Identity]) -> None:
    await connection.execute(
        "update erasures set identities = $2 where id = $1", erasure_id, msgspec.to_builtins(list(identities))
    )


async def hasten(connection: Connection, erasure_id: UUID, now: datetime) -> None:
    """Its day has come."""
    await connection.execute("update erasures set due_at = least(due_at, $2) where id = $1", erasure_id, now)


async def put_off(connection: Connection, until: datetime, besides: Sequence[UUID]) -> list[ErasureRow]:
    """Have erasures that have not begun wait until then at least, but of these accounts; those that would have begun sooner."""
    rows = await connection.fetch(
        f"""update erasures set due_at = $1
            where state = 'waiting' and account_id is not null and due_at < $1 and not account_id = any($2) returning {ERASURE}""",
        until,
        list(besides),
    )
    return structs_of(ErasureRow, rows)


async def finish_erasure(connection: Connection, erasure_id: UUID, receipt: object, now: datetime) -> None:
    """It is done; nobody's address or identity is kept with it any more."""
    await connection.execute(
        """update erasures set state = 'done', done_at = $3, receipt = $2, tell = '[]', identities = '[]' where id = $1""",
        erasure_id,
        msgspec.to_builtins(receipt, builtin_types=()),
        now,
    )


async def without_job(connection: Connection, now: datetime, most: int) -> list[UUID]:
    """Erasures that are due, and that nobody is at: their job is over, or was lost."""
    rows = await connection.fetch(
        """select id from erasures where state in ('waiting', 'running') and due_at <= $1
             and not exists (select from jobs where jobs.id = job_id and jobs.state in ('queued', 'running'))
           order by id limit $2 for update of erasures skip locked""",
        now,
        most,
    )
    return [row["id"] for row in rows]


async def give_job(connection: Connection, erasure_id: UUID, job_id: UUID) -> None:
    await connection.execute("update erasures set job_id = $2 where id = $1", erasure_id, job_id)


class Kept(msgspec.Struct, frozen=True):
    """An erasure as operators see it."""

    id: UUID
    account_id: UUID | None
    person_id: UUID | None
    state: ErasureState
    requested_at: datetime
    due_at: datetime
    done_at: datetime | None
    receipt: dict[str, Any] | None


async def newest(connection: Connection, most: int) -> list[Kept]:
    rows = await connection.fetch(
        """select id, account_id, person_id, state, requested_at, due_at, done_at, receipt from erasures
           order by id desc limit $1""",
        most,
    )
    return structs_of(Kept, rows)
