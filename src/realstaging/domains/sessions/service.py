"""Use cases of sessions: note that one is used, list them, end them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import partial
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from realstaging.domains.accounts import service as accounts
from realstaging.domains.accounts.service import Member
from realstaging.domains.notifications import service as notifications
from realstaging.domains.sessions import rules, store
from realstaging.domains.sessions.errors import NoSuchSession
from realstaging.domains.sessions.payloads import EndAtIssuer
from realstaging.domains.sessions.rules import hour_of as hour_of
from realstaging.domains.sessions.schemas import EndedNow, Session, Sessions
from realstaging.kit.errors import NotPermitted
from realstaging.runtime import acting, ended_sessions
from realstaging.runtime.database import in_parts
from realstaging.runtime.identity import Claims
from realstaging.runtime.platform import Platform
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work, transaction

PAGE: Final = "/settings/sessions"


async def note(platform: Platform, member: Member, claims: Claims) -> None:
    """The sign-in of these claims is used, from where the request acts. Who signs in from a new device is written to, once a device.
    WasErased where the person was erased since they were let in.
    """
    if member.person_id is None:
        return
    here = acting.current()
    seen = store.Seen(
        claims.session,
        member.person_id,
        claims.issuer_session,
        rules.device_of(here.device),
        here.address,
        rules.hour_of(platform.clock()),
        claims.signed_in_at,
    )
    async with transaction(platform) as work:
        await accounts.require_person(work.connection, member.person_id)
        if not await store.see(work.connection, seen):
            return
        await store.forget_sessions_beyond(work.connection, member.person_id, rules.MOST_LISTED)
        is_new = await store.see_device(work.connection, member.person_id, seen.device, seen.hour)
        await store.forget_devices_beyond(work.connection, member.person_id, rules.MOST_DEVICES)
        if is_new:
            await _write(work, member, seen)


async def _write(work: Work, member: Member, seen: store.Seen) -> None:
    """Tell the person, where their issuer has seen that the address is theirs."""
    contact = await accounts.contact(work.connection, member.account.id, member.id)
    if contact is None:
        return
    zone = (await accounts.preferences_of(work.connection, member)).time_zone
    digest = hashlib.sha256(seen.device.encode()).hexdigest()[:16]
    letter = notifications.NewDevice(
        to=notifications.Recipient(contact.name, contact.email),
        key=f"new_device:{seen.person_id}:{digest}",
        account_id=member.account.id,
        device=seen.device,
        address=seen.address,
        at=work.now.astimezone(ZoneInfo(zone)),
        path=PAGE,
    )
    await notifications.send(work, letter)


def _person(caller: Member) -> UUID:
    if caller.person_id is None:
        raise NotPermitted("Only somebody who is signed in may do this, and no key.")
    return caller.person_id


async def listed(platform: Platform, caller: Member, current: UUID | None) -> Sessions:
    """Where the caller is signed in."""
    rows = await store.listed(platform.database, _person(caller), platform.clock() - rules.LISTED_FOR)
    return Sessions(
        [Session(row.id, row.device, row.address, row.first_seen, row.last_seen, row.id == current) for row in rows]
    )


async def end(work: Work, caller: Member, session_id: UUID) -> None:
    """End one of the caller's sessions. NoSuchSession."""
    if not await _end(work, caller, [session_id], None):
        raise NoSuchSession


async def end_all(work: Work, caller: Member, *, but: UUID | None) -> EndedNow:
    """End all of the caller's sessions, but this one."""
    return EndedNow(await _end(work, caller, None, but))


async def _end(work: Work, caller: Member, ids: Sequence[UUID] | None, but: UUID | None) -> int:
    removed = await store.remove(work.connection, _person(caller), ids, but)
    if removed:
        await ended_sessions.end(work, [one.id for one in removed])
        named = sorted(one.issuer_session for one in removed if one.issuer_session)
        if named and work.platform.sign_in_identities.deletes:
            work.enqueue(EndAtIssuer(named))
    for one in removed:
        work.record(caller.account.id, Action.SESSION_ENDED, one.id)
    return len(removed)


async def forget(platform: Platform) -> None:
    """Forget sessions that were not used for long: nothing of theirs is good any more."""
    before = platform.clock() - rules.LISTED_FOR
    await in_parts(partial(store.forget, platform.database, before))
