"""HTTP of uploads and photos."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from realstaging.domains.accounts.service import Member, Permission, needs
from realstaging.domains.photos import service, uploads
from realstaging.domains.photos.schemas import (
    ChosenPhotos,
    CompletedUploads,
    CompleteUploads,
    NewUploads,
    Photo,
    PhotoPage,
    Uploads,
)
from realstaging.kit import bounds
from realstaging.kit.cursors import LARGEST_PAGE
from realstaging.runtime.idempotency import Answer, Asked, Key, once, once_in_steps
from realstaging.runtime.platform import Platform
from realstaging.runtime.rate_limits import Cost
from realstaging.runtime.switches import Switch, closed_by
from realstaging.runtime.work import Work, transaction

TAGS = ["photos"]


@post("/uploads", tags=TAGS, opt={"cost": Cost.UPLOAD, **needs(Permission.UPLOAD), **closed_by(Switch.UPLOADS)})
async def create_uploads(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    data: JSONBody[NewUploads],
    idempotency_key: Key = None,
) -> Response[Uploads]:
    """Announce 1–50 files; each gets an address to PUT its bytes to, or the reason it cannot be used."""

    async def create(work: Work) -> Answer:
        return Answer(await uploads.announce(work, caller, data.project_id, data.files))

    return await once(platform, Asked("POST /uploads", caller.account.id, idempotency_key, data), create)


@post(
    "/photos",
    tags=TAGS,
    opt={"cost": Cost.UPLOAD, **needs(Permission.UPLOAD)},
    responses={207: ResponseSpec(CompletedUploads, description="Some were refused.", generate_examples=False)},
)
async def complete_uploads(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    data: JSONBody[CompleteUploads],
    idempotency_key: Key = None,
) -> Response[CompletedUploads]:
    """Turn finished uploads into photos: 201 when all are good, 207 when some were refused, each with its reason."""

    async def create() -> Answer:
        answer, passing = await uploads.complete(platform, caller, data.project_id, data.upload_ids)
        return Answer(answer, 207 if any(item.error for item in answer.items) else 201, passing=passing)

    return await once_in_steps(platform, Asked("POST /photos", caller.account.id, idempotency_key, data), create)


@get("/projects/{project_id:uuid}/photos", tags=TAGS, opt=needs(Permission.READ))
async def list_photos(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    project_id: FromPath[UUID],
    cursor: FromQuery[bounds.Cursor | None] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=LARGEST_PAGE)] = 50,
) -> PhotoPage:
    return await service.page(platform, caller, project_id, cursor, limit)


@get("/photos/{photo_id:uuid}", tags=TAGS, opt=needs(Permission.READ))
async def get_photo(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], photo_id: FromPath[UUID]
) -> Photo:
    return await service.get(platform, caller, photo_id)


@delete("/photos/{photo_id:uuid}", tags=TAGS, opt=needs(Permission.EDIT))
async def delete_photo(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], photo_id: FromPath[UUID]
) -> None:
    """Delete the photo and its stagings."""
    async with transaction(platform) as work:
        await service.delete(work, caller, [photo_id])


@post("/photos/deletions", tags=TAGS, status_code=204, opt=needs(Permission.EDIT))
async def delete_photos(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], data: JSONBody[ChosenPhotos]
) -> None:
    """Delete up to 500 photos and their stagings: all of them, or none where one is not there."""
    async with transaction(platform) as work:
        await service.delete(work, caller, data.photo_ids)


ROUTES = [create_uploads, complete_uploads, list_photos, get_photo, delete_photo, delete_photos]
