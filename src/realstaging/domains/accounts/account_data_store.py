"""Every statement by which people and accounts are exported, erased and known to be gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from realstaging.domains.accounts.rules import Role
from realstaging.runtime.account_data import Exported
from realstaging.runtime.account_data import Person as Forgotten
from realstaging.runtime.database import Connection, count_of, struct_of, structs_of

ERASED: Final = "Erased account"
"""What is left of an account's name."""


async def exported_account(connection: Connection, account_id: UUID, after: str | None, most: int) -> list[Exported]:
    rows = await connection.fetch(
        """select id::text as at, to_jsonb(accounts) - 'test_of' as said from accounts
           where (id = $1 or test_of = $1) and ($2::text is null or id > $2::text::uuid) order by id limit $3""",
        account_id,
        after,
        most,
    )
    return structs_of(Exported, rows)


async def exported_members(connection: Connection, account_id: UUID, after: str | None, most: int) -> list[Exported]:
    rows = await connection.fetch(
        """select members.id::text as at, jsonb_build_object('id', members.id, 'name', people.name, 'email', people.email, 'role', role,
             'created_at', members.created_at, 'suspended_at', suspended_at, 'removed_at', removed_at, 'monthly_limit', monthly_limit)
             as said
           from members join people on people.id = person_id
           where account_id = $1 and ($2::text is null or members.id > $2::text::uuid) order by members.id limit $3""",
        account_id,
        after,
        most,
    )
    return structs_of(Exported, rows)


async def exported_person(connection: Connection, person_id: UUID, after: str | None, most: int) -> list[Exported]:
    rows = await connection.fetch(
        """select id::text as at, to_jsonb(people) - 'photo' || jsonb_build_object('photo_webp', encode(photo, 'base64')) as said
           from people
           where id = $1 and ($2::text is null or id > $2::text::uuid) limit $3""",
        person_id,
        after,
        most,
    )
    return structs_of(Exported, rows)


async def exported_memberships(connection: Connection, person_id: UUID, after: str | None, most: int) -> list[Exported]:
    rows = await connection.fetch(
        """select members.id::text as at, jsonb_build_object('account_id', account_id, 'account', accounts.name, 'role', role,
             'created_at', members.created_at, 'suspended_at', members.suspended_at, 'removed_at', removed_at) as said
           from members join accounts on accounts.id = account_id
           where person_id = $1 and ($2::text is null or members.id > $2::text::uuid) order by members.id limit $3""",
        person_id,
        after,
        most,
    )
    return structs_of(Exported, rows)


async def forgotten(connection: Connection, person_id: UUID) -> Forgotten | None:
    """A person as they are forgotten; None where they are."""
    row = await connection.fetchrow(
        "select id, issuer, subject, email, email_verified from people where id = $1", person_id
    )
    return struct_of(Forgotten, row)


class Former(msgspec.Struct, frozen=True):
    """A membership, also one that is over."""

    id: UUID
    account_id: UUID
    role: Role
    removed: bool


async def lock_memberships(connection: Connection, person_id: UUID) -> list[Former]:
    rows = await connection.fetch(
        "select id, account_id, role, removed_at is not null as removed from members where person_id = $1 order by id for update",
        person_id,
    )
    return structs_of(Former, rows)


async def lock_account(connection: Connection, account_id: UUID) -> None:
    await connection.execute("select from accounts where id = $1 for no key update", account_id)


async def is_erased(connection: Connection, account_id: UUID) -> bool | None:
    """Whether an account is being erased, or was; None where there is none."""
    found: bool | None = await connection.fetchval(
        "select erased_at is not null from accounts where id = $1", account_id
    )
    return found


async def begin_erasure(connection: Connection, account_id: UUID) -> list[UUID]:
    """From now on it has no name, and nobody works in it; the account and its test account, the test account first."""
    rows = await connection.fetch(
        """update accounts set name = $2, erased_at = coalesce(erased_at, now()), suspended_at = coalesce(suspended_at, now())
           where id in (select id from accounts where id = $1 or test_of = $1 order by id for update)
           returning id, test_of is null as itself""",
        account_id,
        ERASED,
    )
    return [row["id"] for row in sorted(rows, key=lambda row: bool(row["itself"]))]


async def only_here(connection: Connection, account_id: UUID, after: UUID | None, most: int) -> list[Forgotten]:
    """Who is, or was, in this account and is in no other."""
    rows = await connection.fetch(
        """select people.id, issuer, subject, email, email_verified from people
           where exists (select from members where person_id = people.id and account_id = $1)
             and not exists (select from members where person_id = people.id and account_id <> $1 and removed_at is null)
             and ($2::uuid is null or people.id > $2)
           order by people.id limit $3""",
        account_id,
        after,
        most,
    )
    return structs_of(Forgotten, rows)


async def without_account(connection: Connection, before: datetime, most: int) -> list[Forgotten]:
    """Who has been in no account since then."""
    rows = await connection.fetch(
        """select people.id, people.issuer, people.subject, people.email, people.email_verified from people
           where people.created_at < $1
             and not exists (select from members where person_id = people.id and (removed_at is null or removed_at >= $1))
           order by people.id limit $2""",
        before,
        most,
    )
    return structs_of(Forgotten, rows)


async def lock_forgotten(connection: Connection, person_id: UUID, besides: UUID | None) -> Forgotten | None:
    """A person as they are, who comes into no account until the transaction ends; None where they are gone, or in one ``besides`` that one.

    Their address is empty where it is somebody else's as well, who goes on: as far as issuers have verified that, both of them where none has.
    """
    # What is read below is what others committed before this lock was given.
    await connection.execute("select from people where id = $1 for update", person_id)
    row = await connection.fetchrow(
        """select id, issuer, subject, email_verified, case when not exists (
             select from people as other where other.id <> people.id and lower(other.email) = lower(people.email)
               and (other.email_verified or not people.email_verified)) then email else '' end as email
           from people
           where id = $1 and not exists (select from members where person_id = $1 and removed_at is null
             and ($2::uuid is null or account_id <> $2))""",
        person_id,
        besides,
    )
    return struct_of(Forgotten, row)


async def hold_person(connection: Connection, person_id: UUID) -> bool:
    """Nobody erases them until the transaction ends. Whether they are known still."""
    return bool(await connection.fetchval("select true from people where id = $1 for key share", person_id))


async def keep_erased(connection: Connection, digest: bytes, now: datetime) -> None:
    """Tokens given before now make nobody of who signs in so."""
    await connection.execute(
        """insert into erased_sign_ins (digest, erased_at) values ($1, $2)
           on conflict (digest) do update set erased_at = excluded.erased_at""",
        digest,
        now,
    )


async def forget_person(connection: Connection, person_id: UUID) -> None:
    """Delete who somebody is, with their memberships."""
    await connection.execute("delete from members where person_id = $1", person_id)
    await connection.execute("delete from people where id = $1", person_id)


async def erase_members(connection: Connection, account_id: UUID, most: int) -> int:
    told = await connection.execute(
        "delete from members where id in (select id from members where account_id = $1 order by id limit $2 for update)",
        account_id,
        most,
    )
    return count_of(told)


async def erased_at(connection: Connection, digests: Sequence[bytes]) -> datetime | None:
    """When who signs in so was forgotten last, as far as that is kept."""
    found: datetime | None = await connection.fetchval(
        "select max(erased_at) from erased_sign_ins where digest = any($1)", list(digests)
    )
    return found


async def forget_erased(connection: Connection, before: datetime) -> None:
    await connection.execute("delete from erased_sign_ins where erased_at < $1", before)
