"""Use cases of exports: ask for one, look at it, remove what is past its day."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import msgspec

from realstaging.domains.accounts.service import Member
from realstaging.domains.privacy import rules, store
from realstaging.domains.privacy.errors import ExportUnderWay
from realstaging.domains.privacy.events import ExportChanged, ToldExport
from realstaging.domains.privacy.payloads import Make
from realstaging.domains.privacy.schemas import Export, Exports, ExportState
from realstaging.kit.errors import NotFound, NotPermitted
from realstaging.kit.ids import new_id
from realstaging.runtime.platform import Platform
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work, transaction

REMOVED_AT_ONCE: Final = 100
MOST_LISTED: Final = 20
NAME: Final = "real-staging-export.zip"


def of_person(caller: Member) -> UUID:
    """Whose own things are asked for. NotPermitted for a key, which is nobody's."""
    if caller.person_id is None:
        raise NotPermitted("Only somebody who is signed in may do this, and no key.")
    return caller.person_id


async def request(work: Work, caller: Member, person_id: UUID | None = None) -> Export:
    """Have everything packed that the caller's account has; with ``person_id``, what is kept of that person. ExportUnderWay."""
    await store.lock_exports(work.connection, caller.account.id)
    if await store.under_way(work.connection, caller.account.id, person_id):
        raise ExportUnderWay
    export_id = new_id()
    job_id = work.enqueue(Make(export_id), lane="packing", account_id=caller.account.id)
    new = store.NewExport(export_id, caller.account.id, caller.id, person_id, job_id, work.now, work.now + rules.LIFE)
    row = await store.insert_export(work.connection, new)
    work.record(caller.account.id, Action.EXPORT_REQUESTED, row.id, of="account" if person_id is None else "person")
    tell(work, row)
    return _export(work.platform, row)


async def listed(platform: Platform, caller: Member, person_id: UUID | None = None) -> Exports:
    """Without links: one is given for each that is looked at."""
    rows = await store.exports(platform.database, caller.account.id, person_id, platform.clock(), MOST_LISTED)
    return Exports([msgspec.structs.replace(_export(platform, row), url=None) for row in rows])


async def get(platform: Platform, caller: Member, export_id: UUID, person_id: UUID | None = None) -> Export:
    """How far it is. Once ready, with a link, and that it was given is put down."""
    async with transaction(platform) as work:
        row = await store.find_export(work.connection, caller.account.id, person_id, export_id, work.now)
        if row is None:
            raise NotFound("There is no such export, or its day is over. Ask for a new one.")
        if row.state is ExportState.READY:
            work.record(caller.account.id, Action.EXPORT_LINKED, row.id)
        return _export(platform, row)


def _export(platform: Platform, row: store.ExportRow) -> Export:
    url = None
    if row.key and row.state is ExportState.READY:
        url = platform.storage.sign_get(row.key, now=platform.clock(), download_name=NAME)
    return Export(row.id, row.state, row.size, url, row.error, row.created_at, row.expires_at)


def tell(work: Work, row: store.ExportRow | None) -> None:
    """Browsers of the account, of an export of the account's; what a person has is their own."""
    if row and row.person_id is None:
        work.publish(row.account_id, ExportChanged(ToldExport(row.id, row.state)))


def folder(export_id: UUID) -> str:
    return f"exports/{export_id}/"


async def remove_over(platform: Platform) -> None:
    """Remove exports past their day: files first, so that a kill leaves no file without a row."""
    async with transaction(platform) as work:
        export_ids = await store.lock_over(work.connection, work.now, REMOVED_AT_ONCE)
        for export_id in export_ids:
            await platform.storage.erase(folder(export_id))
        await store.delete_exports(work.connection, export_ids)
