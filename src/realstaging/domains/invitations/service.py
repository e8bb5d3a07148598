"""Use cases of invitations: asked in by e-mail, sent once more, taken back, looked at, accepted.

A link is a random token of which only the SHA-256 is kept. It is good for two weeks, for one person, and until a newer one is sent.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from realstaging.domains.accounts import office
from realstaging.domains.accounts import service as accounts
from realstaging.domains.accounts.service import Member, Membership, Role
from realstaging.domains.invitations import rules, store
from realstaging.domains.invitations.errors import (
    AlreadyInvited,
    AlreadyMember,
    InvitationOver,
    NoSeat,
    NoSuchInvitation,
    OtherAddress,
    TooManyInvitations,
)
from realstaging.domains.invitations.rules import State
from realstaging.domains.invitations.schemas import (
    Acceptance,
    MemberInvitation,
    MemberInvitations,
    NewInvitation,
    Shown,
)
from realstaging.domains.notifications import letters
from realstaging.domains.notifications import service as notifications
from realstaging.kit.errors import NotPermitted, SignInAgain
from realstaging.kit.ids import new_id
from realstaging.runtime.database import Connection
from realstaging.runtime.platform import Platform
from realstaging.runtime.quotas import Resource
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work

MOST_LISTED: Final = 1000
"""More than any plan lets be open; those that ran out are listed as well, until they are sent anew, revoked or forgotten."""
PATH: Final = "/invitations/{token}"
"""Of the page that the letter leads to."""


async def used(connection: Connection, account_id: UUID) -> dict[Resource, int]:
    """Open invitations: somebody is expected, and there has to be room when they come."""
    return {Resource.MEMBERS: await store.count_open(connection, account_id)}


async def invite(work: Work, caller: Member, new: NewInvitation, *, fresh: bool) -> MemberInvitation:
    """QuotaReached where the plan holds no more; NotPermitted for a role above the caller's own; SignInAgain where they did not do so
    minutes ago (``fresh``) and that is needed.
    """
    await _check_role(work, caller, new.role)
    if not fresh and accounts.asks_for_fresh_sign_in(None, new.role):
        raise SignInAgain
    room = await work.platform.quotas.room(work.connection, caller.account.id, {Resource.MEMBERS})
    before = await store.lock_of_address(work.connection, caller.account.id, new.email)
    if before and work.now < before.expires_at:
        raise AlreadyInvited
    if await accounts.is_member(work.connection, caller.account.id, new.email):
        raise AlreadyMember
    if full := room.take({Resource.MEMBERS: 1}):
        raise full
    if before:
        await store.revoke(work.connection, before.id)
    token, invitation_id = rules.new_token(), new_id()
    row = store.New(
        invitation_id,
        caller.account.id,
        new.email,
        new.role,
        rules.digest(token),
        caller.id,
        work.now,
        work.now + rules.LIFE,
    )
    await store.insert(work.connection, row)
    return await _send(work, invitation_id, token)


async def _check_role(work: Work, caller: Member, role: Role) -> None:
    own = await accounts.role_of(work.connection, caller)
    if accounts.is_above(role, own):
        raise NotPermitted(f"You are {own}, and cannot invite anybody as {role}. Ask an owner.")


async def _send(work: Work, invitation_id: UUID, token: str) -> MemberInvitation:
    row = await store.get(work.connection, invitation_id)
    await _count(work, row)
    letter = letters.Invitation(
        to=letters.Recipient("", row.email),
        key=f"invitation:{row.id}:{row.sent_at.timestamp()}",
        account_id=row.account_id,
        inviter=row.invited_by,
        office=row.account_name,
        role=row.role,
        path=PATH.format(token=token),
        expires_at=row.expires_at,
    )
    await notifications.send(work, letter)
    work.record(row.account_id, Action.MEMBER_INVITED, row.id, email=row.email, role=row.role)
    return _invitation(row, work.now)


async def _count(work: Work, row: store.Row) -> None:
    """TooManyInvitations beyond what an account sends, or an address gets, in a day. Called with the account's quotas locked."""
    await store.lock_address(work.connection, row.email)
    sent = await store.sent(work.connection, row.account_id, row.email, work.now - rules.A_DAY)
    if sent.by_account >= rules.MOST_A_DAY:
        raise TooManyInvitations(f"This account has sent {rules.MOST_A_DAY} invitations today. Try again tomorrow.")
    if sent.to_address >= rules.MOST_TO_ADDRESS:
        raise TooManyInvitations(
            f"{row.email} was sent {rules.MOST_TO_ADDRESS} invitations today, and is left in peace until tomorrow."
        )
    await store.note_letter(work.connection, row.account_id, row.email, work.now)


def _invitation(row: store.Row, now: datetime) -> MemberInvitation:
    return MemberInvitation(
        row.id, row.email, row.role, _state(row, now), row.invited_by, row.created_at, row.sent_at, row.expires_at
    )


def _state(row: store.Row, now: datetime) -> State:
    unanswered = row.inviter_role is None or accounts.is_above(row.role, row.inviter_role)
    return rules.state(row.expires_at, now, accepted=row.accepted_by is not None, revoked=row.revoked or unanswered)


async def listed(platform: Platform, caller: Member) -> MemberInvitations:
    rows = await store.listed(platform.database, caller.account.id, MOST_LISTED)
    return MemberInvitations([_invitation(row, platform.clock()) for row in rows])


async def resend(work: Work, caller: Member, invitation_id: UUID, *, fresh: bool) -> MemberInvitation:
    """Another letter with another link, good for two weeks from now; the link before does not work any more. SignInAgain as to invite."""
    room = await work.platform.quotas.room(work.connection, caller.account.id, {Resource.MEMBERS})
    row = await store.lock(work.connection, caller.account.id, invitation_id)
    if row is None:
        raise NoSuchInvitation("There is no such invitation that is open. GET /api/v1/invitations lists them.")
    await _check_role(work, caller, row.role)
    if not fresh and accounts.asks_for_fresh_sign_in(None, row.role):
        raise SignInAgain
    if row.expires_at <= work.now and (full := room.take({Resource.MEMBERS: 1})):
        raise full
    token = rules.new_token()
    link = store.Link(rules.digest(token), caller.id, work.now, work.now + rules.LIFE)
    await store.renew(work.connection, row.id, link)
    return await _send(work, row.id, token)


async def revoke(work: Work, caller: Member, invitation_id: UUID) -> None:
    row = await store.lock(work.connection, caller.account.id, invitation_id)
    if row is None:
        raise NoSuchInvitation("There is no such invitation that is open. GET /api/v1/invitations lists them.")
    await store.revoke(work.connection, row.id)
    work.record(caller.account.id, Action.MEMBER_INVITATION_REVOKED, row.id, email=row.email)


async def look(platform: Platform, token: str) -> Shown:
    """What the page of the link shows. NoSuchInvitation, InvitationOver."""
    row = await _open(platform.database, token, platform.clock())
    return Shown(row.account_name, row.kind, row.invited_by, row.role, row.email, row.expires_at)


async def _open(connection: Connection, token: str, now: datetime) -> store.Row:
    row = await _found(connection, token)
    if (state := _state(row, now)) is not State.OPEN:
        raise InvitationOver(_OVER[state])
    return row


async def _found(connection: Connection, token: str) -> store.Row:
    row = await store.find(connection, rules.digest(token))
    if row is None:
        raise NoSuchInvitation
    return row


_OVER: Final = {
    State.EXPIRED: "This invitation has run out. Ask who invited you to send it once more.",
    State.REVOKED: "This invitation was taken back, or who sent it is gone. Ask for another.",
    State.ACCEPTED: "This invitation was accepted already. Sign in with the address that you accepted it with.",
}


async def accept(work: Work, caller: Member, given: Acceptance) -> Membership:
    """Become a member. Accepted once more by the same person, it is answered alike; who is a member already stays what they are. NoSeat
    where the plan has become smaller since they were invited.
    """
    person = await accounts.person(work.connection, caller)
    row = await _found(work.connection, given.token)
    own = await accounts.membership_of(work.connection, person.id, row.account_id)
    if own and row.accepted_by == own.id:
        return own.membership
    row = await _open(work.connection, given.token, work.now)
    theirs = rules.is_theirs(row.email, person.email, verified=person.email_verified)
    if not theirs and not given.confirm_other_address:
        raise OtherAddress(
            f"This invitation went to {row.email}, and you are signed in with {person.email or 'no address'}"
            f"{'' if person.email_verified or not person.email else ', which was never verified'}. Sign in with the address that was "
            "invited, or accept it with confirm_other_address: true.",
            invited=row.email,
            signed_in_with=person.email,
        )
    member_id = await accounts.join(work, row.account_id, person.id, row.role)
    if own is None:
        await _keep_within_seats(work, row.account_id)
    if not await store.accept(work.connection, row.id, member_id, work.now):
        raise InvitationOver
    joined = await accounts.membership_of(work.connection, person.id, row.account_id)
    assert joined is not None
    return joined.membership


async def _keep_within_seats(work: Work, account_id: UUID) -> None:
    """NoSeat where the one who has just come in is one too many. Of two who come for the last seat at once one waits, and sees the other."""
    await work.platform.quotas.room(work.connection, account_id, {Resource.MEMBERS})
    if await office.is_beyond_seats(work, account_id):
        raise NoSeat


async def forget(platform: Platform) -> None:
    """Delete what was over long ago."""
    now = platform.clock()
    await store.forget(platform.database, now - rules.KEPT_FOR, now - 2 * rules.A_DAY)
