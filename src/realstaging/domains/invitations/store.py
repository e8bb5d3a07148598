"""Every statement on invitations."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from realstaging.domains.accounts.service import Kind, Role
from realstaging.runtime.account_data import Exported
from realstaging.runtime.database import Connection, count_of, one, struct_of, structs_of


class Row(msgspec.Struct, frozen=True):
    """An invitation, with who invited and into what."""

    id: UUID
    account_id: UUID
    account_name: str
    kind: Kind
    email: str
    role: Role
    invited_by: str
    created_at: datetime
    sent_at: datetime
    expires_at: datetime
    accepted_by: UUID | None
    revoked: bool
    inviter_role: Role | None
    """None where they left, or are suspended: what they asked for is no more than they are."""


ROW = """
select invitations.id, invitations.account_id, accounts.name as account_name, kind, invitations.email, invitations.role,
  people.name as invited_by, invitations.created_at, sent_at, expires_at, accepted_by, revoked_at is not null as revoked,
  case when removed_at is null and members.suspended_at is null then members.role end as inviter_role
from invitations join accounts on accounts.id = invitations.account_id join members on members.id = invited_by
  join people on people.id = members.person_id
"""


class Link(msgspec.Struct, frozen=True):
    """What a letter leads to: who sent it, and how long it is good."""

    token_digest: bytes
    sent_by: UUID
    sent_at: datetime
    expires_at: datetime


class New(msgspec.Struct, frozen=True):
    """A row as it is written."""

    id: UUID
    account_id: UUID
    email: str
    role: Role
    token_digest: bytes
    invited_by: UUID
    created_at: datetime
    expires_at: datetime


async def insert(connection: Connection, row: New) -> None:
    await connection.execute(
        """insert into invitations (id, account_id, email, role, token_digest, invited_by, created_at, sent_at, expires_at)
           values ($1, $2, $3, $4, $5, $6, $7, $7, $8)""",
        *(getattr(row, name) for name in New.__struct_fields__),
    )


async def get(connection: Connection, invitation_id: UUID) -> Row:
    return struct_of(Row, one(await connection.fetchrow(ROW + " where invitations.id = $1", invitation_id)))


async def lock(connection: Connection, account_id: UUID, invitation_id: UUID) -> Row | None:
    """One that is neither accepted nor revoked, and stays so until the transaction ends."""
    row = await connection.fetchrow(
        ROW
        + """ where invitations.account_id = $1 and invitations.id = $2 and accepted_by is null and revoked_at is null
        for update of invitations""",
        account_id,
        invitation_id,
    )
    return struct_of(Row, row)


async def lock_of_address(connection: Connection, account_id: UUID, email: str) -> Row | None:
    """The one of this address that is neither accepted nor revoked."""
    row = await connection.fetchrow(
        ROW
        + """ where invitations.account_id = $1 and lower(invitations.email) = lower($2)
          and accepted_by is null and revoked_at is null for update of invitations""",
        account_id,
        email,
    )
    return struct_of(Row, row)


async def listed(connection: Connection, account_id: UUID, most: int) -> list[Row]:
    rows = await connection.fetch(
        ROW
        + """ where invitations.account_id = $1 and accepted_by is null and revoked_at is null
        order by invitations.id desc limit $2""",
        account_id,
        most,
    )
    return structs_of(Row, rows)


async def find(connection: Connection, token_digest: bytes) -> Row | None:
    return struct_of(Row, await connection.fetchrow(ROW + " where token_digest = $1", token_digest))


async def count_open(connection: Connection, account_id: UUID) -> int:
    return int(
        await connection.fetchval(
            """select count(*) from invitations
               where account_id = $1 and accepted_by is null and revoked_at is null and expires_at > now()""",
            account_id,
        )
    )


async def revoke(connection: Connection, invitation_id: UUID) -> None:
    await connection.execute("update invitations set revoked_at = now() where id = $1", invitation_id)


async def renew(connection: Connection, invitation_id: UUID, link: Link) -> None:
    """Another link, and who sent that answers for it; the one before does not work any more."""
    await connection.execute(
        "update invitations set token_digest = $2, invited_by = $3, sent_at = $4, expires_at = $5 where id = $1",
        invitation_id,
        *(getattr(link, name) for name in Link.__struct_fields__),
    )


async def accept(connection: Connection, invitation_id: UUID, member_id: UUID, now: datetime) -> bool:
    """Whether it was open until now."""
    return bool(
        await connection.fetchval(
            """update invitations set accepted_by = $2, accepted_at = $3
               where id = $1 and accepted_by is null and revoked_at is null and expires_at > $3 returning true""",
            invitation_id,
            member_id,
            now,
        )
    )


class Sent(msgspec.Struct, frozen=True):
    """Letters since a moment."""

    by_account: int
    to_address: int


async def lock_address(connection: Connection, email: str) -> None:
    """Letters to one address are counted one after another, whoever sends them."""
    await connection.execute("select pg_advisory_xact_lock(hashtextextended(lower($1), 3))", email)


async def sent(connection: Connection, account_id: UUID, email: str, since: datetime) -> Sent:
    row = await connection.fetchrow(
        """select (select count(*) from invitation_letters where account_id = $1 and sent_at > $3) as by_account,
             (select count(*) from invitation_letters where email = lower($2) and sent_at > $3) as to_address""",
        account_id,
        email,
        since,
    )
    return struct_of(Sent, one(row))


async def note_letter(connection: Connection, account_id: UUID, email: str, now: datetime) -> None:
    await connection.execute(
        "insert into invitation_letters (account_id, email, sent_at) values ($1, lower($2), $3)", account_id, email, now
    )


async def forget(connection: Connection, over_before: datetime, sent_before: datetime) -> None:
    await connection.execute("delete from invitation_letters where sent_at < $1", sent_before)
    await connection.execute(
        """delete from invitations where id in (
             select id from invitations where coalesce(accepted_at, revoked_at, expires_at) < $1 order by id for update)""",
        over_before,
    )


async def exported(connection: Connection, account_id: UUID, after: str | None, most: int) -> list[Exported]:
    rows = await connection.fetch(
        """select id::text as at, to_jsonb(invitations) - 'token_digest' as said from invitations
           where account_id = $1 and ($2::text is null or id > $2::text::uuid) order by id limit $3""",
        account_id,
        after,
        most,
    )
    return structs_of(Exported, rows)


async def erase(connection: Connection, account_id: UUID) -> int:
    """Delete an account's invitations, and what is remembered of the letters that were sent for them."""
    told: str = await connection.execute(
        "delete from invitations where id in (select id from invitations where account_id = $1 order by id for update)",
        account_id,
    )
    await connection.execute("delete from invitation_letters where account_id = $1", account_id)
    return count_of(told)


async def forget_person(connection: Connection, person_id: UUID, email: str) -> int:
    """Delete what a person sent, accepted, or was sent to their address, in whichever account."""
    told: str = await connection.execute(
        """delete from invitations where id in (
             select id from invitations where invited_by in (select id from members where person_id = $1)
               or accepted_by in (select id from members where person_id = $1) or (email <> '' and lower(email) = lower($2))
             order by id for update)""",
        person_id,
        email,
    )
    await connection.execute("delete from invitation_letters where email <> '' and lower(email) = lower($1)", email)
    return count_of(told)
