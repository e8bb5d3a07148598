"""Use cases of projects."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import UNSET

from realstaging.domains.accounts import service as accounts
from realstaging.domains.accounts.service import Member
from realstaging.domains.projects import store
from realstaging.domains.projects.events import DeletedProject, ProjectChanged, ProjectDeleted
from realstaging.domains.projects.schemas import Project as Project
from realstaging.domains.projects.schemas import ProjectChange, ProjectPage
from realstaging.domains.projects.store import Wanted as Wanted
from realstaging.kit import cursors
from realstaging.kit.errors import NotFound
from realstaging.kit.ids import new_id
from realstaging.runtime.database import Connection
from realstaging.runtime.platform import Platform
from realstaging.runtime.quotas import Resource
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work, transaction
from realstaging.storage import Sign

FORGOTTEN_AT_ONCE: Final = 1000


async def require(connection: Connection, caller: Member, project_id: UUID) -> None:
    """The one door to everything in a project: NotFound unless it is the caller's account's."""
    if not await store.owned(connection, caller.account.id, project_id):
        raise NotFound("There is no such project.")


async def name_of(connection: Connection, project_id: UUID) -> str:
    """The name of a project that the caller was let into."""
    return await store.name_of(connection, project_id)


async def keep(work: Work, caller: Member, project_id: UUID) -> None:
    """As `require`, and the project is not deleted until this transaction ends: what is put into it is not lost with it."""
    if not await store.lock(work.connection, caller.account.id, project_id):
        raise NotFound("There is no such project.")


async def keep_of_photos(work: Work, caller: Member, photo_ids: Sequence[UUID], into: UUID | None = None) -> set[UUID]:
    """Lock the caller's projects that these photos are in, as `keep` does, and the one they come ``into``: their ids. Whose the photos
    are is asked of the photos.
    """
    kept = await store.lock_of_photos(work.connection, caller.account.id, photo_ids, into)
    if into is not None and into not in kept:
        raise NotFound("There is no such project.")
    return kept


def _project(sign: Sign, row: store.Listed) -> Project:
    cover = row.cover_key and sign(row.cover_key)
    return Project(row.id, row.name, row.created_at, row.photo_count, row.ready_count, cover, row.archived)


async def used(connection: Connection, account_id: UUID) -> dict[Resource, int]:
    """What the account has of what its plan limits."""
    return {Resource.PROJECTS: await store.count(connection, account_id)}


async def create(work: Work, caller: Member, name: str) -> Project:
    """QuotaReached where the plan holds no more."""
    room = await work.platform.quotas.room(work.connection, caller.account.id, {Resource.PROJECTS})
    if refused := room.take({Resource.PROJECTS: 1}):
        raise refused
    row = await store.insert(work.connection, new_id(), caller.account.id, name.strip())
    project = _project(work.platform.signer(), row)
    work.publish(caller.account.id, ProjectChanged(project))
    work.record(caller.account.id, Action.PROJECT_CREATED, project.id, name=project.name)
    return project


async def page(platform: Platform, caller: Member, wanted: Wanted, limit: int) -> ProjectPage:
    rows = await store.page(platform.database, caller.account.id, wanted, limit + 1)
    sign = platform.signer()
    kept = [_project(sign, row) for row in rows[:limit]]
    return ProjectPage(kept, cursors.encode(kept[-1].id) if len(rows) > limit else None)


async def get(platform: Platform, caller: Member, project_id: UUID, connection: Connection | None = None) -> Project:
    """``connection``: where other things are read as well."""
    row = await store.find(connection or platform.database, caller.account.id, project_id)
    if row is None:
        raise NotFound("There is no such project.")
    return _project(platform.signer(), row)


async def change(work: Work, caller: Member, project_id: UUID, asked: ProjectChange) -> Project:
    name = None if asked.name is UNSET else asked.name.strip()
    archived = None if asked.archived is UNSET else asked.archived
    if not await store.change(work.connection, caller.account.id, project_id, name, archived):
        raise NotFound("There is no such project.")
    row = await store.find(work.connection, caller.account.id, project_id)
    assert row is not None
    project = _project(work.platform.signer(), row)
    work.publish(caller.account.id, ProjectChanged(project))
    work.record(caller.account.id, Action.PROJECT_CHANGED, project_id, name=project.name, archived=archived)
    return project


async def remove_old_tests(platform: Platform, before: datetime, most: int) -> None:
    """Delete projects of accounts for trying that are older and hold no photo any more."""
    for row in await store.old_and_empty_of_tests(platform.database, before, most):
        with suppress(NotFound):
            async with transaction(platform) as work:
                await delete(work, accounts.nobody(row.account_id), row.id)


async def delete(work: Work, caller: Member, project_id: UUID) -> None:
    """Take the project out of sight at once. Who keeps something in it is told, and sees to its end."""
    name = await store.delete(work.connection, caller.account.id, project_id)
    if name is None:
        raise NotFound("There is no such project.")
    work.publish(caller.account.id, ProjectDeleted(DeletedProject(project_id)))
    work.record(caller.account.id, Action.PROJECT_DELETED, project_id, name=name)


async def forget_deleted(platform: Platform) -> None:
    """Forget rows of projects that were deleted long ago and are empty by now."""
    async with transaction(platform) as work:
        await store.forget_deleted(work.connection, work.now - platform.kept_for.deleted, FORGOTTEN_AT_ONCE)
