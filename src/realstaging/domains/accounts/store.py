"""Every statement on people, and on accounts as who calls in them knows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from realstaging.domains.accounts.rules import Role, permissions_of
from realstaging.domains.accounts.schemas import Account, Contact, Kind, Member, Membership, Suspended
from realstaging.runtime.database import Connection, one, struct_of, structs_of
from realstaging.runtime.identity import Claims


class Found(msgspec.Struct, frozen=True):
    """A membership that is not over, with its person and its account."""

    id: UUID
    person_id: UUID
    issuer: str
    email: str
    email_verified: bool
    name: str
    role: Role
    member_suspended: bool
    account_suspended: bool
    account_id: UUID
    account_name: str
    kind: Kind
    test: bool

    @property
    def account(self) -> Account:
        return Account(self.account_id, self.account_name, self.kind, self.test)

    @property
    def suspended(self) -> Suspended | None:
        if self.account_suspended:
            return Suspended.ACCOUNT
        return Suspended.MEMBER if self.member_suspended else None

    @property
    def member(self) -> Member:
        suspended = self.suspended
        permissions = permissions_of(self.role, suspended=suspended is not None)
        return Member(self.id, self.email, self.name, self.account, self.role, self.person_id, permissions, suspended)

    @property
    def membership(self) -> Membership:
        return Membership(self.account, self.role, self.suspended)


FOUND = """
select members.id, people.id as person_id, people.issuer, people.email, people.email_verified, people.name, members.role,
  members.suspended_at is not null as member_suspended,
  accounts.suspended_at is not null or own.suspended_at is not null as account_suspended,
  accounts.id as account_id, accounts.name as account_name, accounts.kind, accounts.test_of is not null as test
from people join members on person_id = people.id join accounts as own on own.id = account_id
  join accounts on accounts.id = own.id or accounts.test_of = own.id
where removed_at is null
"""
# Whoever is in an account is in its test account as well, as the same (decision 101).


async def find(connection: Connection, claims: Claims, account_id: UUID | None) -> Found | None:
    """The person's membership in the account; without one, the first they came into."""
    row = await connection.fetchrow(
        FOUND
        + """ and people.issuer = any($1) and people.subject = $2
          and (accounts.id = $3 or ($3 is null and accounts.test_of is null))
        order by array_position($1, people.issuer), members.created_at, members.id limit 1""",
        list(claims.issuers),
        claims.subject,
        account_id,
    )
    return struct_of(Found, row)


async def of_person(connection: Connection, person_id: UUID) -> list[Found]:
    """All their memberships that are not over, in the order they came into them."""
    rows = await connection.fetch(
        FOUND + " and people.id = $1 order by members.created_at, members.id, accounts.test_of is not null", person_id
    )
    return structs_of(Found, rows)


async def membership(connection: Connection, person_id: UUID, account_id: UUID) -> Found | None:
    """What a person is in an account."""
    row = await connection.fetchrow(FOUND + " and people.id = $1 and accounts.id = $2", person_id, account_id)
    return struct_of(Found, row)


class Person(msgspec.Struct, frozen=True):
    """Who signs in, and the address that their issuer tells."""

    id: UUID
    email: str
    email_verified: bool


async def person(connection: Connection, person_id: UUID) -> Person | None:
    row = await connection.fetchrow("select id, email, email_verified from people where id = $1", person_id)
    return struct_of(Person, row)


async def first_owner(connection: Connection, account_id: UUID) -> Person | None:
    row = await connection.fetchrow(
        """select people.id, people.email, people.email_verified from members join people on people.id = person_id
           where account_id = $1 and role = 'owner' and removed_at is null
           order by not people.email_verified, members.created_at, members.id limit 1""",
        account_id,
    )
    return struct_of(Person, row)


async def role_of(connection: Connection, account_id: UUID, member_id: UUID) -> Role | None:
    """A member's role as it is now; None where they are none any more, or suspended."""
    role = await connection.fetchval(
        "select role from members where account_id = $1 and id = $2 and removed_at is null and suspended_at is null",
        account_id,
        member_id,
    )
    return None if role is None else Role(role)


async def lock_subject(connection: Connection, claims: Claims) -> None:
    await connection.execute(
        "select pg_advisory_xact_lock(hashtextextended($1, 1))", f"{claims.issuer} {claims.subject}"
    )


async def keep_person(connection: Connection, person_id: UUID, claims: Claims) -> UUID:
    """Who signs in, as their token says; the id of their row, which is ``person_id`` where they are new."""
    kept: UUID = await connection.fetchval(
        """insert into people (id, issuer, subject, email, email_verified, name) values ($1, $2, $3, $4, $5, $6)
           on conflict (issuer, subject) do update set email = excluded.email, email_verified = excluded.email_verified
           returning id""",
        person_id,
        claims.issuer,
        claims.subject,
        claims.email,
        claims.email_verified,
        claims.name,
    )
    return kept


async def rename_issuer(connection: Connection, person_id: UUID, claims: Claims) -> None:
    """The same person at the issuer's new address, unless they have come there as somebody new before."""
    await connection.execute(
        """update people set issuer = $2 where id = $1
             and not exists (select from people as other where other.issuer = $2 and other.subject = people.subject)""",
        person_id,
        claims.issuer,
    )


async def set_email(connection: Connection, person_id: UUID, email: str, *, verified: bool) -> None:
    await connection.execute(
        "update people set email = $2, email_verified = $3 where id = $1", person_id, email, verified
    )


async def insert_account(connection: Connection, account: Account) -> None:
    await connection.execute(
        "insert into accounts (id, name, kind) values ($1, $2, $3)", account.id, account.name, account.kind
    )


async def keep_test_account(connection: Connection, test_id: UUID, account: Account) -> UUID:
    """The test account of an account, ``test_id`` where it is new."""
    kept: UUID = await connection.fetchval(
        """insert into accounts (id, name, kind, test_of) values ($1, $2, $3, $4)
           on conflict (test_of) do update set name = accounts.name returning id""",
        test_id,
        f"{account.name} (test)",
        account.kind,
        account.id,
    )
    return kept


async def insert_first(connection: Connection, member_id: UUID, account_id: UUID, person_id: UUID) -> None:
    """The owner of an account that their first sign-in makes. Written with the names that the release before finds them by."""
    await connection.execute(
        """insert into members (id, account_id, person_id, role, issuer, subject, email, name)
           select $1, $2, people.id, 'owner', issuer, subject, email, name from people where people.id = $3""",
        member_id,
        account_id,
        person_id,
    )


async def lock_person(connection: Connection, person_id: UUID) -> bool:
    """Nobody else makes an account for them until the transaction ends. Whether they are known still: they may be erased."""
    return bool(await connection.fetchval("select true from people where id = $1 for update", person_id))


async def count_owned(connection: Connection, person_id: UUID) -> int:
    return int(
        await connection.fetchval(
            "select count(*) from members where person_id = $1 and role = 'owner' and removed_at is null", person_id
        )
    )


async def count_memberships(connection: Connection, person_id: UUID) -> int:
    return int(
        await connection.fetchval("select count(*) from members where person_id = $1 and removed_at is null", person_id)
    )


async def monthly_limit_of(connection: Connection, account_id: UUID, member_id: UUID) -> int | None:
    limit: int | None = await connection.fetchval(
        "select monthly_limit from members where account_id = $1 and id = $2", account_id, member_id
    )
    return limit


class Details(msgspec.Struct, frozen=True):
    """An account, and how many of its members may work."""

    id: UUID
    name: str
    kind: Kind
    created_at: datetime
    seats_used: int

    @property
    def account(self) -> Account:
        return Account(self.id, self.name, self.kind)


DETAILS = """select id, name, kind, created_at,
  (select count(*) from members where account_id = accounts.id and removed_at is null and members.suspended_at is null) as seats_used"""


async def details(connection: Connection, account_id: UUID) -> Details:
    row = await connection.fetchrow(f"{DETAILS} from accounts where id = $1", account_id)
    return struct_of(Details, one(row))


async def change_account(connection: Connection, account_id: UUID, name: str | None, kind: Kind | None) -> None:
    """What is None stays."""
    await connection.execute(
        "update accounts set name = coalesce($2, name), kind = coalesce($3, kind) where id = $1", account_id, name, kind
    )


async def suspend_account(connection: Connection, account_id: UUID, *, suspended: bool) -> Account | None:
    """The account; None where there is none."""
    row = await connection.fetchrow(
        """update accounts set suspended_at = case when $2 then coalesce(suspended_at, now()) end where id = $1
           returning id, name, kind""",
        account_id,
        suspended,
    )
    return struct_of(Account, row)


async def contact(connection: Connection, account_id: UUID, member_id: UUID) -> Contact | None:
    """None for who is no member of the account (any more), or whose address their issuer has not verified: it may be a stranger's."""
    row = await connection.fetchrow(
        """select people.name, people.email from members join people on people.id = person_id
           where account_id = $1 and members.id = $2 and removed_at is null and members.suspended_at is null
             and email_verified""",
        account_id,
        member_id,
    )
    return struct_of(Contact, row)


class Named(msgspec.Struct, frozen=True):
    """A membership, also one that is over, and how its person is called."""

    id: UUID
    name: str


async def named(connection: Connection, member_ids: Sequence[UUID]) -> list[Named]:
    """By their address, else by their name."""
    rows = await connection.fetch(
        """select members.id, coalesce(nullif(people.email, ''), people.name) as name
           from members join people on people.id = person_id where members.id = any($1)""",
        list(member_ids),
    )
    return structs_of(Named, rows)


async def contacts(connection: Connection, account_id: UUID, roles: Sequence[Role], most: int) -> list[Contact]:
    """How members in these roles are called and written to, the longest there first; whose address nobody has verified is left out: it may be
    a stranger's. Of a test account, those of the account that it is of.
    """
    rows = await connection.fetch(
        """select people.name, people.email from members join people on people.id = person_id
           where account_id = (select coalesce(test_of, id) from accounts where id = $1) and role = any($2) and removed_at is null
             and members.suspended_at is null and email_verified and people.email <> ''
           order by members.id limit $3""",
        account_id,
        list(roles),
        most,
    )
    return structs_of(Contact, rows)


class Shown(msgspec.Struct, frozen=True):
    """What an account is called, and whether it is suspended."""

    name: str
    suspended: bool


async def shown(connection: Connection, account_id: UUID) -> Shown:
    row = await connection.fetchrow(
        "select name, suspended_at is not null as suspended from accounts where id = $1", account_id
    )
    return struct_of(Shown, one(row))
