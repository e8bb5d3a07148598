"""What a worker does with an archive: every picture is read once and written on; nothing is held but the picture on its way."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from typing import Final

import zipstream

from realstaging.domains.archives import rules, service, store
from realstaging.domains.archives.events import ArchiveChanged
from realstaging.domains.archives.payloads import Make, Withdraw
from realstaging.domains.archives.rules import Entry
from realstaging.domains.archives.schemas import FileKind
from realstaging.domains.staging import renditions
from realstaging.imaging import mls_profiles
from realstaging.kit.errors import AppError
from realstaging.runtime.jobs import Claim, Handler, by_kind
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import Work, transaction
from realstaging.storage import NoSuchFile

# Seconds between two steps that are told.
STEP: Final = 1.0
WITHDRAWN: Final = "A picture in this ZIP was given back. Ask for the ZIP again: it is made of the others."
FAILED: Final = "Something went wrong on our side. Ask for the ZIP again; if it stays, tell us."


async def make(platform: Platform, job: Claim[Make]) -> None:
    """1 take the archive · 2 read its pictures and write the ZIP · 3 write the outcome."""
    archive_id = job.payload.archive_id
    async with transaction(platform) as work:
        row = await store.begin(work.connection, archive_id, job.id, job.run)
        if row is None:
            return
        await _tell(work, row)
    try:
        await _make(platform, job, row)
    except AppError as error:
        if error.retry_after is not None and not job.last:
            raise
        async with transaction(platform) as work:
            await _tell(work, await store.fail(work.connection, archive_id, job.id, job.run, error.message))


async def _make(platform: Platform, job: Claim[Make], row: store.Row) -> None:
    pictures = await service.pictures_of(platform.database, row.project_id, row.staging_ids)
    packing = Packing(platform, job, row, rules.entries(pictures, row.kind))
    # The run is part of the key: a runner given up for dead that comes late can only remove what is its own.
    key = f"{service.folder(row.id)}{job.run}.zip"
    await platform.storage.write(key, packing.pieces(), "application/zip")
    made = store.Zip(key, packing.size, len(row.staging_ids) - packing.packed)
    async with transaction(platform) as work:
        done = await store.finish(work.connection, row.id, job.run, made)
        await _tell(work, done)
    if done is None:
        await platform.storage.delete([key])


async def _tell(work: Work, row: store.Row | None) -> None:
    if row:
        archive = await service.archive_of(work.platform, work.connection, row)
        work.publish(row.account_id, ArchiveChanged(archive))


class Packing:
    """One ZIP being written: how many pictures and bytes it has."""

    def __init__(self, platform: Platform, job: Claim[Make], row: store.Row, entries: Sequence[Entry]) -> None:
        self._platform, self._job, self._row, self._entries = platform, job, row, entries
        self._profile = mls_profiles.chosen(row.mls_profile)
        self._told_at = time.monotonic()
        self.packed = 0
        self.size = 0

    async def pieces(self) -> AsyncIterator[bytes]:
        """The bytes of the ZIP. Stored, not deflated: the pictures are compressed already."""
        archive = zipstream.ZipStream(compress_type=zipstream.ZIP_STORED)
        for number, entry in enumerate(self._entries):
            try:
                data = await self._platform.storage.get(await self._key(entry))
            except NoSuchFile:
                continue
            self.packed += 1
            for piece in await asyncio.to_thread(_packed, archive, data, entry.name):
                self.size += len(piece)
                yield piece
            await self._advance((number + 1) / len(self._entries))
        for piece in archive.finalize():
            self.size += len(piece)
            yield piece

    async def _key(self, entry: Entry) -> str:
        """The file of a result that is packed; what only one listing service wants of it is made now, where nobody asked before."""
        if self._row.kind is FileKind.MLS:
            return await renditions.for_mls(self._platform, entry.result_key, self._profile)
        return f"{entry.result_key}/{rules.file_of(self._row.kind, self._profile)}"

    async def _advance(self, progress: float) -> None:
        if time.monotonic() - self._told_at < STEP:
            return
        self._told_at = time.monotonic()
        async with transaction(self._platform) as work:
            await _tell(work, await store.advance(work.connection, self._row.id, self._job.run, progress))


def _packed(archive: zipstream.ZipStream, data: bytes, name: str) -> list[bytes]:
    archive.add(data, name)
    return list(archive.all_files())


async def bury(work: Work, job: Claim[Make], _error: str) -> None:
    """The job is given up: nobody must wait for its ZIP for ever."""
    archive_id = job.payload.archive_id
    await _tell(work, await store.give_up(work.connection, archive_id, FAILED))


async def withdraw(platform: Platform, job: Claim[Withdraw]) -> None:
    """Take the ZIPs that a picture is in which was given back: whoever has a page open is told, and addresses of the files end."""
    async with transaction(platform) as work:
        rows = await store.withdraw(work.connection, job.payload.staging_id, WITHDRAWN)
        for row in rows:
            await _tell(work, row)
    for row in rows:
        await platform.storage.delete(await platform.storage.list(service.folder(row.id)))


HANDLERS = by_kind(Handler(Make, make, bury), Handler(Withdraw, withdraw))
