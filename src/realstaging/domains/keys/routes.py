"""HTTP of API keys."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from realstaging.domains.accounts.service import Member, Permission, needs
from realstaging.domains.keys import service
from realstaging.domains.keys.schemas import Keys, NewKey, Rotation, ShownKey
from realstaging.runtime.idempotency import Answer, Asked, Key, once
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import Work, transaction

TAGS = ["keys"]


@get("/keys", tags=TAGS, opt=needs(Permission.KEYS))
async def list_keys(platform: NamedDependency[Platform], caller: NamedDependency[Member]) -> Keys:
    """Your account's API keys, newest first; one that has ended is listed for another 30 days."""
    return await service.listed(platform, caller)


@post("/keys", tags=TAGS, opt=needs(Permission.KEYS, fresh=True))
async def create_key(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    data: JSONBody[NewKey],
    idempotency_key: Key = None,
) -> Response[ShownKey]:
    """Make a key for a program of yours. Its secret is in this answer and nowhere else."""

    async def create(work: Work) -> Answer:
        return Answer(await service.create(work, caller, data), shown_once=True)

    return await once(platform, Asked("POST /keys", caller.account.id, idempotency_key, data), create)


@post("/keys/{key_id:uuid}/rotate", tags=TAGS, opt=needs(Permission.KEYS, fresh=True))
async def rotate_key(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    key_id: FromPath[UUID],
    data: JSONBody[Rotation],
    idempotency_key: Key = None,
) -> Response[ShownKey]:
    """Another secret for the same: both are taken for as long as you say, then the new one alone."""

    async def rotate(work: Work) -> Answer:
        overlap = timedelta(hours=data.overlap_hours)
        return Answer(await service.rotate(work, caller, key_id, overlap), shown_once=True)

    asked = Asked(f"POST /keys/{key_id}/rotate", caller.account.id, idempotency_key, data)
    return await once(platform, asked, rotate)


@delete("/keys/{key_id:uuid}", tags=TAGS, opt=needs(Permission.KEYS))
async def revoke_key(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], key_id: FromPath[UUID]
) -> None:
    """The key opens nothing any more, at once."""
    async with transaction(platform) as work:
        await service.revoke(work, caller, key_id)


ROUTES = [list_keys, create_key, rotate_key, revoke_key]
