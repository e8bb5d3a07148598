"""HTTP of exports and erasures."""

from __future__ import annotations

from uuid import UUID

from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from realstaging.domains.accounts.service import Member, Permission, needs
from realstaging.domains.privacy import erasures, service
from realstaging.domains.privacy.schemas import Erasure, Export, Exports, NewErasure
from realstaging.runtime.idempotency import Answer, Asked, Key, once
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import Work, transaction

TAGS = ["privacy"]


@post("/account/exports", tags=TAGS, opt=needs(Permission.SETTINGS, fresh=True))
async def create_export(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], idempotency_key: Key = None
) -> Response[Export]:
    """Have everything that is kept of the account packed into one ZIP. It is made by a job; whoever asked is written to when it is ready."""

    async def create(work: Work) -> Answer:
        return Answer(await service.request(work, caller))

    return await once(platform, Asked("POST /account/exports", caller.account.id, idempotency_key, None), create)


@get("/account/exports", tags=TAGS, opt=needs(Permission.SETTINGS))
async def list_exports(platform: NamedDependency[Platform], caller: NamedDependency[Member]) -> Exports:
    """Exports of the account whose days are not over, newest first. Look at one for its link."""
    return await service.listed(platform, caller)


@get("/account/exports/{export_id:uuid}", tags=TAGS, opt=needs(Permission.SETTINGS, fresh=True))
async def get_export(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], export_id: FromPath[UUID]
) -> Export:
    """How far it is; once ready, a fresh link to it. For whoever has signed in within the last ten minutes: it is all there is."""
    return await service.get(platform, caller, export_id)


@post("/me/exports", tags=TAGS, opt=needs(Permission.OWN, fresh=True))
async def create_own_export(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], idempotency_key: Key = None
) -> Response[Export]:
    """Have everything packed that is kept of you as a person: who you are, where you are a member, letters to you, what you did."""
    person_id = service.of_person(caller)

    async def create(work: Work) -> Answer:
        return Answer(await service.request(work, caller, person_id))

    asked = Asked(f"POST /me/exports of {person_id}", caller.account.id, idempotency_key, None)
    return await once(platform, asked, create)


@get("/me/exports", tags=TAGS, opt=needs(Permission.OWN))
async def list_own_exports(platform: NamedDependency[Platform], caller: NamedDependency[Member]) -> Exports:
    """Exports of your own whose days are not over, newest first. Look at one for its link."""
    return await service.listed(platform, caller, service.of_person(caller))


@get("/me/exports/{export_id:uuid}", tags=TAGS, opt=needs(Permission.OWN, fresh=True))
async def get_own_export(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], export_id: FromPath[UUID]
) -> Export:
    """How far it is; once ready, a fresh link to it. For whoever has signed in within the last ten minutes: it is all there is."""
    return await service.get(platform, caller, export_id, service.of_person(caller))


@post("/account/erasure", tags=TAGS, opt=needs(Permission.ERASE, fresh=True))
async def erase_account(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    data: JSONBody[NewErasure],
) -> Erasure:
    """Have the account erased with everything in it. It is suspended at once, and erased after seven days, in which that can be taken
    back. Name the account as it is shown.
    """
    async with transaction(platform) as work:
        return await erasures.request(work, caller, data)


@get("/me/accounts/{account_id:uuid}/erasure", tags=TAGS, opt=needs(Permission.OWN))
async def get_erasure(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], account_id: FromPath[UUID]
) -> Erasure:
    """When an account of yours is erased. 404 where it is not."""
    return await erasures.get(platform, caller, account_id)


@delete("/me/accounts/{account_id:uuid}/erasure", tags=TAGS, status_code=200, opt=needs(Permission.OWN))
async def withdraw_erasure(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], account_id: FromPath[UUID]
) -> Erasure:
    """Take the erasure of an account of yours back, before its day: the account goes on as it was."""
    async with transaction(platform) as work:
        return await erasures.withdraw(work, caller, account_id)


ROUTES = [
    create_export,
    list_exports,
    get_export,
    create_own_export,
    list_own_exports,
    get_own_export,
    erase_account,
    get_erasure,
    withdraw_erasure,
]
