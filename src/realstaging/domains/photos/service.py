"""Use cases of photos: announce files, complete their uploads, list, delete, free what nobody uses."""

from __future__ import annotations

import asyncio
import secrets
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

import msgspec
from msgspec.structs import replace

from realstaging.domains.accounts import service as accounts
from realstaging.domains.accounts.service import Member
from realstaging.domains.photos import names, rules, store
from realstaging.domains.photos.events import (
    DeletedPhoto,
    MovedPhoto,
    PhotoAdded,
    PhotoDeleted,
    PhotoMoved,
    PhotoRefused,
    RefusedPhoto,
)
from realstaging.domains.photos.payloads import Predict
from realstaging.domains.photos.preparation import Prepared, prepare
from realstaging.domains.photos.rules import MAX_BYTES as MAX_BYTES
from realstaging.domains.photos.schemas import (
    CompletedUpload,
    CompletedUploads,
    PhotoPage,
    Upload,
)
from realstaging.domains.photos.schemas import NewFile as NewFile
from realstaging.domains.photos.schemas import Note as Note
from realstaging.domains.photos.schemas import Photo as Photo
from realstaging.domains.photos.schemas import PhotoUrls as PhotoUrls
from realstaging.domains.photos.schemas import Uploads as Uploads
from realstaging.domains.photos.store import By as By
from realstaging.domains.photos.store import Hold
from realstaging.domains.photos.store import Kept as Kept
from realstaging.domains.projects import service as projects
from realstaging.engines import catalog
from realstaging.engines.brief import RoomType
from realstaging.engines.engine import Predicts
from realstaging.kit import cursors
from realstaging.kit.errors import AppError, BadPhoto, Conflict, ItemError, NotFound, Unavailable
from realstaging.kit.ids import new_id
from realstaging.runtime.database import Connection
from realstaging.runtime.platform import Platform
from realstaging.runtime.processes import opened
from realstaging.runtime.quotas import Resource, Room
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work, transaction
from realstaging.storage import Sign

NO_LINK: Final = By()
"""Files that come from the account's own people and programs."""
UPLOAD_LIFE: Final = timedelta(days=1)
# Of what is made by test keys.
TEST_LIFE: Final = timedelta(days=30)
COMPLETED_AT_ONCE: Final = 4
# Far longer than any file takes to be stored.
CLAIMED_WITHIN: Final = timedelta(days=1)
FREED_AT_ONCE: Final = 1000
# As many keys as S3 deletes in one request.
UPLOADS_AT_ONCE: Final = 1000
# An hour's turn ends by itself: 100,000 uploads.
MOST_BATCHES: Final = 100
MOST_MOVES: Final = 10
"""That a photo may make while its project is waited for."""
ROOM: Final = frozenset({Resource.PHOTOS, Resource.UPLOADS, Resource.STORAGE})
"""What the announcement of a file needs."""


def original_keys(key: str) -> list[str]:
    return [key, f"{key}.web.webp", f"{key}.thumb.webp"]


def photo_of(sign: Sign, row: store.Kept) -> Photo:
    original, web, thumb = (sign(key) for key in original_keys(row.key))
    return Photo(
        row.id,
        row.project_id,
        row.name,
        row.width,
        row.height,
        row.created_at,
        PhotoUrls(web=web, thumb=thumb, original=original),
        rules.notes(row.notes, row.width, row.height),
        names.room_type_in(row.name) or (row.prediction.room_type if row.prediction else None),
        row.prediction,
        row.sent_by,
    )


def kept_from_staging(row: store.Kept, *, insists: bool) -> ItemError | None:
    """Why this photo is not staged, before anything is held for it; None where it may be, or is insisted on."""
    return rules.kept_from_staging(row.notes, insists=insists)


def foreseen(row: store.Kept, room_type: RoomType) -> ItemError | None:
    """Why staging this photo on its own will be refused in a room type; None where it won't be, or its room is not read yet."""
    return rules.foreseen(row.prediction, room_type)


async def used(connection: Connection, account_id: UUID) -> dict[Resource, int]:
    """What the account has of what its plan limits: files announced count as if they had come."""
    row = await store.used(connection, account_id)
    return {
        Resource.PHOTOS: row.photos + row.uploads,
        Resource.UPLOADS: row.uploads,
        Resource.STORAGE: row.bytes,
    }


async def announce(work: Work, caller: Member, project_id: UUID, files: Sequence[NewFile], by: By = NO_LINK) -> Uploads:
    """An address for each file that may come; a reason for each that may not. ``by``: the link they come by."""
    room = await work.platform.quotas.room(work.connection, caller.account.id, ROOM)
    await projects.keep(work, caller, project_id)
    refusals = [rules.refusal(file) or _without_room(room, file) for file in files]
    accepted = [file for file, refused in zip(files, refusals, strict=True) if refused is None]
    uploads = [store.NewUpload(upload_id := new_id(), f"uploads/{upload_id}", file) for file in accepted]
    await store.insert_uploads(work.connection, project_id, by, uploads)
    coming = iter(uploads)
    return Uploads(
        [
            Upload(file.name, error=refused) if refused else _address(work, next(coming))
            for file, refused in zip(files, refusals, strict=True)
        ]
    )


def _without_room(room: Room, file: NewFile) -> ItemError | None:
    refused = room.take({Resource.UPLOADS: 1, Resource.PHOTOS: 1, Resource.STORAGE: file.size})
    return ItemError(refused.code, refused.message) if refused else None


def _address(work: Work, upload: store.NewUpload) -> Upload:
    file = upload.file
    signed = work.platform.storage.sign_put(upload.key, content_type=rules.sent_as(file), size=file.size, now=work.now)
    return Upload(file.name, upload.id, signed.url, signed.method, dict(signed.headers), signed.expires_at)


async def complete(
    platform: Platform, caller: Member, project_id: UUID, upload_ids: Sequence[UUID], link_id: UUID | None = None
) -> CompletedUploads:
    """Turn uploads into photos, each on its own: one bad file spoils no other. Asking again gives the same photos.

    ``link_id``: those that came by this link alone.
    """
    await projects.require(platform.database, caller, project_id)
    rows = {row.id: row for row in await store.uploads(platform.database, project_id, upload_ids, link_id)}
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
            told = ItemError(error.code, error.message)
            if isinstance(error, BadPhoto):
                async with transaction(platform) as work:
                    refused = RefusedPhoto(upload_id, project_id, row.name, told)
                    work.publish(caller.account.id, PhotoRefused(refused))
            return CompletedUpload(upload_id, error=told)

    return CompletedUploads(list(await asyncio.gather(*(one(upload_id) for upload_id in upload_ids))))


async def _complete_one(platform: Platform, caller: Member, project_id: UUID, upload: store.Announced) -> Photo:
    """1 check what arrived · 2 name a key for its files · 3 store them · 4 make them the original's and it a photo · 5 tidy up.

    A key is used once: what is stored now can't meet the removal of what was stored for the same content before (decision 63).
    """
    if upload.photo_id:
        return await get(platform, caller, upload.photo_id)
    with tempfile.TemporaryDirectory(prefix="realstaging-") as folder:
        path = Path(folder) / "photo"
        prepared = await _fetch(platform, upload, path)
        content = store.Content(
            caller.account.id,
            prepared.sha256,
            prepared.mime,
            prepared.size,
            prepared.width,
            prepared.height,
            rules.noted(prepared.seen),
        )
        lost = await _lost_key(platform, content)
        files = Files(await _stored(platform, content, prepared, path), lost)
    try:
        async with transaction(platform) as work:
            photo = await _add(work, caller, Arrived(project_id, upload, content, files))
    except AppError:
        await _free_files(platform, files.key)
        raise
    # Where the same content was kept already, these files are one set too many.
    await _free_files(platform, files.key)
    await platform.storage.delete([upload.key])
    return photo


class Files(msgspec.Struct, frozen=True):
    """Where files were just stored; and where the same content should be, and is no more."""

    key: str
    lost: str | None


class Arrived(msgspec.Struct, frozen=True):
    """A file that came for a project: what was announced, what it is, and where it was stored."""

    project_id: UUID
    upload: store.Announced
    content: store.Content
    files: Files


async def _lost_key(platform: Platform, content: store.Content) -> str | None:
    """The key of this content as it was kept before, if a file of it is missing: uploading a photo again brings it back."""
    key = await store.kept_key(platform.database, content)
    there = [await platform.storage.head(name) for name in original_keys(key)] if key else []
    return key if not all(there) else None


async def _fetch(platform: Platform, upload: store.Announced, path: Path) -> Prepared:
    """What arrived, held to what was announced."""
    stored = await platform.storage.head(upload.key)
    if stored is None:
        raise BadPhoto("The photo has not arrived. Upload it again.")
    if stored.size != upload.size:
        raise BadPhoto("The photo arrived incomplete. Upload it again.")
    await platform.storage.download(upload.key, path)
    prepared = await read(platform, path)
    if prepared.sha256 != upload.sha256:
        raise BadPhoto("The photo was damaged on its way. Upload it again.")
    return prepared


async def _stored(platform: Platform, content: store.Content, prepared: Prepared, path: Path) -> str:
    """Store the files under a key of their own, which is named before the first of them is there."""
    key = f"originals/{content.account_id}/{content.sha256}-{secrets.token_hex(6)}"
    await store.announce_files(platform.database, key, platform.clock() + CLAIMED_WITHIN)
    original, web, thumb = original_keys(key)
    await platform.storage.put(web, prepared.web, "image/webp")
    await platform.storage.put(thumb, prepared.thumb, "image/webp")
    await platform.storage.put(original, path, prepared.mime)
    return key


async def _add(work: Work, caller: Member, arrived: Arrived) -> Photo:
    """The upload as a photo of the project. Its original keeps the files it has, unless these are known to be lost."""
    project_id, upload, files = arrived.project_id, arrived.upload, arrived.files
    await projects.keep(work, caller, project_id)
    photo_id = await store.lock_upload(work.connection, upload.id)
    if photo_id is None:
        photo_id = upload.id
        original = await store.lock_original(work.connection, new_id(), arrived.content)
        if (original.freed_at or original.key == files.lost) and not await store.claim_files(
            work.connection, original.id, files.key, arrived.content
        ):
            raise Unavailable("Storing the photo took too long. Try again in a moment.")
        await store.insert(work.connection, upload.id, project_id, original.id)
        work.record(caller.account.id, Action.PHOTO_ADDED, photo_id, name=upload.name, project=project_id)
    row = await store.find(work.connection, caller.account.id, photo_id)
    if row is None:
        raise NotFound("The photo was deleted in the meantime.")
    photo = photo_of(work.platform.signer(), row)
    work.publish(caller.account.id, PhotoAdded(photo))
    if row.prediction is None and predicting(work.platform):
        work.enqueue(Predict(photo_id, caller.account.id), lane="spare", account_id=caller.account.id)
    return photo


def predicting(platform: Platform) -> Predicts | None:
    """The engine that reads photos before anything is asked for, where there is one."""
    return next((engine.predicts for engine in catalog.running(platform.engines).values() if engine.predicts), None)


async def read(platform: Platform, path: Path) -> Prepared:
    """The file, read in a process that may be lost over it. A photo over which two are lost is no photo."""
    return await opened(platform.decoders, prepare, path)


async def get(platform: Platform, caller: Member, photo_id: UUID, connection: Connection | None = None) -> Photo:
    """``connection``: where other things are read as well."""
    row = await store.find(connection or platform.database, caller.account.id, photo_id)
    if row is None:
        raise NotFound("There is no such photo.")
    return photo_of(platform.signer(), row)


async def page(platform: Platform, caller: Member, project_id: UUID, cursor: str | None, limit: int) -> PhotoPage:
    rows = await store.page(platform.database, caller.account.id, project_id, cursors.decode(cursor), limit + 1)
    if not rows:
        # Those there are say that the project is the caller's.
        await projects.require(platform.database, caller, project_id)
    sign = platform.signer()
    kept = [photo_of(sign, row) for row in rows[:limit]]
    return PhotoPage(kept, cursors.encode(kept[-1].id) if len(rows) > limit else None)


async def of_project(sign: Sign, connection: Connection, caller: Member, project_id: UUID) -> list[Photo]:
    """All photos of a project that the caller was let into, oldest first."""
    rows = await store.page(connection, caller.account.id, project_id, None, None)
    return [photo_of(sign, row) for row in rows]


async def keep(work: Work, caller: Member, photo_ids: Sequence[UUID]) -> dict[UUID, store.Kept]:
    """Those of the photos that are the caller's account's, by id. Neither they nor their projects are deleted until this
    transaction ends: whoever deletes one later finds what was made of it meanwhile.
    """
    return await _kept(partial(projects.keep_of_photos, work, caller, photo_ids), work, caller, photo_ids, Hold.SHARED)


async def keep_alone(
    work: Work, caller: Member, photo_ids: Sequence[UUID], into: UUID | None = None
) -> dict[UUID, store.Kept]:
    """All of the photos, and the project that they come ``into``; until this transaction ends nobody else makes anything of them.
    NotFound where one is not the caller's account's.
    """
    keep_projects = partial(projects.keep_of_photos, work, caller, photo_ids, into)
    found = await _kept(keep_projects, work, caller, photo_ids, Hold.ALONE)
    missing = len(set(photo_ids) - found.keys())
    if missing:
        one = len(photo_ids) == 1
        raise NotFound("There is no such photo." if one else f"{missing} of these photos are not there any more.")
    return found


async def _kept(
    keep_projects: Callable[[], Awaitable[set[UUID]]], work: Work, caller: Member, photo_ids: Sequence[UUID], hold: Hold
) -> dict[UUID, store.Kept]:
    """Projects are locked before photos (decision 62). A photo that was moved while one of them was waited for is looked for anew, and
    its other project is locked as well; what is missing twice is missing.
    """
    before: dict[UUID, store.Kept] | None = None
    for _ in range(MOST_MOVES):
        kept = await keep_projects()
        found = await store.lock(work.connection, caller.account.id, photo_ids, hold)
        there = all(photo.project_id in kept for photo in found.values())
        if there and (len(found) == len(set(photo_ids)) or found == before):
            return found
        before = found
    raise Conflict("These photos are being moved. Try again in a moment.")


async def source(platform: Platform, photo_id: UUID) -> tuple[str, str] | None:
    """Key and media type of a living photo's original."""
    row = await store.source(platform.database, photo_id)
    return (row.key, row.mime) if row else None


async def delete(work: Work, caller: Member, photo_ids: Sequence[UUID]) -> None:
    """Take the photos out of sight at once, all or none. Who made something of them is told, and sees to its end."""
    found = await keep_alone(work, caller, photo_ids)
    await store.delete(work.connection, photo_ids)
    for photo in found.values():
        work.publish(caller.account.id, PhotoDeleted(DeletedPhoto(photo.id, photo.project_id)))
        work.record(caller.account.id, Action.PHOTO_DELETED, photo.id, name=photo.name, project=photo.project_id)


async def move(work: Work, caller: Member, coming: Sequence[store.Kept], project_id: UUID) -> None:
    """Photos that are kept alone come into another project that is kept with them. What was made of them is moved by who keeps it."""
    await store.move(work.connection, [photo.id for photo in coming], project_id)
    sign = work.platform.signer()
    for photo in coming:
        told = photo_of(sign, replace(photo, project_id=project_id))
        work.publish(caller.account.id, PhotoMoved(MovedPhoto(photo.project_id, told)))
        work.record(
            caller.account.id, Action.PHOTO_MOVED, photo.id, name=photo.name, before=photo.project_id, after=project_id
        )


async def delete_all(work: Work, project_id: UUID) -> list[UUID]:
    """Every photo of a deleted project, deleted with it (those that were before, too)."""
    return await store.delete_all(work.connection, project_id)


async def free_originals(platform: Platform, photo_ids: Sequence[UUID]) -> None:
    """Remove the files of originals that no living photo uses. Safe to repeat, and to be ended anywhere: a chore goes on."""
    async with transaction(platform) as work:
        originals = await store.lock_originals(work.connection, photo_ids)
        keys = await store.free_unused(work.connection, originals)
    for key in keys:
        await _free_files(platform, key)


async def free_files(platform: Platform) -> None:
    """Remove files of originals that nobody came to claim, and those that a job which was given up should have removed."""
    before = platform.clock() - CLAIMED_WITHIN
    await free_originals(platform, await store.long_unused(platform.database, before, FREED_AT_ONCE))
    for key in await store.due_files(platform.database, platform.clock(), FREED_AT_ONCE):
        await _free_files(platform, key)


async def _free_files(platform: Platform, key: str) -> None:
    """Remove unclaimed files, then what names them. While it is locked nobody can claim them."""
    async with transaction(platform) as work:
        if await store.lock_files(work.connection, key):
            await platform.storage.delete(original_keys(key))
            await store.forget_files(work.connection, key)


async def remove_old_tests(platform: Platform) -> None:
    """Delete what accounts for trying have had for so long: photos with all that was made of them, then projects that are empty."""
    before = platform.clock() - TEST_LIFE
    for row in await store.old_of_tests(platform.database, before, FREED_AT_ONCE):
        with suppress(NotFound):
            async with transaction(platform) as work:
                await delete(work, accounts.nobody(row.account_id), [row.id])
    await projects.remove_old_tests(platform, before, FREED_AT_ONCE)


async def forget_uploads(platform: Platform, link_id: UUID, upload_ids: Sequence[UUID]) -> None:
    """Files that came by a link and are no photos: they take no place of it."""
    async with transaction(platform) as work:
        keys = await store.forget_refused(work.connection, link_id, upload_ids)
        # While their rows are locked nobody completes them (decision 63).
        await platform.storage.delete(keys)


async def free_uploads(platform: Platform, at_once: int = UPLOADS_AT_ONCE) -> None:
    """Remove uploads that were announced longer ago than they are kept: never completed, or photos by now.

    Their files go before their rows: what is interrupted between the two is found and done again.
    """
    days = platform.kept_for.uploads.days
    for _ in range(MOST_BATCHES):
        rows = await store.stale_uploads(platform.database, platform.clock(), days, at_once)
        if rows:
            await platform.storage.delete([row.key for row in rows])
            await store.delete_uploads(platform.database, [row.id for row in rows])
        if len(rows) < at_once:
            return
