"""Every statement on who is a member of an account, and as what: they join, change, leave, are listed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from realstaging.domains.accounts.rules import Role
from realstaging.runtime.database import Connection, one, struct_of, structs_of


class Joined(msgspec.Struct, frozen=True):
    """A membership, and whether it is new."""

    id: UUID
    role: Role
    is_new: bool


async def join(connection: Connection, member_id: UUID, account_id: UUID, person_id: UUID, role: Role) -> Joined:
    """Make the person a member, anew where they were one before; who is one stays as they are."""
    row = await connection.fetchrow(
        """with before as (select id from members where account_id = $2 and person_id = $3 and removed_at is null)
           insert into members (id, account_id, person_id, role) values ($1, $2, $3, $4)
           on conflict (person_id, account_id) do update set
             role = case when members.removed_at is null then members.role else excluded.role end,
             created_at = case when members.removed_at is null then members.created_at else excluded.created_at end,
             removed_at = null
           returning id, role, not exists (select from before) as is_new""",
        member_id,
        account_id,
        person_id,
        role,
    )
    return struct_of(Joined, one(row))


class Standing(msgspec.Struct, frozen=True):
    """What a member is."""

    id: UUID
    role: Role
    suspended: bool


async def lock_members(connection: Connection, account_id: UUID) -> dict[UUID, Standing]:
    """All members, who stay what they are until the transaction ends."""
    rows = await connection.fetch(
        """select id, role, suspended_at is not null as suspended from members
           where account_id = $1 and removed_at is null order by id for no key update""",
        account_id,
    )
    return {row["id"]: struct_of(Standing, row) for row in rows}


async def set_role(connection: Connection, member_id: UUID, role: Role) -> None:
    await connection.execute("update members set role = $2 where id = $1", member_id, role)


async def set_suspended(connection: Connection, member_id: UUID, *, suspended: bool) -> None:
    await connection.execute(
        "update members set suspended_at = case when $2 then coalesce(suspended_at, now()) end where id = $1",
        member_id,
        suspended,
    )


async def set_monthly_limit(connection: Connection, member_id: UUID, limit: int | None) -> None:
    await connection.execute("update members set monthly_limit = $2 where id = $1", member_id, limit)


async def remove(connection: Connection, member_id: UUID) -> None:
    """End a membership. The release before no longer finds the person by it either."""
    await connection.execute(
        """update members set removed_at = now(), suspended_at = null, monthly_limit = null, issuer = null, subject = null
           where id = $1""",
        member_id,
    )


class Listed(msgspec.Struct, frozen=True):
    """A member with their person; ``monthly_limit`` in millionths of a dollar."""

    id: UUID
    name: str
    email: str
    role: Role
    suspended: bool
    since: datetime
    monthly_limit: int | None


LISTED = """
select members.id, people.name, people.email, role, suspended_at is not null as suspended, members.created_at as since, monthly_limit
from members join people on people.id = person_id where account_id = $1 and removed_at is null
"""


async def members(connection: Connection, account_id: UUID) -> list[Listed]:
    rows = await connection.fetch(LISTED + " order by members.created_at, members.id", account_id)
    return structs_of(Listed, rows)


async def listed(connection: Connection, account_id: UUID, member_id: UUID) -> Listed | None:
    return struct_of(Listed, await connection.fetchrow(LISTED + " and members.id = $2", account_id, member_id))


async def is_member(connection: Connection, account_id: UUID, email: str) -> bool:
    """Whether somebody with this verified address is one."""
    return bool(
        await connection.fetchval(
            """select true from members join people on people.id = person_id
               where account_id = $1 and removed_at is null and email_verified and lower(people.email) = lower($2) limit 1""",
            account_id,
            email,
        )
    )


async def count_members(connection: Connection, account_id: UUID) -> int:
    return int(
        await connection.fetchval(
            "select count(*) from members where account_id = $1 and removed_at is null", account_id
        )
    )
