"""HTTP of accounts: who one is, which accounts one is in, who else is."""

from __future__ import annotations

from uuid import UUID

from litestar import Response, delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from realstaging.domains.accounts import keeping, office, profile, profile_routes, service
from realstaging.domains.accounts.rules import Permission, needs
from realstaging.domains.accounts.schemas import (
    AccountChange,
    AccountDetails,
    AccountState,
    Colleague,
    Colleagues,
    Me,
    Member,
    MemberChange,
    Membership,
    Memberships,
    NewAccount,
    Retention,
    RetentionChange,
    Transfer,
)
from realstaging.runtime.idempotency import Answer, Asked, Key, once
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import Work, transaction

TAGS = ["accounts"]


@get("/me", tags=TAGS, opt=needs(Permission.OWN))
async def me(platform: NamedDependency[Platform], caller: NamedDependency[Member]) -> Me:
    """Who you are, the account you work in, what you may do there, and what you would rather have."""
    return await profile.me(platform, caller)


@get("/me/accounts", tags=TAGS, opt=needs(Permission.OWN))
async def list_accounts(platform: NamedDependency[Platform], caller: NamedDependency[Member]) -> Memberships:
    """The accounts you are in. Name one by the header `Real-Staging-Account`; without it you work in the first."""
    return await service.memberships(platform, caller)


@post("/me/accounts", tags=TAGS, opt=needs(Permission.OWN))
async def create_account(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    data: JSONBody[NewAccount],
    idempotency_key: Key = None,
) -> Response[Membership]:
    """A further account, such as an office's: you are its owner."""

    async def create(work: Work) -> Answer:
        return Answer(await office.create(work, caller, data))

    asked = Asked(f"POST /me/accounts of {caller.person_id}", caller.account.id, idempotency_key, data)
    return await once(platform, asked, create)


@delete("/me/accounts/{account_id:uuid}", tags=TAGS, opt=needs(Permission.OWN))
async def leave_account(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], account_id: FromPath[UUID]
) -> None:
    """Leave an account. Your work stays in it. Its only owner cannot leave."""
    async with transaction(platform) as work:
        await office.leave(work, caller, account_id)


@get("/account", tags=TAGS, opt=needs(Permission.READ))
async def get_account(platform: NamedDependency[Platform], caller: NamedDependency[Member]) -> AccountDetails:
    """The account you work in."""
    return await office.details(platform, platform.database, caller)


@patch("/account", tags=TAGS, opt=needs(Permission.SETTINGS))
async def change_account(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], data: JSONBody[AccountChange]
) -> AccountDetails:
    async with transaction(platform) as work:
        return await office.change(work, caller, data)


@get("/account/retention", tags=["privacy"], opt=needs(Permission.READ))
async def get_retention(platform: NamedDependency[Platform], caller: NamedDependency[Member]) -> Retention:
    """How long the account's photos, results and unfinished uploads are kept, and what may be chosen."""
    return await keeping.read(platform, platform.database, caller)


@patch("/account/retention", tags=["privacy"], opt=needs(Permission.SETTINGS, fresh=True))
async def change_retention(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], data: JSONBody[RetentionChange]
) -> Retention:
    """Choose after how many days things go by themselves, for good. What is to go earlier stays another day, in which that can be taken
    back.
    """
    async with transaction(platform) as work:
        return await keeping.change(work, caller, data)


@post("/account/transfer", tags=TAGS, status_code=200, opt=needs(Permission.TRANSFER, fresh=True))
async def transfer_account(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], data: JSONBody[Transfer]
) -> Colleague:
    """Make another member the owner in your place. You are an admin from then on."""
    async with transaction(platform) as work:
        return await office.transfer(work, caller, data.member_id)


@get("/members", tags=TAGS, opt=needs(Permission.MEMBERS))
async def list_members(platform: NamedDependency[Platform], caller: NamedDependency[Member]) -> Colleagues:
    """Everybody in the account you work in."""
    return await office.members(platform, caller)


@patch("/members/{member_id:uuid}", tags=TAGS, opt=needs(Permission.MEMBERS))
async def change_member(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    member_id: FromPath[UUID],
    data: JSONBody[MemberChange],
    *,
    fresh: NamedDependency[bool],
) -> Colleague:
    """Another role, suspended or not, another monthly limit. Nobody changes who is above them, nor gives a role above their own. To make
    somebody an owner, or an owner something else, or to suspend an owner or let them back, you must have signed in within the last ten
    minutes.
    """
    async with transaction(platform) as work:
        return await office.change_member(work, caller, member_id, data, fresh=fresh)


@delete("/members/{member_id:uuid}", tags=TAGS, opt=needs(Permission.MEMBERS, fresh=True))
async def remove_member(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], member_id: FromPath[UUID]
) -> None:
    """Remove somebody at once. Their work stays."""
    async with transaction(platform) as work:
        await office.remove(work, caller, member_id)


@put(
    "/operator/accounts/{account_id:uuid}/state",
    tags=["operator"],
    status_code=204,
    opt=needs(Permission.OPERATE, fresh=True),
)
async def set_account_state(
    platform: NamedDependency[Platform], account_id: FromPath[UUID], data: JSONBody[AccountState]
) -> None:
    """Suspend an account: nobody gets in, what runs is stopped, and nothing is charged for it. Or let it go on."""
    async with transaction(platform) as work:
        await office.set_state(work, account_id, suspended=data.suspended)


ROUTES = [
    *profile_routes.ROUTES,
    me,
    list_accounts,
    create_account,
    leave_account,
    get_account,
    change_account,
    get_retention,
    change_retention,
    transfer_account,
    list_members,
    change_member,
    remove_member,
    set_account_state,
]
