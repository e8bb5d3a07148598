"""Use cases of photos: announce files, complete their uploads, list, delete, free what nobody uses."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

import asyncpg

from realstaging.domains.accounts.service import Member
from realstaging.domains.photos import rules, store
from realstaging.domains.photos.preparation import Prepared, prepare
from realstaging.domains.photos.schemas import (
    CompletedUpload,
    CompletedUploads,
    ItemError,
    NewFile,
    Photo,
    PhotoPage,
    PhotoUrls,
    Upload,
    Uploads,
)
from realstaging.domains.projects import service as projects
from realstaging.kit import cursors
from realstaging.kit.errors import AppError, BadPhoto, NotFound
from realstaging.kit.ids import new_id
from realstaging.runtime.database import Connection
from realstaging.runtime.platform import Platform
from realstaging.runtime.quotas import Resource, Room
from realstaging.runtime.work import Work, transaction

UPLOAD_LIFE: Final = timedelta(days=1)
COMPLETED_AT_ONCE: Final = 4


def original_keys(key: str) -> list[str]:
    return [key, f"{key}.web.webp", f"{key}.thumb.webp"]


def photo_of(platform: Platform, row: asyncpg.Record) -> Photo:
    now = platform.clock()
    original, web, thumb = (platform.storage.sign_get(key, now=now) for key in original_keys(row["key"]))
    return Photo(
        row["id"],
        row["project_id"],
        row["name"],
        row["width"],
        row["height"],
        row["created_at"],
        PhotoUrls(web=web, thumb=thumb, original=original),
    )


async def used(connection: Connection, account_id: UUID) -> dict[Resource, int]:
    """What the account has of what its plan limits: files announced count as if they had come."""
    row = await store.used(connection, account_id)
    return {
        Resource.PHOTOS: row["photos"] + row["uploads"],
        Resource.UPLOADS: row["uploads"],
        Resource.STORAGE: row["bytes"],
    }


async def announce(work: Work, caller: Member, project_id: UUID, files: Sequence[NewFile]) -> Uploads:
    """An address for each file that may come; a reason for each that may not."""
    room = await work.platform.quotas.room(work.connection, caller.account.id)
    await projects.keep(work, caller, project_id)
    refusals = [rules.refusal(file) or _without_room(room, file) for file in files]
    accepted = [file for file, refused in zip(files, refusals, strict=True) if refused is None]
    ids = [new_id() for _ in accepted]
    keys = [f"uploads/{upload_id}" for upload_id in ids]
    await store.insert_uploads(work.connection, project_id, ids, keys, accepted)
    addresses = iter(zip(ids, keys, strict=True))
    return Uploads(
        [
            Upload(file.name, error=refused) if refused else _address(work, file, *next(addresses))
            for file, refused in zip(files, refusals, strict=True)
        ]
    )


def _without_room(room: Room, file: NewFile) -> ItemError | None:
    refused = room.take({Resource.UPLOADS: 1, Resource.PHOTOS: 1, Resource.STORAGE: file.size})
    return ItemError(refused.code, refused.message) if refused else None


def _address(work: Work, file: NewFile, upload_id: UUID, key: str) -> Upload:
    signed = work.platform.storage.sign_put(key, content_type=rules.sent_as(file), size=file.size, now=work.now)
    return Upload(file.name, upload_id, signed.url, signed.method, dict(signed.headers), signed.expires_at)


async def complete(
    platform: Platform, caller: Member, project_id: UUID, upload_ids: Sequence[UUID]
) -> CompletedUploads:
    """Turn uploads into photos, each on its own: one bad file spoils no other. Asking again gives the same photos."""
    await projects.require(platform.database, caller, project_id)
    rows = {row["id"]: row for row in await store.uploads(platform.database, project_id, upload_ids)}
    places = asyncio.Semaphore(COMPLETED_AT_ONCE)

    async def one(upload_id: UUID) -> CompletedUpload:
        row = rows.get(upload_id)
        if row is None:
            return CompletedUpload(
                upload_id, error=ItemError("not_found", "There is no such upload. Upload the photo again.")
            )
        try:
            async with places:
                return CompletedUpload(upload_id, photo=await _complete_one(platform, caller, project_id, row))
        except AppError as error:
            return CompletedUpload(upload_id, error=ItemError(error.code, error.message))

    return CompletedUploads(list(await asyncio.gather(*(one(upload_id) for upload_id in upload_ids))))


async def _complete_one(platform: Platform, caller: Member, project_id: UUID, upload: asyncpg.Record) -> Photo:
    if upload["photo_id"]:
        return await get(platform, caller, upload["photo_id"])
    prepared, key = await _check_and_keep(platform, caller, upload)
    async with transaction(platform) as work:
        photo_id = await store.lock_upload(work.connection, upload["id"])
        if photo_id is None:
            # The upload's own: photos stand in the order in which they were chosen, not in which they arrived.
            photo_id = upload["id"]
            original_id = await store.keep_original(
                work.connection,
                new_id(),
                caller.account.id,
                prepared.sha256,
                key,
                prepared.mime,
                prepared.size,
                prepared.width,
                prepared.height,
            )
            await store.insert(work.connection, photo_id, project_id, original_id, upload["name"], upload["id"])
        row = await store.find(work.connection, caller.account.id, photo_id)
        if row is None:
            raise NotFound("The project was deleted in the meantime.")
        photo = photo_of(platform, row)
        work.publish(caller.account.id, "photo.added", photo)
    await platform.storage.delete([upload["key"]])
    return photo


async def _check_and_keep(platform: Platform, caller: Member, upload: asyncpg.Record) -> tuple[Prepared, str]:
    """Verify what arrived against what was announced, then store it under a key made of its content."""
    stored = await platform.storage.head(upload["key"])
    if stored is None:
        raise BadPhoto("The photo has not arrived. Upload it again.")
    if stored.size != upload["size"]:
        raise BadPhoto("The photo arrived incomplete. Upload it again.")
    with tempfile.TemporaryDirectory(prefix="realstaging-") as folder:
        path = Path(folder) / "photo"
        await platform.storage.download(upload["key"], path)
        prepared = await platform.processes.run(prepare, path)
        if prepared.sha256 != upload["sha256"]:
            raise BadPhoto("The photo was damaged on its way. Upload it again.")
        key = f"originals/{caller.account.id}/{prepared.sha256}"
        original, web, thumb = original_keys(key)
        await platform.storage.put(web, prepared.web, "image/webp")
        await platform.storage.put(thumb, prepared.thumb, "image/webp")
        await platform.storage.put(original, path, prepared.mime)
    return prepared, key


async def get(platform: Platform, caller: Member, photo_id: UUID) -> Photo:
    row = await store.find(platform.database, caller.account.id, photo_id)
    if row is None:
        raise NotFound("There is no such photo.")
    return photo_of(platform, row)


async def page(platform: Platform, caller: Member, project_id: UUID, cursor: str | None, limit: int) -> PhotoPage:
    await projects.require(platform.database, caller, project_id)
    rows = await store.page(platform.database, caller.account.id, project_id, cursors.decode(cursor), limit + 1)
    kept = [photo_of(platform, row) for row in rows[:limit]]
    return PhotoPage(kept, cursors.encode(kept[-1].id) if len(rows) > limit else None)


async def keep(work: Work, caller: Member, photo_ids: Sequence[UUID]) -> dict[UUID, asyncpg.Record]:
    """Those of the photos that are the caller's account's, by id. Neither they nor their projects are deleted until this
    transaction ends: whoever deletes one later finds what was made of it meanwhile.
    """
    await projects.keep_of_photos(work, caller, photo_ids)
    return await store.lock(work.connection, caller.account.id, photo_ids)


async def source(platform: Platform, photo_id: UUID) -> tuple[str, str] | None:
    """Key and media type of a living photo's original."""
    row = await store.source(platform.database, photo_id)
    return (row["key"], row["mime"]) if row else None


async def delete(work: Work, caller: Member, photo_id: UUID) -> None:
    """Take the photo out of sight at once; a job frees its storage and that of its stagings."""
    await projects.keep_of_photos(work, caller, [photo_id])
    project_id = await store.delete(work.connection, caller.account.id, photo_id)
    if project_id is None:
        raise NotFound("There is no such photo.")
    work.enqueue("staging.free_photos", {"photo_ids": [str(photo_id)]})
    work.publish(caller.account.id, "photo.deleted", {"id": photo_id, "project_id": project_id})


async def free_originals(platform: Platform, photo_ids: Sequence[UUID]) -> None:
    """Remove the files of originals that no living photo uses. Safe to repeat."""
    async with transaction(platform) as work:
        for row in await store.unused_originals(work.connection, photo_ids):
            await platform.storage.delete(original_keys(row["key"]))
