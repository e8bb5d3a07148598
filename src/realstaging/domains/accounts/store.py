"""Every statement on accounts and members."""

from __future__ import annotations

from uuid import UUID

import asyncpg

from realstaging.domains.accounts.schemas import Account, Contact, Member
from realstaging.runtime.database import Connection, struct_of
from realstaging.runtime.identity import Claims


def _member(row: asyncpg.Record) -> Member:
    return Member(row["id"], row["email"], row["name"], Account(row["account_id"], row["account_name"]))


async def find(connection: Connection, claims: Claims) -> Member | None:
    row = await connection.fetchrow(
        """select members.id, email, members.name, account_id, accounts.name as account_name
           from members join accounts on accounts.id = account_id where issuer = $1 and subject = $2""",
        claims.issuer,
        claims.subject,
    )
    return _member(row) if row else None


async def lock_subject(connection: Connection, claims: Claims) -> None:
    await connection.execute(
        "select pg_advisory_xact_lock(hashtextextended($1, 1))", f"{claims.issuer} {claims.subject}"
    )


async def insert(connection: Connection, member_id: UUID, account_id: UUID, claims: Claims) -> None:
    await connection.execute("insert into accounts (id, name) values ($1, $2)", account_id, claims.name)
    await connection.execute(
        "insert into members (id, account_id, issuer, subject, email, name) values ($1, $2, $3, $4, $5, $6)",
        member_id,
        account_id,
        claims.issuer,
        claims.subject,
        claims.email,
        claims.name,
    )


async def contact(connection: Connection, account_id: UUID, member_id: UUID) -> Contact | None:
    """None for who is no member of the account (any more)."""
    row = await connection.fetchrow(
        "select name, email from members where account_id = $1 and id = $2", account_id, member_id
    )
    return struct_of(Contact, row)
