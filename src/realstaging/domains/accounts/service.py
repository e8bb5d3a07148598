"""Signing in."""

from __future__ import annotations

from uuid import UUID

from realstaging.domains.accounts import store
from realstaging.domains.accounts.schemas import Account, Contact, Member
from realstaging.kit.ids import new_id
from realstaging.runtime.database import Connection
from realstaging.runtime.identity import Claims
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import transaction

__all__ = ["Account", "Contact", "Member", "contact", "sign_in"]


async def sign_in(platform: Platform, claims: Claims) -> Member:
    """The member the token speaks of; an account of their own at the first sign-in, however many requests come at once."""
    known = await store.find(platform.database, claims)
    if known:
        return known
    async with transaction(platform) as work:
        await store.lock_subject(work.connection, claims)
        known = await store.find(work.connection, claims)
        if known:
            return known
        member_id, account_id = new_id(), new_id()
        await store.insert(work.connection, member_id, account_id, claims)
        return Member(member_id, claims.email, claims.name, Account(account_id, claims.name))


async def contact(connection: Connection, account_id: UUID, member_id: UUID) -> Contact | None:
    """How a member of the account is written to; None for who is none any more."""
    return await store.contact(connection, account_id, member_id)
