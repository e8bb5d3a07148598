"""HTTP of archives."""

from __future__ import annotations

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from realstaging.domains.accounts.service import Member
from realstaging.domains.archives import service
from realstaging.domains.archives.schemas import Archive, NewArchive
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import transaction

TAGS = ["archives"]


@post("/projects/{project_id:uuid}/archives", tags=TAGS)
async def create_archive(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    project_id: FromPath[UUID],
    data: JSONBody[NewArchive],
) -> Archive:
    """Have the finished pictures of a project packed into one ZIP. It is made by a job: look again, or listen for `archive.changed`."""
    async with transaction(platform) as work:
        return await service.request(work, caller, project_id, data)


@get("/archives/{archive_id:uuid}", tags=TAGS)
async def get_archive(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], archive_id: FromPath[UUID]
) -> Archive:
    """How far it is; once ready, a fresh link to it."""
    return await service.get(platform, caller, archive_id)


ROUTES = [create_archive, get_archive]
