"""HTTP of projects."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from realstaging.domains.accounts.service import Member, Permission, needs
from realstaging.domains.projects import service
from realstaging.domains.projects.schemas import NewProject, Order, Project, ProjectChange, ProjectPage
from realstaging.kit import bounds, cursors
from realstaging.kit.cursors import LARGEST_PAGE
from realstaging.runtime.idempotency import Answer, Asked, Key, once
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import Work, transaction

Limit = Annotated[int, QueryParameter(ge=1, le=LARGEST_PAGE)]
TAGS = ["projects"]


@get("/projects", tags=TAGS, opt=needs(Permission.READ))
async def list_projects(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    cursor: FromQuery[bounds.Cursor | None] = None,
    limit: Limit = 50,
    *,
    search: Annotated[str, QueryParameter(max_length=bounds.LONGEST_NAME, pattern=bounds.LINE)] = "",
    order: FromQuery[Order] = Order.NEWEST,
    archived: FromQuery[bool] = False,
) -> ProjectPage:
    """Your account's projects, newest first or by name; with ``search``, those that have it in their name. ``archived``: those that
    were put away, instead of those that were not.
    """
    wanted = service.Wanted(order, search.strip(), archived, cursors.decode(cursor))
    return await service.page(platform, caller, wanted, limit)


@post("/projects", tags=TAGS, opt=needs(Permission.UPLOAD))
async def create_project(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    data: JSONBody[NewProject],
    idempotency_key: Key = None,
) -> Response[Project]:
    async def create(work: Work) -> Answer:
        return Answer(await service.create(work, caller, data.name))

    return await once(platform, Asked("POST /projects", caller.account.id, idempotency_key, data), create)


@get("/projects/{project_id:uuid}", tags=TAGS, opt=needs(Permission.READ))
async def get_project(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], project_id: FromPath[UUID]
) -> Project:
    return await service.get(platform, caller, project_id)


@patch("/projects/{project_id:uuid}", tags=TAGS, opt=needs(Permission.EDIT))
async def change_project(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    project_id: FromPath[UUID],
    data: JSONBody[ProjectChange],
) -> Project:
    """Rename it, put it away, or bring it back."""
    async with transaction(platform) as work:
        return await service.change(work, caller, project_id, data)


@delete("/projects/{project_id:uuid}", tags=TAGS, opt=needs(Permission.EDIT))
async def delete_project(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], project_id: FromPath[UUID]
) -> None:
    """Delete the project with its photos and stagings."""
    async with transaction(platform) as work:
        await service.delete(work, caller, project_id)


ROUTES = [list_projects, create_project, get_project, change_project, delete_project]
