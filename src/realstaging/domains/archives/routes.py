"""HTTP of archives."""

from __future__ import annotations

from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from realstaging.domains.accounts.service import Member, Permission, needs
from realstaging.domains.archives import service
from realstaging.domains.archives.schemas import Archive, NewArchive
from realstaging.runtime.idempotency import Answer, Asked, Key, once
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import Work, transaction

TAGS = ["archives"]


@post("/projects/{project_id:uuid}/archives", tags=TAGS, opt=needs(Permission.DOWNLOAD))
async def create_archive(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    project_id: FromPath[UUID],
    data: JSONBody[NewArchive],
    idempotency_key: Key = None,
) -> Response[Archive]:
    """Have the finished pictures of a project packed into one ZIP. It is made by a job: look again, or listen for `archive.changed`."""

    async def create(work: Work) -> Answer:
        return Answer(await service.request(work, caller, project_id, data))

    asked = Asked(f"POST /projects/{project_id}/archives", caller.account.id, idempotency_key, data)
    return await once(platform, asked, create)


@get("/archives/{archive_id:uuid}", tags=TAGS, opt=needs(Permission.DOWNLOAD))
async def get_archive(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], archive_id: FromPath[UUID]
) -> Archive:
    """How far it is; once ready, a fresh link to it."""
    async with transaction(platform) as work:
        return await service.get(work, caller, archive_id)


ROUTES = [create_archive, get_archive]
