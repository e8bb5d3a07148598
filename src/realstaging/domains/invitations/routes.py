"""HTTP of invitations."""

from __future__ import annotations

from uuid import UUID

from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from realstaging.domains.accounts.service import Member, Membership, Permission, needs
from realstaging.domains.invitations import service
from realstaging.domains.invitations.schemas import (
    Acceptance,
    MemberInvitation,
    MemberInvitations,
    NewInvitation,
    Presented,
    Shown,
)
from realstaging.runtime.idempotency import Answer, Asked, Key, once
from realstaging.runtime.platform import Platform
from realstaging.runtime.rate_limits import Cost
from realstaging.runtime.work import Work, transaction

TAGS = ["invitations"]


@get("/invitations", tags=TAGS, opt=needs(Permission.MEMBERS))
async def list_invitations(platform: NamedDependency[Platform], caller: NamedDependency[Member]) -> MemberInvitations:
    """MemberInvitations that nobody has accepted or revoked."""
    return await service.listed(platform, caller)


@post("/invitations", tags=TAGS, opt=needs(Permission.MEMBERS))
async def create_invitation(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    data: JSONBody[NewInvitation],
    idempotency_key: Key = None,
    *,
    fresh: NamedDependency[bool],
) -> Response[MemberInvitation]:
    """Ask somebody into your account by e-mail. The link in the letter is good for 14 days. To invite an owner, you must have signed in
    within the last ten minutes.
    """

    async def create(work: Work) -> Answer:
        return Answer(await service.invite(work, caller, data, fresh=fresh))

    return await once(platform, Asked("POST /invitations", caller.account.id, idempotency_key, data), create)


@post("/invitations/{invitation_id:uuid}/resend", tags=TAGS, status_code=200, opt=needs(Permission.MEMBERS))
async def resend_invitation(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    invitation_id: FromPath[UUID],
    idempotency_key: Key = None,
    *,
    fresh: NamedDependency[bool],
) -> Response[MemberInvitation]:
    """Send it once more, with another link, good for 14 days from now. The link before does not work any more. For an owner's, you must
    have signed in within the last ten minutes.
    """

    async def resend(work: Work) -> Answer:
        return Answer(await service.resend(work, caller, invitation_id, fresh=fresh), 200)

    asked = Asked(f"POST /invitations/{invitation_id}/resend", caller.account.id, idempotency_key)
    return await once(platform, asked, resend)


@delete("/invitations/{invitation_id:uuid}", tags=TAGS, opt=needs(Permission.MEMBERS))
async def revoke_invitation(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], invitation_id: FromPath[UUID]
) -> None:
    """Take it back: its link does not work any more."""
    async with transaction(platform) as work:
        await service.revoke(work, caller, invitation_id)


@post("/invitations/look", tags=TAGS, status_code=200, exclude_from_auth=True, opt={"cost": Cost.SIGN_IN})
async def look_at_invitation(platform: NamedDependency[Platform], data: JSONBody[Presented]) -> Shown:
    """What the link in a letter leads to: who invites whom into what. Open to who holds the link, before they sign in."""
    return await service.look(platform, data.token)


@post("/invitations/accept", tags=TAGS, status_code=200, opt=needs(Permission.OWN))
async def accept_invitation(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], data: JSONBody[Acceptance]
) -> Membership:
    """Become a member of the account that you are invited to. Work in it by sending its id as `Real-Staging-Account`."""
    async with transaction(platform) as work:
        return await service.accept(work, caller, data)


ROUTES = [
    list_invitations,
    create_invitation,
    resend_invitation,
    revoke_invitation,
    look_at_invitation,
    accept_invitation,
]
