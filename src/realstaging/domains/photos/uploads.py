"""Uploads: files are announced, come, and are completed as photos; those that do not are freed."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

import msgspec
import structlog

from realstaging.domains.accounts.service import Member
from realstaging.domains.photos import originals, originals_store, rules, service, store, uploads_store
from realstaging.domains.photos.events import PhotoAdded, PhotoRefused, RefusedPhoto
from realstaging.domains.photos.originals_store import Content
from realstaging.domains.photos.payloads import Predict
from realstaging.domains.photos.preparation import Prepared, prepare
from realstaging.domains.photos.schemas import CompletedUpload, CompletedUploads, Photo, Upload
from realstaging.domains.photos.schemas import NewFile as NewFile
from realstaging.domains.photos.schemas import Uploads as Uploads
from realstaging.domains.photos.uploads_store import Announced
from realstaging.domains.photos.uploads_store import By as By
from realstaging.domains.projects import service as projects
from realstaging.kit.errors import AppError, BadPhoto, ItemError, NotFound, Unavailable
from realstaging.kit.ids import new_id
from realstaging.runtime.database import FAILURES
from realstaging.runtime.platform import Platform
from realstaging.runtime.processes import opened
from realstaging.runtime.quotas import Resource, Room
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work, transaction
from realstaging.storage.contract import UPLOAD_LIFE, NoSuchFile, StorageUnavailable

log = structlog.get_logger()

NO_LINK: Final = By()
"""Files that come from the account's own people and programs."""
NO_SUCH_UPLOAD: Final = "There is no such upload. Upload the photo again."
# As many keys as S3 deletes in one request.
UPLOADS_AT_ONCE: Final = 1000
# An hour's turn ends by itself: 100,000 uploads.
MOST_BATCHES: Final = 100
# A file that was begun to be sent in time arrives so much later, and clocks differ.
LATE: Final = timedelta(hours=1)
ROOM: Final = frozenset({Resource.PHOTOS, Resource.UPLOADS, Resource.STORAGE})
"""What the announcement of a file needs."""


async def announce(work: Work, caller: Member, project_id: UUID, files: Sequence[NewFile], by: By = NO_LINK) -> Uploads:
    """An address for each file that may come; a reason for each that may not. ``by``: the link they come by."""
    room = await work.platform.quotas.room(work.connection, caller.account.id, ROOM)
    await projects.keep(work, caller, project_id)
    refusals = [rules.refusal(file) or _without_room(room, file) for file in files]
    accepted = [file for file, refused in zip(files, refusals, strict=True) if refused is None]
    uploads = [uploads_store.NewUpload(upload_id := new_id(), f"uploads/{upload_id}", file) for file in accepted]
    await uploads_store.insert_uploads(work.connection, project_id, by, uploads)
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


def _address(work: Work, upload: uploads_store.NewUpload) -> Upload:
    file = upload.file
    signed = work.platform.storage.sign_put(upload.key, content_type=rules.sent_as(file), size=file.size, now=work.now)
    return Upload(file.name, upload.id, signed.url, signed.method, dict(signed.headers), signed.expires_at)


class NotAsAnnounced(BadPhoto):
    """What arrived is not the file that was announced. Upload it again: its address is good for that."""


class Completed(NamedTuple):
    """What became of uploads. ``passing``: some may still become photos, by time or by being sent once more."""

    answer: CompletedUploads
    passing: bool


async def complete(
    platform: Platform, caller: Member, project_id: UUID, upload_ids: Sequence[UUID], link_id: UUID | None = None
) -> Completed:
    """Turn uploads into photos, each on its own: one bad file spoils no other. Asking again gives the same photos.

    ``link_id``: those that came by this link alone.
    """
    passing = False
    await projects.require(platform.database, caller, project_id)
    rows = {row.id: row for row in await uploads_store.uploads(platform.database, project_id, upload_ids, link_id)}

    async def one(upload_id: UUID) -> CompletedUpload:
        nonlocal passing
        row = rows.get(upload_id)
        if row is None:
            return CompletedUpload(upload_id, error=ItemError(NotFound.code, NO_SUCH_UPLOAD))
        try:
            return CompletedUpload(upload_id, photo=await _complete_one(platform, caller, project_id, row))
        except AppError as error:
            told = ItemError(error.code, error.message)
            passing = passing or error.retry_after is not None or isinstance(error, NotAsAnnounced)
            if isinstance(error, BadPhoto):
                async with transaction(platform) as work:
                    refused = RefusedPhoto(upload_id, project_id, row.name, told)
                    work.publish(caller.account.id, PhotoRefused(refused))
            return CompletedUpload(upload_id, error=told)

    # Each once, however often it is named.
    done = await asyncio.gather(*(one(upload_id) for upload_id in dict.fromkeys(upload_ids)))
    by_id = {item.upload_id: item for item in done}
    return Completed(CompletedUploads([by_id[upload_id] for upload_id in upload_ids]), passing)


async def _complete_one(platform: Platform, caller: Member, project_id: UUID, upload: Announced) -> Photo:
    """The photo that the upload is by now, or is made here: by one request at a time, and by few at once in this process."""
    if upload.photo_id:
        return await service.get(platform, caller, upload.photo_id)
    async with platform.completions.turn(upload.id):
        # Whoever had the turn before may have made it one, or taken it back.
        found = await uploads_store.uploads(platform.database, project_id, [upload.id], None)
        if not found:
            raise NotFound(NO_SUCH_UPLOAD)
        if found[0].photo_id:
            return await service.get(platform, caller, found[0].photo_id)
        try:
            return await _made(platform, caller, project_id, upload)
        except (BadPhoto, NoSuchFile):
            # Another process may have made it one meanwhile, and tidied up.
            again = await uploads_store.uploads(platform.database, project_id, [upload.id], None)
            if again and again[0].photo_id:
                return await service.get(platform, caller, again[0].photo_id)
            raise


async def _made(platform: Platform, caller: Member, project_id: UUID, upload: Announced) -> Photo:
    """1 check what arrived · 2 name a key for its files · 3 store them · 4 make them the original's and it a photo · 5 tidy up.

    A key is used once: what is stored now can't meet the removal of what was stored for the same content before (decision 63).
    """
    with tempfile.TemporaryDirectory(prefix="realstaging-") as folder:
        path = Path(folder) / "photo"
        prepared = await _fetch(platform, upload, path)
        content = Content(
            caller.account.id,
            prepared.sha256,
            prepared.mime,
            prepared.size,
            prepared.width,
            prepared.height,
            rules.noted(prepared.seen),
        )
        lost = await originals.lost_key(platform, content)
        key = await originals.stored(platform, content, prepared, path)
    try:
        async with transaction(platform) as work:
            photo = await _add(work, caller, Arrived(project_id, upload, content, key, lost))
    except AppError:
        await _tidy(platform, key)
        raise
    # Where the same content was kept already, these files are one set too many.
    await _tidy(platform, key, upload.key)
    return photo


async def _tidy(platform: Platform, key: str, *files: str) -> None:
    """Remove what nobody needs. The outcome is committed and is told as it is: what can't be removed now is left to the chores."""
    try:
        await originals.free_unclaimed(platform, key)
        await platform.storage.delete(files)
    except (StorageUnavailable, *FAILURES) as error:
        log.warning("photos.left_for_later", error=repr(error))


class Arrived(msgspec.Struct, frozen=True):
    """A file that came for a project: what was announced, what it is, under which key its files were just stored, and under which the
    same content should be, and is no more.
    """

    project_id: UUID
    upload: Announced
    content: Content
    key: str
    lost: str | None


async def _fetch(platform: Platform, upload: Announced, path: Path) -> Prepared:
    """What arrived, held to what was announced."""
    stored = await platform.storage.head(upload.key)
    if stored is None:
        raise NotAsAnnounced("The photo has not arrived. Upload it again.")
    if stored.size != upload.size:
        raise NotAsAnnounced("The photo arrived incomplete. Upload it again.")
    await platform.storage.download(upload.key, path)
    prepared = await read(platform, path)
    if prepared.sha256 != upload.sha256:
        raise NotAsAnnounced("The photo was damaged on its way. Upload it again.")
    return prepared


async def _add(work: Work, caller: Member, arrived: Arrived) -> Photo:
    """The upload as a photo of the project. Its original keeps the files it has, unless these are known to be lost."""
    project_id, upload = arrived.project_id, arrived.upload
    await projects.keep(work, caller, project_id)
    photo_id = await uploads_store.lock_upload(work.connection, upload.id)
    if photo_id is None:
        original = await originals_store.lock_original(work.connection, new_id(), arrived.content)
        if (original.freed_at or original.key == arrived.lost) and not await originals_store.claim_files(
            work.connection, original.id, arrived.key, arrived.content
        ):
            raise Unavailable("Storing the photo took too long. Try again in a moment.")
        await uploads_store.insert(work.connection, upload.id, project_id, original.id)
        work.record(caller.account.id, Action.PHOTO_ADDED, upload.id, name=upload.name, project=project_id)
    row = await store.find(work.connection, caller.account.id, photo_id or upload.id)
    if row is None:
        raise NotFound("The photo was deleted in the meantime.")
    photo = service.photo_of(work.platform.signer(), row)
    if photo_id is None:
        # Another process may have made it a photo meanwhile, and has told so.
        work.publish(caller.account.id, PhotoAdded(photo))
        if row.prediction is None and service.predicting(work.platform):
            work.enqueue(Predict(upload.id, caller.account.id), lane="spare", account_id=caller.account.id)
    return photo


async def read(platform: Platform, path: Path) -> Prepared:
    """The file, read in a process that may be lost over it. A photo over which two are lost is no photo."""
    return await opened(platform.decoders, prepare, path)


async def refuse_uploads(platform: Platform, link_id: UUID, upload_ids: Sequence[UUID]) -> None:
    """Files that came by a link and are no photos: they take no place of it. Their rows stay, and count for the account's storage, as long
    as something may still be sent to their addresses: nothing is stored that no row names.
    """
    await uploads_store.refuse(platform.database, link_id, upload_ids)


async def free_uploads(platform: Platform, at_once: int = UPLOADS_AT_ONCE) -> None:
    """Remove uploads that were announced longer ago than they are kept: never completed, or photos by now; and refused ones to which
    nothing can be sent any more.

    Their files go before their rows: what is interrupted between the two is found and done again.
    """
    now = platform.clock()
    past = uploads_store.Past(now, platform.kept_for.uploads.days, now - UPLOAD_LIFE - LATE)
    for _ in range(MOST_BATCHES):
        rows = await uploads_store.stale_uploads(platform.database, past, at_once)
        if rows:
            await platform.storage.delete([row.key for row in rows])
            await uploads_store.delete_uploads(platform.database, [row.id for row in rows])
        if len(rows) < at_once:
            return
