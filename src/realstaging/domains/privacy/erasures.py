"""Use cases of erasures: ask for one, take it back in time, begin what is due, do it again after a restore."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
import structlog

from realstaging.domains.accounts import office
from realstaging.domains.accounts import service as accounts
from realstaging.domains.accounts.service import Member, Permission, Role
from realstaging.domains.audit import service as audit
from realstaging.domains.notifications import service as notifications
from realstaging.domains.notifications.service import ErasureBegun, Recipient
from realstaging.domains.privacy import rules, store
from realstaging.domains.privacy.errors import NotTheName, TestAccountsGoAlong
from realstaging.domains.privacy.payloads import Erase
from realstaging.domains.privacy.schemas import Erasure, NewErasure
from realstaging.domains.privacy.store import Kept as Kept
from realstaging.kit.errors import Conflict, NotFound, NotPermitted
from realstaging.kit.ids import new_id
from realstaging.runtime.database import Connection
from realstaging.runtime.platform import Platform
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work, transaction

log = structlog.get_logger()

LOG: Final = "erasures"
"""The folder of the bucket in which erasures are written down, outside the database that a restore brings back."""
AT_ONCE: Final = 100
PATH: Final = "/settings/privacy"


async def request(work: Work, caller: Member, asked: NewErasure) -> Erasure:
    """Suspend the caller's account; everything of it is erased when the days are over in which that can be taken back."""
    if caller.account.test:
        raise TestAccountsGoAlong
    if await accounts.role_of(work.connection, caller) is not Role.OWNER:
        raise NotPermitted("Only an owner can have an account erased.")
    account_id = caller.account.id
    account = await accounts.shown(work.connection, account_id)
    if asked.name.strip() != account.name.strip():
        raise NotTheName
    owners = await accounts.contacts_with(work.connection, account_id, Permission.ERASE)
    told = [store.Told(owner.name, owner.email) for owner in owners]
    new = New(work.now + rules.GRACE, account=account_id, tell=told, suspended_before=account.suspended)
    row = await _insert(work, new)
    if row is None:
        raise Conflict("This account is being erased already.")
    await office.suspend(work, account_id, suspended=True)
    await _tell_owners(work, row, f"erasure-begun:{row.id}", who=caller.name)
    work.record(account_id, Action.ACCOUNT_ERASURE_REQUESTED, account_id, due=row.due_at)
    return _erasure(row)


async def _tell_owners(work: Work, row: store.ErasureRow, key: str, *, who: str = "") -> None:
    """By when it can be taken back. ``who`` asked for it; without, a restore has brought it back."""
    assert row.account_id is not None
    account = await accounts.shown(work.connection, row.account_id)
    for number, owner in enumerate(row.tell):
        letter = ErasureBegun(
            to=Recipient(owner.name, owner.email),
            key=f"{key}:{number}",
            account_id=row.account_id,
            account=account.name,
            who=who,
            due_at=row.due_at,
            path=PATH,
        )
        await notifications.send(work, letter)


class New(msgspec.Struct, frozen=True):
    """An erasure to be begun at ``due_at``, of an account or of a person."""

    due_at: datetime
    account: UUID | None = None
    person: UUID | None = None
    tell: Sequence[store.Told] = ()
    suspended_before: bool = False


async def _insert(work: Work, new: New) -> store.ErasureRow | None:
    """None where one is open already."""
    row = store.NewErasureRow(new_id(), new.account, new.person, work.now, new.due_at, new.suspended_before, new.tell)
    inserted = await store.insert_erasure(work.connection, row)
    if inserted:
        # The service's own: an account's jobs go with it.
        await store.give_job(work.connection, row.id, work.enqueue(Erase(row.id), run_at=new.due_at))
    return inserted


def _erasure(row: store.ErasureRow) -> Erasure:
    if row.account_id is None:
        raise NotFound
    return Erasure(row.id, row.account_id, row.state, row.requested_at, row.due_at)


async def get(platform: Platform, caller: Member, account_id: UUID) -> Erasure:
    """The erasure of an account of the caller's that is open."""
    await _require_owner(platform.database, caller, account_id)
    row = await store.open_erasure(platform.database, account_id)
    if row is None:
        raise NotFound("This account is not being erased.")
    return _erasure(row)


async def withdraw(work: Work, caller: Member, account_id: UUID) -> Erasure:
    """Take it back, while its day has not come: the account goes on as it was."""
    await _require_owner(work.connection, caller, account_id)
    row = await store.lock_open_erasure(work.connection, account_id)
    if row is None:
        raise NotFound("This account is not being erased.")
    if row.due_at <= work.now:
        raise Conflict("The day has come, and this account is being erased: nothing brings it back.")
    withdrawn = await store.withdraw(work.connection, row.id)
    # Who runs the service may have suspended it meanwhile, or lifted that: what they did last holds.
    await accounts.hold(work.connection, account_id)
    last = await audit.newest_of(work.connection, account_id, rules.STATES, row.requested_at - rules.AT_ONCE)
    if not rules.suspended_besides(last, before=row.suspended_before):
        await office.suspend(work, account_id, suspended=False)
    work.record(account_id, Action.ACCOUNT_ERASURE_WITHDRAWN, account_id)
    return _erasure(withdrawn)


async def _require_owner(connection: Connection, caller: Member, account_id: UUID) -> None:
    """The caller owns the account, suspended as it is."""
    found = caller.person_id and await accounts.membership_of(connection, caller.person_id, account_id)
    if not found:
        raise accounts.NoSuchAccount
    if found.role is not Role.OWNER or found.member_suspended:
        raise NotPermitted("Only an owner can have an account erased, or take that back.")


async def go_on(platform: Platform) -> None:
    """Begin what is due, go on with what nobody is at, and forget people who have been in no account for days."""
    async with transaction(platform) as work:
        for erasure_id in await store.without_job(work.connection, work.now, AT_ONCE):
            await store.give_job(work.connection, erasure_id, work.enqueue(Erase(erasure_id)))
    now = platform.clock()
    for person in await accounts.people_without_account(platform.database, now - rules.GRACE, AT_ONCE):
        async with transaction(platform) as work:
            tell = [store.Told("", person.email)] if person.email_verified else []
            await _insert(work, New(work.now, person=person.id, tell=tell))
    await accounts.forget_erased(platform.database, now - rules.SIGN_INS_KEPT)


class Entry(msgspec.Struct, frozen=True):
    """What is written down of an erasure outside the database: ids and a time, nothing that says who it was."""

    erasure: UUID
    account: UUID | None
    person: UUID | None
    at: datetime


async def write_down(platform: Platform, row: store.ErasureRow) -> None:
    """Before the first row goes: what a restore brings back is found by it."""
    entry = Entry(row.id, row.account_id, row.person_id, platform.clock())
    await platform.storage.put(_entry_key(row.id), msgspec.json.encode(entry), "application/json")


def _entry_key(erasure_id: UUID) -> str:
    return f"{LOG}/{erasure_id}.json"


async def replay(platform: Platform) -> AsyncIterator[Entry]:
    """Erase again what a restore has brought back: each erasure that is begun anew. To be called once after every restore. What was asked
    for before and had not begun waits for its whole time anew: it may have been taken back since the backup.
    """
    begun: list[UUID] = []
    async for page in platform.storage.scan(f"{LOG}/"):
        for file in page:
            entry = msgspec.json.decode(await platform.storage.get(file.key), type=Entry)
            if entry.account:
                begun.append(entry.account)
            if await _again(platform, entry):
                log.warning("erasure.replayed", erasure=str(entry.erasure))
                yield entry
    await _wait_anew(platform, begun)


async def _wait_anew(platform: Platform, begun: Sequence[UUID]) -> None:
    """All but the accounts whose erasure had ``begun``."""
    async with transaction(platform) as work:
        for row in await store.put_off(work.connection, work.now + rules.GRACE, begun):
            await _tell_owners(work, row, f"erasure-again:{row.id}:{work.now:%Y-%m-%d}")
            log.warning("erasure.waits_anew", erasure=str(row.id), due=row.due_at.isoformat())


async def _again(platform: Platform, entry: Entry) -> bool:
    async with transaction(platform) as work:
        if entry.account:
            if await accounts.is_erased(work.connection, entry.account) is not False:
                return False
            open_one = await store.lock_open_erasure(work.connection, entry.account)
            if open_one:
                # One that was waiting when the backup was made.
                await store.hasten(work.connection, open_one.id, work.now)
                return True
            return await _insert(work, New(work.now, account=entry.account)) is not None
        if entry.person is None or await accounts.forgotten(work.connection, entry.person) is None:
            return False
        return await _insert(work, New(work.now, person=entry.person)) is not None


async def let_go(work: Work, row: store.ErasureRow) -> None:
    """Who was to be forgotten has come into an account meanwhile: nothing of them was touched, and nothing is erased after a restore.

    Before this is committed: whoever is ended in between is followed by one who writes it down anew, and takes it out again.
    """
    log.warning("erasure.nobody_forgotten", erasure=str(row.id), person=str(row.person_id))
    await work.platform.storage.delete([_entry_key(row.id)])
    await store.withdraw(work.connection, row.id)


async def newest(platform: Platform, most: int) -> list[Kept]:
    """Erasures with their receipts, newest first."""
    return await store.newest(platform.database, most)
