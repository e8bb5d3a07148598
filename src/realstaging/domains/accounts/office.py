"""Use cases of an account with several people: its name, its members, who owns it, whether it or somebody in it is suspended.

What a member is is asked of the locked rows, never of what the caller was let in by: that may be a minute old.
"""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from msgspec import UNSET

from realstaging.domains.accounts import members_store, rules, store
from realstaging.domains.accounts.errors import LastOwner, NoSuchAccount, NoSuchMember, TooManyAccounts, WasErased
from realstaging.domains.accounts.events import (
    AccountChanged,
    AccountResumed,
    AccountSuspended,
    MemberChanged,
    MemberRemoved,
    ToldMember,
)
from realstaging.domains.accounts.rules import Role
from realstaging.domains.accounts.schemas import (
    Account,
    AccountChange,
    AccountDetails,
    Colleague,
    Colleagues,
    Member,
    MemberChange,
    Membership,
    NewAccount,
)
from realstaging.kit import money
from realstaging.kit.errors import Conflict, NotPermitted, SignInAgain
from realstaging.kit.ids import new_id
from realstaging.runtime.database import Connection
from realstaging.runtime.platform import Platform
from realstaging.runtime.quotas import Resource, refusal
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work


async def create(work: Work, caller: Member, new: NewAccount) -> Membership:
    """A further account of the caller's. TooManyAccounts where they own as many as one may."""
    person_id = _person(caller)
    if not await store.lock_person(work.connection, person_id):
        raise WasErased
    if await store.count_owned(work.connection, person_id) >= rules.MOST_OWN:
        raise TooManyAccounts
    account = Account(new_id(), new.name.strip(), new.kind)
    await store.insert_account(work.connection, account)
    await members_store.join(work.connection, new_id(), account.id, person_id, Role.OWNER)
    work.record(account.id, Action.ACCOUNT_CREATED, account.id, name=account.name)
    return Membership(account, Role.OWNER, None)


def _person(caller: Member) -> UUID:
    if caller.person_id is None:
        raise NotPermitted("Only somebody who is signed in may do this, and no key.")
    return caller.person_id


async def details(platform: Platform, connection: Connection, caller: Member) -> AccountDetails:
    row = await store.details(connection, caller.account.id)
    limits = await platform.quotas.limits_of(connection, caller.account.id)
    return AccountDetails(row.id, row.name, row.kind, row.created_at, row.seats_used, limits[Resource.MEMBERS])


async def change(work: Work, caller: Member, change: AccountChange) -> AccountDetails:
    name = None if change.name is UNSET else change.name.strip()
    kind = None if change.kind is UNSET else change.kind
    await store.change_account(work.connection, caller.account.id, name, kind)
    changed = await details(work.platform, work.connection, caller)
    work.publish(caller.account.id, AccountChanged(Account(changed.id, changed.name, changed.kind)))
    work.record(caller.account.id, Action.ACCOUNT_CHANGED, changed.id, name=changed.name, kind=changed.kind)
    return changed


async def members(platform: Platform, caller: Member) -> Colleagues:
    return Colleagues([_colleague(row) for row in await members_store.members(platform.database, caller.account.id)])


def _colleague(row: members_store.Listed) -> Colleague:
    limit = None if row.monthly_limit is None else money.dollars(row.monthly_limit)
    return Colleague(row.id, row.name, row.email, row.role, row.suspended, row.since, limit)


class _Locked:
    """The members of the caller's account, who stay what they are until the transaction ends."""

    def __init__(self, caller: Member, standings: dict[UUID, members_store.Standing]) -> None:
        self._standings = standings
        if caller.id not in standings or standings[caller.id].suspended:
            raise NotPermitted("You are no member of this account any more.")
        self.actor = standings[caller.id]

    def target(self, member_id: UUID, given: Role | None = None) -> members_store.Standing:
        """Somebody whom the caller may change (into ``given``); NoSuchMember, NotPermitted."""
        if member_id not in self._standings:
            raise NoSuchMember
        target = self._standings[member_id]
        if refused := rules.refusal_to_change(self.actor.role, target.role, given):
            raise NotPermitted(refused)
        return target

    def require_another_owner(self, member_id: UUID) -> None:
        """LastOwner where nobody but this member owns the account."""
        owners = {one.id for one in self._standings.values() if one.role is Role.OWNER and not one.suspended}
        if rules.leaves_no_owner(owners, member_id):
            raise LastOwner


async def _lock(work: Work, caller: Member) -> _Locked:
    return _Locked(caller, await members_store.lock_members(work.connection, caller.account.id))


async def change_member(work: Work, caller: Member, member_id: UUID, change: MemberChange, *, fresh: bool) -> Colleague:
    """Another role, suspended or not, another limit: as far as they are named. ``fresh``: the caller has signed in minutes ago; SignInAgain
    where that is needed.
    """
    locked = await _lock(work, caller)
    role = None if change.role is UNSET else change.role
    target = locked.target(member_id, role)
    if not fresh and rules.asks_for_fresh_sign_in(target.role, role, suspends=change.suspended is not UNSET):
        raise SignInAgain
    if change.suspended is True and member_id == caller.id:
        raise Conflict("You cannot suspend yourself. Ask somebody else who may, or leave the account.")
    if change.suspended is True or role not in {None, Role.OWNER}:
        locked.require_another_owner(member_id)
    if change.suspended is False and target.suspended:
        await _require_seat(work, caller.account.id)
    account_id = caller.account.id
    if role:
        await members_store.set_role(work.connection, member_id, role)
        work.record(account_id, Action.MEMBER_ROLE_CHANGED, member_id, before=target.role, after=role)
    if change.suspended is not UNSET:
        await members_store.set_suspended(work.connection, member_id, suspended=change.suspended)
        work.record(account_id, Action.MEMBER_SUSPENDED if change.suspended else Action.MEMBER_RESTORED, member_id)
    if change.monthly_limit_usd is not UNSET:
        limit = None if change.monthly_limit_usd is None else money.micro(Decimal(change.monthly_limit_usd))
        await members_store.set_monthly_limit(work.connection, member_id, limit)
        work.record(account_id, Action.MEMBER_LIMIT_CHANGED, member_id, monthly_usd=change.monthly_limit_usd)
    work.publish(caller.account.id, MemberChanged(ToldMember(member_id, role or target.role)))
    return await _shown(work, caller, member_id)


async def _require_seat(work: Work, account_id: UUID) -> None:
    """QuotaReached where as many work in the account as its plan has seats for. Of two who take the last seat at once, one who comes in among
    them, one waits and sees the other.
    """
    await work.platform.quotas.room(work.connection, account_id, {Resource.MEMBERS})
    used, most = await _seats(work, account_id)
    if used >= most:
        raise refusal(Resource.MEMBERS, most, used)


async def is_beyond_seats(work: Work, account_id: UUID) -> bool:
    """Whether more work in the account than its plan has seats for. Called with its quotas locked."""
    used, most = await _seats(work, account_id)
    return used > most


async def _seats(work: Work, account_id: UUID) -> tuple[int, int]:
    """How many work in the account, and how many its plan has seats for."""
    most = (await work.platform.quotas.limits_of(work.connection, account_id))[Resource.MEMBERS]
    return (await store.details(work.connection, account_id)).seats_used, most


async def without_seat(connection: Connection, account_id: UUID, seats: int) -> list[members_store.Listed]:
    """Who would lose access if the account had so many seats: who came last, and no owner before everybody else."""
    working = [one for one in await members_store.members(connection, account_id) if not one.suspended]
    return rules.beyond(working, seats)


async def fit(work: Work, account_id: UUID, seats: int) -> list[UUID]:
    """Suspend who has no seat any more; who that is. An admin may choose others later."""
    await members_store.lock_members(work.connection, account_id)
    losing = await without_seat(work.connection, account_id, seats)
    for one in losing:
        await members_store.set_suspended(work.connection, one.id, suspended=True)
        work.record(account_id, Action.MEMBER_SUSPENDED, one.id, reason=f"the plan has {seats} seats")
        work.publish(account_id, MemberChanged(ToldMember(one.id, one.role)))
    return [one.id for one in losing]


async def _shown(work: Work, caller: Member, member_id: UUID) -> Colleague:
    row = await members_store.listed(work.connection, caller.account.id, member_id)
    if row is None:
        raise NoSuchMember
    return _colleague(row)


async def remove(work: Work, caller: Member, member_id: UUID) -> None:
    """Their work stays; they are let in no more."""
    locked = await _lock(work, caller)
    target = locked.target(member_id)
    locked.require_another_owner(member_id)
    await _end(work, caller.account.id, target)
    work.record(caller.account.id, Action.MEMBER_REMOVED, member_id, role=target.role)


async def _end(work: Work, account_id: UUID, member: members_store.Standing) -> None:
    await members_store.remove(work.connection, member.id)
    work.publish(account_id, MemberRemoved(ToldMember(member.id, member.role)))


async def leave(work: Work, caller: Member, account_id: UUID) -> None:
    """End the caller's membership in one of their accounts, also where they are suspended. LastOwner where nobody else owns it."""
    found = [one for one in await store.of_person(work.connection, _person(caller)) if one.account_id == account_id]
    if not found:
        raise NoSuchAccount
    standings = await members_store.lock_members(work.connection, account_id)
    if found[0].id not in standings:
        raise NoSuchAccount
    own = standings[found[0].id]
    owners = {one.id for one in standings.values() if one.role is Role.OWNER and not one.suspended}
    if rules.leaves_no_owner(owners, own.id):
        raise LastOwner
    await _end(work, account_id, own)
    work.record(account_id, Action.MEMBER_LEFT, own.id, role=own.role)


async def transfer(work: Work, caller: Member, member_id: UUID) -> Colleague:
    """Make somebody else the owner in the caller's place, who is an admin from then on."""
    locked = await _lock(work, caller)
    target = locked.target(member_id)
    if locked.actor.role is not Role.OWNER:
        raise NotPermitted("Only an owner can give an account away.")
    if member_id == caller.id:
        raise Conflict("You own this account already. Name another member.")
    if target.suspended:
        raise Conflict("This member is suspended. Lift that first, or name another.")
    await members_store.set_role(work.connection, member_id, Role.OWNER)
    await members_store.set_role(work.connection, caller.id, Role.ADMIN)
    for changed, role in ((member_id, Role.OWNER), (caller.id, Role.ADMIN)):
        work.publish(caller.account.id, MemberChanged(ToldMember(changed, role)))
    work.record(caller.account.id, Action.ACCOUNT_TRANSFERRED, caller.account.id, to=member_id)
    return await _shown(work, caller, member_id)


async def set_state(work: Work, account_id: UUID, *, suspended: bool) -> None:
    """As an operator does: suspend an account, or let it go on."""
    await suspend(work, account_id, suspended=suspended)
    work.record(account_id, Action.ACCOUNT_SUSPENDED if suspended else Action.ACCOUNT_RESTORED, account_id)


async def suspend(work: Work, account_id: UUID, *, suspended: bool) -> None:
    """Suspend an account, or let it go on. Who runs something for it is told, and stops that. Why, is put down by the caller."""
    account = await store.suspend_account(work.connection, account_id, suspended=suspended)
    if account is None:
        raise NoSuchAccount("There is no such account.")
    work.publish(account_id, AccountSuspended(account) if suspended else AccountResumed(account))
