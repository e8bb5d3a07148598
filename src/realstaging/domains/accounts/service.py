"""Signing in: which member of which account a token's bearer is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from realstaging.domains.accounts import account_data_store, members_store, store
from realstaging.domains.accounts.errors import (
    AccountSuspended,
    MemberSuspended,
    NoSuchAccount,
    TooManyAccounts,
    WasErased,
)
from realstaging.domains.accounts.events import ACCESS, MemberJoined, MemberRemoved, ToldMember
from realstaging.domains.accounts.profile import preferences_of
from realstaging.domains.accounts.rules import (
    MOST_MEMBERSHIPS,
    PERMISSIONS,
    Permission,
    Role,
    asks_for_fresh_sign_in,
    digest,
    is_above,
    needs,
    permissions_of,
    roles_with,
)
from realstaging.domains.accounts.schemas import Account, Contact, Kind, Member, Membership, Memberships, Suspended
from realstaging.kit import bounds
from realstaging.kit.errors import NotPermitted
from realstaging.kit.ids import new_id
from realstaging.runtime import acting
from realstaging.runtime.account_data import Person as Forgotten
from realstaging.runtime.acting import Actor, ActorKind
from realstaging.runtime.database import Connection
from realstaging.runtime.identity import Claims
from realstaging.runtime.platform import Platform
from realstaging.runtime.quotas import Resource
from realstaging.runtime.switches import Switch
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work, transaction

MOST_CONTACTS: Final = 50
"""Letters about one thing to those who look after it."""

__all__ = [
    "ACCESS",
    "PERMISSIONS",
    "Account",
    "AccountSuspended",
    "Contact",
    "Kind",
    "Member",
    "MemberSuspended",
    "Membership",
    "NoSuchAccount",
    "Permission",
    "Role",
    "Suspended",
    "asks_for_fresh_sign_in",
    "contact",
    "contacts_with",
    "first_owner",
    "is_above",
    "is_member",
    "join",
    "maker",
    "makers",
    "membership_of",
    "memberships",
    "monthly_limit_of",
    "needs",
    "nobody",
    "operator",
    "permissions_of",
    "person",
    "preferences_of",
    "require_person",
    "role_of",
    "roles_with",
    "shown",
    "sign_in",
    "test_account",
    "used",
]


async def sign_in(platform: Platform, claims: Claims, account_id: UUID | None = None) -> Member:
    """The member the token speaks of, in the account that is named or the first they came into; an account of their own where they are
    in none, however many requests come at once. NoSuchAccount where they are not in the one that is named.
    """
    known = await store.find(platform.database, claims, account_id)
    if known is None and account_id is not None:
        raise NoSuchAccount
    if known and not _differs(known, claims):
        return known.member
    async with transaction(platform) as work:
        await store.lock_subject(work.connection, claims)
        known = await store.find(work.connection, claims, account_id)
        if known:
            await _keep_up(work, known, claims)
        elif account_id is None:
            await _first_account(work, claims)
        known = await store.find(work.connection, claims, account_id)
    if known is None:
        raise NoSuchAccount
    return known.member


def _differs(known: store.Found, claims: Claims) -> bool:
    """Whether the issuer says something else by now than what is kept of this person."""
    said = (claims.email, claims.email_verified)
    return known.issuer != claims.issuer or (bool(claims.email) and said != (known.email, known.email_verified))


async def _keep_up(work: Work, known: store.Found, claims: Claims) -> None:
    if claims.email:
        await store.set_email(work.connection, known.person_id, claims.email, verified=claims.email_verified)
    if known.issuer != claims.issuer:
        await store.rename_issuer(work.connection, known.person_id, claims)


async def _first_account(work: Work, claims: Claims) -> None:
    work.platform.switches.require(Switch.SIGN_UPS)
    person_id = await store.keep_person(work.connection, new_id(), claims)
    # After that, which waits for an erasure that is at them: what it has put down is read here.
    digests = [digest(issuer, claims.subject) for issuer in claims.issuers]
    erased_at = await account_data_store.erased_at(work.connection, digests)
    if erased_at and claims.signed_in_at <= erased_at.timestamp():
        raise WasErased
    account = Account(new_id(), claims.name)
    await store.insert_account(work.connection, account)
    member_id = new_id()
    await store.insert_first(work.connection, member_id, account.id, person_id)
    # Nobody could be made out before.
    acting.by(Actor(ActorKind.PERSON, member_id, claims.email or claims.name))
    work.record(account.id, Action.ACCOUNT_CREATED, account.id, name=account.name)


def operator(member: Member) -> Member:
    """The same, who runs the service besides."""
    return msgspec.structs.replace(member, permissions=(*member.permissions, Permission.OPERATE))


async def test_account(work: Work, account: Account) -> UUID:
    """The account in which test keys of this one work, made with the first of them."""
    return await store.keep_test_account(work.connection, new_id(), account)


def nobody(account_id: UUID) -> Member:
    """The service itself, where it does in an account what people do there."""
    return Member(account_id, "", "", Account(account_id, ""))


async def address_of(connection: Connection, person_id: UUID) -> str:
    """A person's address, where their issuer has seen that it is theirs; else empty: anybody can say that they have any address."""
    found = await store.person(connection, person_id)
    return found.email if found and found.email_verified else ""


async def memberships(platform: Platform, caller: Member) -> Memberships:
    """The accounts that somebody is in, by whichever of them they ask; of a key, which is nobody's, none."""
    found = [] if caller.person_id is None else await store.of_person(platform.database, caller.person_id)
    return Memberships([one.membership for one in found])


async def monthly_limit_of(connection: Connection, account_id: UUID, member_id: UUID) -> int | None:
    """What the member's stagings may cost in a month, in millionths of a dollar; None for no limit of their own, as for a key."""
    return await store.monthly_limit_of(connection, account_id, member_id)


async def used(connection: Connection, account_id: UUID) -> dict[Resource, int]:
    """What the account has of what its plan limits."""
    return {Resource.MEMBERS: await members_store.count_members(connection, account_id)}


async def is_member(connection: Connection, account_id: UUID, email: str) -> bool:
    """Whether somebody whose address this is, as their issuer has seen, is in the account."""
    return await members_store.is_member(connection, account_id, email)


async def role_of(connection: Connection, caller: Member) -> Role:
    """The caller's role by their row, not by what they were let in by. NotPermitted where they are no member any more."""
    role = await store.role_of(connection, caller.account.id, caller.id)
    if role is None:
        raise NotPermitted("You are no member of this account any more.")
    return role


async def person(connection: Connection, caller: Member) -> store.Person:
    """Who the caller is. NotPermitted for a key, which is nobody's; WasErased where they were erased since they were let in."""
    if caller.person_id is None:
        raise NotPermitted("Only somebody who is signed in may do this, and no key.")
    found = await store.person(connection, caller.person_id)
    if found is None:
        raise WasErased
    return found


async def membership_of(connection: Connection, person_id: UUID, account_id: UUID) -> store.Found | None:
    """What a person is in an account; None where they are no member."""
    return await store.membership(connection, person_id, account_id)


async def join(work: Work, account_id: UUID, person_id: UUID, role: Role) -> UUID:
    """Make a person a member of an account; their membership. Who is one already stays what they are. TooManyAccounts where they are in as
    many as one may be.
    """
    if not await store.lock_person(work.connection, person_id):
        raise WasErased
    if await store.count_memberships(work.connection, person_id) >= MOST_MEMBERSHIPS:
        raise TooManyAccounts(
            f"You are in {MOST_MEMBERSHIPS} accounts, and that is as many as one may be in. Leave one first."
        )
    joined = await members_store.join(work.connection, new_id(), account_id, person_id, role)
    if joined.is_new:
        work.publish(account_id, MemberJoined(ToldMember(joined.id, joined.role)))
        work.record(account_id, Action.MEMBER_JOINED, joined.id, role=joined.role)
    return joined.id


async def contact(connection: Connection, account_id: UUID, member_id: UUID) -> Contact | None:
    """How a member of the account is written to; None for who is none any more."""
    return await store.contact(connection, account_id, member_id)


async def contacts_with(connection: Connection, account_id: UUID, permission: Permission) -> list[Contact]:
    """How those members are written to who have a permission in the account by their role."""
    return await store.contacts(connection, account_id, roles_with(permission), MOST_CONTACTS)


def maker(caller: Member) -> str:
    """What is kept of who made something: their membership, and nothing that would outlive them; of a key its name."""
    return str(caller.id) if caller.person_id else caller.name


async def makers(connection: Connection, kept: Sequence[str]) -> Mapping[str, str]:
    """How those are called now whom `maker` kept; empty for who was forgotten. What releases before 0.2 kept is told as it is."""
    ids = {text: UUID(text) for text in kept if text and re.fullmatch(bounds.ID, text)}
    found = {one.id: one.name for one in await store.named(connection, list(ids.values()))} if ids else {}
    return {text: found.get(ids[text], "") if text in ids else text for text in kept}


async def first_owner(connection: Connection, account_id: UUID) -> store.Person | None:
    """Who owns the account longest, of those whose address is verified first; None where nobody does, as a test account."""
    return await store.first_owner(connection, account_id)


async def shown(connection: Connection, account_id: UUID) -> store.Shown:
    """What an account is called, and whether it is suspended."""
    return await store.shown(connection, account_id)


async def require_person(connection: Connection, person_id: UUID) -> None:
    """Nobody erases this person until the transaction ends. WasErased where somebody has."""
    if not await account_data_store.hold_person(connection, person_id):
        raise WasErased


async def hold(connection: Connection, account_id: UUID) -> None:
    """Nobody suspends an account, or lets it go on, until the transaction ends."""
    await account_data_store.lock_account(connection, account_id)


async def is_erased(connection: Connection, account_id: UUID) -> bool | None:
    """Whether an account is being erased, or was; None where there is none."""
    return await account_data_store.is_erased(connection, account_id)


async def begin_erasure(work: Work, account_id: UUID) -> list[UUID]:
    """From now on it has no name, and nobody works in it; the account and its test account, the test account first."""
    return await account_data_store.begin_erasure(work.connection, account_id)


async def people_only_in(connection: Connection, account_id: UUID, after: UUID | None, most: int) -> list[Forgotten]:
    """Who is or was in an account and is in no other, after a place in their order."""
    return await account_data_store.only_here(connection, account_id, after, most)


async def people_without_account(connection: Connection, before: datetime, most: int) -> list[Forgotten]:
    """Who has been in no account since then."""
    return await account_data_store.without_account(connection, before, most)


async def forgotten(connection: Connection, person_id: UUID) -> Forgotten | None:
    """A person as they are forgotten; None where they are."""
    return await account_data_store.forgotten(connection, person_id)


async def begin_forgetting(work: Work, person_id: UUID, besides: UUID | None) -> Forgotten | None:
    """Somebody as they are, for other domains to forget and then `forget_person`, in this transaction: until it ends they come into no
    account. Tokens that they were given before make nobody of them again. None where they are gone, or in an account ``besides`` the
    one that is being erased: whoever goes on keeps everything.
    """
    person = await account_data_store.lock_forgotten(work.connection, person_id, besides)
    if person:
        await account_data_store.keep_erased(work.connection, digest(person.issuer, person.subject), work.now)
        for one in await account_data_store.lock_memberships(work.connection, person_id):
            # Processes that let them in a moment ago read anew who they are, and find nobody. Of a membership that was over that was told then.
            if not one.removed:
                work.publish(one.account_id, MemberRemoved(ToldMember(one.id, one.role)))
    return person


async def forget_person(work: Work, person: Forgotten) -> None:
    """Delete who somebody is, whom `begin_forgetting` gave."""
    await account_data_store.forget_person(work.connection, person.id)


async def forget_erased(connection: Connection, before: datetime) -> None:
    """Forget even that somebody was erased before then: no token of theirs is good any more."""
    await account_data_store.forget_erased(connection, before)
