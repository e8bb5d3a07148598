"""Use cases of the audit trail: read, export, forget; and that somebody has signed in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Final
from uuid import UUID

import msgspec

from realstaging.domains.accounts.service import Member
from realstaging.domains.audit import rules, store
from realstaging.domains.audit.schemas import AuditEntry, AuditPage, Who
from realstaging.kit import cursors
from realstaging.kit.errors import InvalidInput
from realstaging.runtime.acting import ActorKind
from realstaging.runtime.database import Connection
from realstaging.runtime.platform import Platform
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work, transaction

READ_AT_ONCE: Final = 1000
FORGOTTEN_AT_ONCE: Final = 5000
# An hour's turn ends by itself: half a million entries.
MOST_BATCHES: Final = 100


class Asked(msgspec.Struct, frozen=True):
    """Which entries somebody asks for: those that fit everything that is said."""

    action: Action | None = None
    person: UUID | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def asked(
    action: str,
    person: str,
    subject: str,
    since: str | None = None,
    until: str | None = None,
) -> Asked:
    """As it was said in a request, in which what is not asked for stands empty. InvalidInput where a time is none."""
    return Asked(
        Action(action) if action else None,
        UUID(person) if person else None,
        subject or None,
        rules.moment(since),
        rules.moment(until),
    )


class Form(StrEnum):
    """What a file of entries is written in."""

    CSV = "csv"
    LINES = "jsonl"


async def note_sign_in(platform: Platform, member: Member) -> None:
    """Put down that the person who acts has signed in from this device; it is put down once a day, however often this is called."""
    async with transaction(platform) as work:
        work.record(member.account.id, Action.PERSON_SIGNED_IN, member.id)


async def page(platform: Platform, caller: Member, asked: Asked, cursor: str | None, limit: int) -> AuditPage:
    """What was done in the caller's account, newest first."""
    return await _page(platform, _of(caller.account.id, asked), cursor, limit)


async def page_of_platform(
    platform: Platform, account_id: UUID | None, asked: Asked, cursor: str | None, limit: int
) -> AuditPage:
    """For operators: what was done in an account; without one, in all of them and to the platform itself."""
    return await _page(platform, _of(account_id, asked), cursor, limit)


def _of(account_id: UUID | None, asked: Asked) -> store.Wanted:
    return store.Wanted(account_id, everything=account_id is None, **msgspec.structs.asdict(asked))


async def _page(platform: Platform, wanted: store.Wanted, cursor: str | None, limit: int) -> AuditPage:
    rows = await store.page(platform.database, wanted, cursors.decode(cursor), limit + 1)
    kept = [_entry(row) for row in rows[:limit]]
    return AuditPage(kept, cursors.encode(kept[-1].id) if len(rows) > limit else None)


async def newest_of(
    connection: Connection, account_id: UUID, actions: Sequence[Action], since: datetime
) -> Action | None:
    """Which of these was done last to an account, since then; None where none was."""
    return await store.newest_of(connection, account_id, actions, since)


async def export(work: Work, caller: Member, asked: Asked, form: Form) -> AsyncIterator[bytes]:
    """The entries as a file, newest first, read and written piece by piece. InvalidInput where they are too many for one.

    That it was asked for is put down as well, and is in the file.
    """
    wanted = _of(caller.account.id, asked)
    count = await store.count(work.connection, wanted, rules.MOST_EXPORTED + 1)
    if count > rules.MOST_EXPORTED:
        raise InvalidInput(
            f"A file holds {rules.MOST_EXPORTED:,} entries and these are more. Ask for a shorter time, with since and until."
        )
    work.record(caller.account.id, Action.AUDIT_EXPORTED, None, form=form, entries=count)
    return _pieces(work.platform, wanted, form)


async def _pieces(platform: Platform, wanted: store.Wanted, form: Form) -> AsyncIterator[bytes]:
    written: Callable[[Sequence[AuditEntry]], bytes] = rules.lines if form is Form.LINES else rules.table
    if form is Form.CSV:
        yield rules.table([], head=True)
    last: UUID | None = None
    left = rules.MOST_EXPORTED
    while left > 0 and (rows := await store.page(platform.database, wanted, last, min(READ_AT_ONCE, left))):
        yield written([_entry(row) for row in rows])
        last, left = rows[-1].id, left - len(rows)


def _entry(row: store.Row) -> AuditEntry:
    who = Who(ActorKind(row.actor_kind), row.actor_id, row.actor_name)
    return AuditEntry(
        row.id, row.created_at, row.account_id, row.action, row.subject, who, row.address, row.device, row.details
    )


async def forget(platform: Platform) -> None:
    """Take away what is older than entries are kept."""
    before = platform.clock() - platform.audit_kept
    forgotten = partial(store.forget, platform.database, before, FORGOTTEN_AT_ONCE)
    for _ in range(MOST_BATCHES):
        if await forgotten() < FORGOTTEN_AT_ONCE:
            return
