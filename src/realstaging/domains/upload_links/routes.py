"""HTTP of upload links: those of the account, and those open to whoever has one."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, FromQuery, JSONBody, PathParameter, QueryParameter

from realstaging.domains.accounts.service import Member, Permission, needs
from realstaging.domains.photos.uploads import Uploads
from realstaging.domains.upload_links import service
from realstaging.domains.upload_links.schemas import (
    ArrivedFiles,
    Invitation,
    NewUploadLink,
    SentFiles,
    SentUploads,
    ShownUploadLink,
    UploadLinkPage,
    UploadLinks,
)
from realstaging.kit import bounds
from realstaging.kit.cursors import LARGEST_PAGE
from realstaging.runtime.idempotency import Answer, Asked, Key, once
from realstaging.runtime.platform import Platform
from realstaging.runtime.rate_limits import Cost
from realstaging.runtime.switches import Switch, closed_by
from realstaging.runtime.work import Work, transaction

TAGS = ["upload links"]
Token = Annotated[str, PathParameter(min_length=1, max_length=bounds.LONGEST_WORD, pattern=bounds.LINE)]
# Counted by the link and by the address, whoever calls (api/rate_limits).
OPEN = {"cost": Cost.LINK}
OPEN_WHILE_ON = {**OPEN, **closed_by(Switch.UPLOAD_LINKS)}
OPEN_TO_NEW = {**OPEN, **closed_by(Switch.UPLOAD_LINKS, Switch.UPLOADS)}


@get("/upload-links", tags=TAGS, opt=needs(Permission.UPLOAD))
async def list_all_upload_links(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    cursor: FromQuery[bounds.Cursor | None] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=LARGEST_PAGE)] = 50,
) -> UploadLinkPage:
    """The links of all your projects that are valid, newest first."""
    return await service.page(platform, caller, cursor, limit)


@get("/projects/{project_id:uuid}/upload-links", tags=TAGS, opt=needs(Permission.UPLOAD))
async def list_upload_links(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], project_id: FromPath[UUID]
) -> UploadLinks:
    """The project's links that are valid, newest first."""
    return await service.listed(platform, caller, project_id)


@post(
    "/projects/{project_id:uuid}/upload-links",
    tags=TAGS,
    opt={**needs(Permission.UPLOAD), **closed_by(Switch.UPLOAD_LINKS)},
)
async def create_upload_link(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    project_id: FromPath[UUID],
    data: JSONBody[NewUploadLink],
    idempotency_key: Key = None,
) -> Response[ShownUploadLink]:
    """Make a link by which somebody sends photos into this project without signing in. It is in this answer and nowhere else."""

    async def create(work: Work) -> Answer:
        return Answer(await service.create(work, caller, project_id, data), shown_once=True)

    asked = Asked(f"POST /projects/{project_id}/upload-links", caller.account.id, idempotency_key, data)
    return await once(platform, asked, create)


@delete("/projects/{project_id:uuid}/upload-links/{link_id:uuid}", tags=TAGS, opt=needs(Permission.UPLOAD))
async def revoke_upload_link(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    project_id: FromPath[UUID],
    link_id: FromPath[UUID],
) -> None:
    """Take a link back; what has come by it stays."""
    async with transaction(platform) as work:
        await service.revoke(work, caller, project_id, link_id)


@get("/upload-links/{token:str}", tags=TAGS, exclude_from_auth=True, opt=OPEN_WHILE_ON)
async def get_invitation(platform: NamedDependency[Platform], token: Token) -> Invitation:
    """Who asks for photos of what. For whoever has the link."""
    return await service.invitation(platform, token)


@post("/upload-links/{token:str}/uploads", tags=TAGS, exclude_from_auth=True, opt=OPEN_TO_NEW, status_code=201)
async def send_uploads(platform: NamedDependency[Platform], token: Token, data: JSONBody[SentFiles]) -> Uploads:
    """Announce 1-50 files; each gets an address to PUT its bytes to, or the reason it cannot be used."""
    return await service.announce(platform, token, data)


@post(
    "/upload-links/{token:str}/photos",
    tags=TAGS,
    exclude_from_auth=True,
    opt=OPEN,
    status_code=201,
    responses={207: ResponseSpec(ArrivedFiles, description="Some were refused.", generate_examples=False)},
)
async def complete_sent_uploads(
    platform: NamedDependency[Platform], token: Token, data: JSONBody[SentUploads]
) -> Response[ArrivedFiles]:
    """Turn finished uploads into photos: 201 when all are good, 207 when some were refused, each with its reason."""
    answer = await service.complete(platform, token, data.upload_ids)
    return Response(answer, status_code=207 if any(item.error for item in answer.items) else 201)


ROUTES = [
    list_all_upload_links,
    list_upload_links,
    create_upload_link,
    revoke_upload_link,
    get_invitation,
    send_uploads,
    complete_sent_uploads,
]
