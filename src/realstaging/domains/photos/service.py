"""Use cases of photos: read, keep, move, delete."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from realstaging.domains.accounts.service import Member
from realstaging.domains.photos import names, rules, store
from realstaging.domains.photos.events import DeletedPhoto, MovedPhoto, PhotoDeleted, PhotoMoved
from realstaging.domains.photos.rules import MAX_BYTES as MAX_BYTES
from realstaging.domains.photos.schemas import Note as Note
from realstaging.domains.photos.schemas import Photo as Photo
from realstaging.domains.photos.schemas import PhotoPage
from realstaging.domains.photos.schemas import PhotoUrls as PhotoUrls
from realstaging.domains.photos.store import Hold
from realstaging.domains.photos.store import Kept as Kept
from realstaging.domains.projects import service as projects
from realstaging.engines import catalog
from realstaging.engines.brief import RoomType
from realstaging.engines.engine import Predicts
from realstaging.kit import cursors
from realstaging.kit.errors import Conflict, ItemError, NotFound
from realstaging.runtime.database import Connection
from realstaging.runtime.platform import Platform
from realstaging.runtime.quotas import Resource
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work
from realstaging.storage import Sign

MOST_MOVES: Final = 10
"""That a photo may make while its project is waited for."""


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


def predicting(platform: Platform) -> Predicts | None:
    """The engine that reads photos before anything is asked for, where there is one."""
    return next((engine.predicts for engine in catalog.running(platform.engines).values() if engine.predicts), None)


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
