"""Every statement on API keys."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import msgspec

from realstaging.domains.keys.schemas import Mode, Scope
from realstaging.runtime.account_data import Exported, Person
from realstaging.runtime.database import Connection, count_of, one, struct_of, structs_of

COLUMNS = """id, account_id, works_in, name, mode, ends_with, scopes, addresses, created_at, created_by, expires_at, last_used_on,
replaced_by"""


class Row(msgspec.Struct, frozen=True):
    """A key. ``works_in``: the account that it opens, which is a test key's own; ``account_id``: the one it is listed in."""

    id: UUID
    account_id: UUID
    works_in: UUID
    name: str
    mode: Mode
    ends_with: str
    scopes: list[Scope]
    addresses: list[str]
    created_at: datetime
    created_by: str
    expires_at: datetime | None
    last_used_on: date | None
    replaced_by: UUID | None


class NewRow(msgspec.Struct, frozen=True):
    id: UUID
    account_id: UUID
    works_in: UUID
    digest: bytes
    name: str
    mode: Mode
    ends_with: str
    scopes: list[Scope]
    addresses: list[str]
    created_by: str
    expires_at: datetime | None


class Opened(msgspec.Struct, frozen=True):
    """What a key opens."""

    id: UUID
    name: str
    mode: Mode
    scopes: list[Scope]
    addresses: list[str]
    expires_at: datetime | None
    last_used_on: date | None
    account_id: UUID
    account_name: str
    suspended: bool
    listed_in: UUID


async def lock_account(connection: Connection, account_id: UUID) -> None:
    """One at a time counts an account's keys and makes another."""
    await connection.execute(
        "select pg_advisory_xact_lock(hashtextextended('api_keys:' || $1::uuid::text, 0))", account_id
    )


async def count_valid(connection: Connection, account_id: UUID, now: datetime) -> int:
    count: int = await connection.fetchval(
        """select count(*) from api_keys
           where account_id = $1 and revoked_at is null and (expires_at is null or expires_at > $2)""",
        account_id,
        now,
    )
    return count


async def insert(connection: Connection, row: NewRow) -> Row:
    inserted = await connection.fetchrow(
        f"""insert into api_keys (id, account_id, works_in, digest, name, mode, ends_with, scopes, addresses, created_by, expires_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning {COLUMNS}""",
        row.id,
        row.account_id,
        row.works_in,
        row.digest,
        row.name,
        row.mode,
        row.ends_with,
        row.scopes,
        row.addresses,
        row.created_by,
        row.expires_at,
    )
    return struct_of(Row, one(inserted))


async def listed(connection: Connection, account_id: UUID, since: datetime, most: int) -> list[Row]:
    """Keys that were not revoked, and have not ended before ``since``; newest first."""
    rows = await connection.fetch(
        f"""select {COLUMNS} from api_keys
            where account_id = $1 and revoked_at is null and (expires_at is null or expires_at > $2)
            order by id desc limit $3""",
        account_id,
        since,
        most,
    )
    return structs_of(Row, rows)


async def lock(connection: Connection, account_id: UUID, key_id: UUID) -> Row | None:
    """A key of the account that was not revoked; nobody else changes it until the transaction ends."""
    row = await connection.fetchrow(
        f"select {COLUMNS} from api_keys where id = $2 and account_id = $1 and revoked_at is null for update",
        account_id,
        key_id,
    )
    return struct_of(Row, row)


async def replace(connection: Connection, key_id: UUID, replaced_by: UUID, expires_at: datetime) -> None:
    await connection.execute(
        "update api_keys set replaced_by = $2, expires_at = $3 where id = $1", key_id, replaced_by, expires_at
    )


async def revoke(connection: Connection, key_id: UUID) -> None:
    await connection.execute("update api_keys set revoked_at = now() where id = $1", key_id)


async def opened(connection: Connection, digest: bytes) -> Opened | None:
    """What the key with this digest opens; None where there is none, or it was revoked."""
    row = await connection.fetchrow(
        """select api_keys.id, api_keys.name, mode, scopes, addresses, expires_at, last_used_on,
             accounts.id as account_id, accounts.name as account_name, own.id as listed_in,
             accounts.suspended_at is not null or own.suspended_at is not null as suspended
           from api_keys join accounts on accounts.id = works_in join accounts as own on own.id = account_id
           where digest = $1 and revoked_at is null""",
        digest,
    )
    return struct_of(Opened, row)


async def note_use(connection: Connection, key_id: UUID, day: date) -> None:
    await connection.execute(
        "update api_keys set last_used_on = $2 where id = $1 and (last_used_on is null or last_used_on < $2)",
        key_id,
        day,
    )


async def exported(connection: Connection, account_id: UUID, after: str | None, most: int) -> list[Exported]:
    rows = await connection.fetch(
        """select id::text as at, to_jsonb(api_keys) - 'digest' as said from api_keys
           where account_id = $1 and ($2::text is null or id > $2::text::uuid) order by id limit $3""",
        account_id,
        after,
        most,
    )
    return structs_of(Exported, rows)


async def erase(connection: Connection, account_id: UUID) -> int:
    """Delete an account's keys, all at once: one names the one that took its place."""
    told: str = await connection.execute(
        """delete from api_keys where id in (
             select id from api_keys where account_id = $1 or works_in = $1 order by id for update)""",
        account_id,
    )
    return count_of(told)


async def forget_maker(connection: Connection, person: Person, most: int) -> int:
    """Whoever made these keys is not named any more; the keys are the account's, and stay."""
    told: str = await connection.execute(
        """update api_keys set created_by = '' where id in (
             select id from api_keys where (created_by = $1 and created_by <> '')
               or created_by in (select id::text from members where person_id = $2)
             order by id limit $3 for update)""",
        person.email,
        person.id,
        most,
    )
    return count_of(told)
