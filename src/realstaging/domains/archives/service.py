"""Use cases of archives: ask for one, look at it, remove what is past its day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

import msgspec

from realstaging.domains.accounts import service as accounts
from realstaging.domains.accounts.service import Member
from realstaging.domains.archives import rules, store
from realstaging.domains.archives.errors import ArchivesTooLarge, TooManyArchives
from realstaging.domains.archives.payloads import Make, Withdraw
from realstaging.domains.archives.rules import Picture
from realstaging.domains.archives.schemas import MOST_FILES, Archive, FileKind, NewArchive
from realstaging.domains.projects import service as projects
from realstaging.domains.staging import reading as stagings
from realstaging.domains.staging.events import StagingChanged
from realstaging.imaging import mls_profiles
from realstaging.imaging.mls_profiles import MlsProfile
from realstaging.kit import filenames
from realstaging.kit.errors import Conflict, InvalidInput, NotFound
from realstaging.kit.filenames import Wanted
from realstaging.kit.ids import new_id
from realstaging.runtime.database import Connection
from realstaging.runtime.platform import Platform
from realstaging.runtime.quotas import Resource
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work, transaction

# An archive that is given to somebody who asks again is good for at least this long.
LEAST_LIFE: Final = timedelta(hours=1)
REMOVED_AT_ONCE: Final = 100


async def request(work: Work, caller: Member, project_id: UUID, asked: NewArchive) -> Archive:
    """Have a ZIP made. The same pictures asked for again are the same ZIP, while it is there."""
    await projects.require(work.connection, caller, project_id)
    pictures = await pictures_of(work.connection, project_id, asked.staging_ids)
    _check(pictures, asked)
    profile = await _profile(work.connection, caller, asked)
    fingerprint = rules.fingerprint(pictures, asked.files, rules.file_of(asked.files, profile))
    await store.lock_account(work.connection, caller.account.id)
    row = await store.alike(work.connection, project_id, fingerprint, work.now + LEAST_LIFE)
    if row is None:
        if await store.unfinished(work.connection, caller.account.id) >= rules.MOST_AT_ONCE:
            raise TooManyArchives
        limits = await work.platform.quotas.limits_of(work.connection, caller.account.id)
        if await store.ready_bytes(work.connection, caller.account.id) >= limits[Resource.STORAGE]:
            raise ArchivesTooLarge
        row = await store.insert(
            work.connection, _new(work, caller, project_id, pictures, Packed(asked.files, profile.id, fingerprint))
        )
    work.record(
        caller.account.id,
        Action.ARCHIVE_REQUESTED,
        row.id,
        project=project_id,
        pictures=len(pictures),
        files=asked.files,
    )
    return await archive_of(work.platform, work.connection, row)


def _check(pictures: Sequence[Picture], asked: NewArchive) -> None:
    if asked.staging_ids is not None and len(pictures) < len(set(asked.staging_ids)):
        raise Conflict("Not all of these stagings are finished stagings of this project. Ask for those that are ready.")
    if not pictures:
        raise Conflict("There is no finished staging in this project yet.")
    if len(pictures) > MOST_FILES:
        raise InvalidInput(
            f"A ZIP holds at most {MOST_FILES} pictures and this project has {len(pictures)}. Ask for some of them by staging_ids."
        )


async def _profile(connection: Connection, caller: Member, asked: NewArchive) -> MlsProfile:
    """The listing service that the files are for. InvalidInput where there is none of the name."""
    if asked.mls_profile is None:
        return mls_profiles.chosen((await accounts.preferences_of(connection, caller)).mls_profile)
    return mls_profiles.named(asked.mls_profile)


class Packed(msgspec.Struct, frozen=True):
    """What is packed of each picture, for which listing service; ``fingerprint``: the same for the same ZIP."""

    kind: FileKind
    mls_profile: str
    fingerprint: str


def _new(work: Work, caller: Member, project_id: UUID, pictures: Sequence[Picture], packed: Packed) -> store.NewRow:
    """A row, and the job that makes what it says."""
    archive_id = new_id()
    return store.NewRow(
        archive_id,
        caller.account.id,
        project_id,
        work.enqueue(Make(archive_id), lane="packing", account_id=caller.account.id),
        packed.kind,
        [picture.id for picture in pictures],
        packed.fingerprint,
        work.now + rules.LIFE,
        packed.mls_profile,
    )


async def get(work: Work, caller: Member, archive_id: UUID) -> Archive:
    """How far it is. That a link to it was handed out is put down."""
    row = await store.find(work.connection, caller.account.id, archive_id)
    if row is None:
        raise NotFound(
            "There is no such ZIP, or its day is over, or a picture in it was given back. Ask for a new one in the project."
        )
    archive = await archive_of(work.platform, work.connection, row)
    if archive.url:
        work.record(
            caller.account.id, Action.ARCHIVE_LINKED, archive_id, project=row.project_id, pictures=archive.files
        )
    return archive


async def archive_of(platform: Platform, connection: Connection, row: store.Row) -> Archive:
    """What callers and browsers are told of a row."""
    url = None
    if row.key and row.state == "ready":
        name = await projects.name_of(connection, row.project_id)
        download_name = filenames.one(Wanted(name), ".zip")
        url = platform.storage.sign_get(row.key, now=platform.clock(), download_name=download_name)
    return Archive(
        row.id,
        row.project_id,
        row.state,
        len(row.staging_ids),
        row.left_out,
        row.progress,
        row.size,
        url,
        row.error,
        row.created_at,
        row.expires_at,
    )


async def pictures_of(connection: Connection, project_id: UUID, staging_ids: Sequence[UUID] | None) -> list[Picture]:
    """The finished stagings of a project (or those of them that are named) that are still there, oldest first."""
    found = await stagings.finished(connection, project_id, staging_ids)
    return [Picture(one.id, one.photo_name, one.room_type, one.style, one.result_key) for one in found]


def folder(archive_id: UUID) -> str:
    return f"archives/{archive_id}/"


def picture_withdrawn(work: Work, account_id: UUID, event: StagingChanged) -> None:
    """Where a picture was given back, nobody is given a ZIP with it from this transaction on; a job removes their files."""
    if event.data.state == "withdrawn":
        work.enqueue(Withdraw(event.data.id), account_id=account_id)


async def remove_over(platform: Platform) -> None:
    """Remove archives past their day, or with a picture that was deleted or given back since: files first, so that a kill leaves no file without a row."""
    archive_ids = await store.over(platform.database, REMOVED_AT_ONCE)
    for archive_id in archive_ids:
        await platform.storage.delete(await platform.storage.list(folder(archive_id)))
    if archive_ids:
        async with transaction(platform) as work:
            await store.delete(work.connection, archive_ids)
