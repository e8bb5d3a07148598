"""Who may: the one place where a route's permission is looked at, before anything of it is read.

A guard of the whole application: it runs for every route, finds the caller, and holds what the route says it needs (``opt=needs(…)``)
against what the caller may. A route of the API that says nothing is closed to everybody.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.types import Guard

from realstaging.api.people import People, SignIns
from realstaging.domains.accounts import service as accounts
from realstaging.domains.accounts.service import Member, Permission, Suspended
from realstaging.domains.keys import service as keys
from realstaging.domains.keys.service import Bearer
from realstaging.kit.errors import FRESH, InvalidInput, NotPermitted, SignInAgain, Unauthenticated
from realstaging.runtime import acting
from realstaging.runtime.acting import Actor, ActorKind
from realstaging.runtime.identity import Claims, Identity
from realstaging.runtime.platform import Platform
from realstaging.settings import Settings

# Of a request's state: what its token said, once it was verified; and who calls, once they were let in.
CLAIMS: Final = "claims"
CALLER: Final = "caller"
# Of one by a key: who bears it, or why it was refused; and the very address that calls.
BEARER: Final = "bearer"
REFUSED: Final = "refused"
ADDRESS: Final = "from"
# Whether whoever calls has signed in minutes ago; a key never has.
FRESHLY: Final = "fresh"
# And which edition of what is known of people let them in.
EDITION: Final = "edition"
ACCOUNT: Final = "Real-Staging-Account"
_ACCOUNT: Final = ACCOUNT.lower().encode()
_ID: Final = re.compile(rb"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def bearer(headers: dict[bytes, bytes]) -> str:
    kind, _, token = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise Unauthenticated
    return token


def chosen(headers: dict[bytes, bytes]) -> UUID | None:
    """The account that a request names; InvalidInput where that is no id."""
    given = headers.get(_ACCOUNT)
    if given is None:
        return None
    if not _ID.fullmatch(given):
        raise InvalidInput(
            f"{ACCOUNT} is not the id of an account. Send one of those that GET /api/v1/me/accounts lists, or leave the header out."
        )
    return UUID(given.decode())


def needs_sign_in(route: str, options: dict[str, Any]) -> bool:
    return route.startswith("/api/") and not options.get("exclude_from_auth")


def guard(access: Callable[[], Access]) -> Guard:
    """The one guard of all routes, as Litestar copies the handler for each."""

    async def guarding(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
        if connection.scope.get("method") != "OPTIONS":
            current = access()
            await current.let_in(connection, handler)
            current.require_switches(handler.opt)

    return guarding


class Access:
    """Lets callers in."""

    def __init__(self, settings: Settings, platform: Platform, identity: Identity, people: People) -> None:
        self._operators = settings.operators
        self._platform = platform
        self._identity = identity
        self._people = people
        self._sign_ins = SignIns()

    def require_switches(self, options: dict[str, Any]) -> None:
        """SwitchedOff where one of the switches that close a route (``opt=closed_by(…)``) is off."""
        for switch in options.get("switches", ()):
            self._platform.switches.require(switch)

    async def let_in(self, connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
        """What is open to all passes, else the caller is put into the request's state."""
        scope = connection.scope
        if not needs_sign_in(str(scope.get("path_template")), handler.opt):
            return
        headers = dict(scope["headers"])
        scope["state"].setdefault(EDITION, self._people.edition)
        if keys.is_key(token := bearer(headers)):
            scope["state"][CALLER] = await self._by_key(scope["state"], token, chosen(headers), handler.opt)
            return
        claims = scope["state"].get(CLAIMS) or await self._identity.verify(token)
        scope["state"][CLAIMS] = claims
        member = await self._member(claims, chosen(headers))
        permit(member, handler.opt)
        freshly = self._platform.clock().timestamp() - claims.signed_in_at <= FRESH
        if handler.opt.get("fresh") and not freshly:
            raise SignInAgain
        scope["state"][FRESHLY] = freshly
        kind = ActorKind.OPERATOR if handler.opt["needs"] is Permission.OPERATE else ActorKind.PERSON
        acting.by(Actor(kind, member.id, member.email or member.name))
        await self._sign_ins.note(self._platform, member, claims)
        scope["state"][CALLER] = member

    async def _by_key(
        self, state: dict[str, Any], key: str, account_id: UUID | None, options: dict[str, Any]
    ) -> Member:
        """Who bears a key, where its scopes and its addresses allow what the route needs."""
        if refused := state.get(REFUSED):
            raise refused
        bearer: Bearer = state.get(BEARER) or await self.bearer_of(key)
        member = bearer.member
        if bearer.expires_at and bearer.expires_at <= self._platform.clock():
            raise keys.BadKey
        if not keys.is_from(state.get(ADDRESS), bearer.allowed):
            raise keys.KeyElsewhere
        if account_id not in {None, member.account.id}:
            raise keys.KeyOfAnotherAccount
        permit(member, options)
        if options.get("fresh"):
            raise NotPermitted("Only somebody who signed in minutes ago may do this, and no key.")
        acting.by(Actor(ActorKind.KEY, bearer.key_id, bearer.name))
        await self._sign_ins.note_key(self._platform, bearer.key_id)
        return member

    async def bearer_of(self, key: str) -> Bearer:
        """What a key opens, by its row. BadKey."""
        edition = self._people.edition
        found = await keys.open_with(self._platform, key)
        self._people.remember_bearer(key, found, edition=edition)
        return found

    async def _member(self, claims: Claims, account_id: UUID | None) -> Member:
        known = self._people.member(claims, account_id)
        if known is None:
            edition = self._people.edition
            known = await accounts.sign_in(self._platform, claims, account_id)
            if claims.subject in self._operators:
                known = accounts.operator(known)
            self._people.remember(claims, known, account_id, edition=edition)
        return known


def permit(member: Member, options: dict[str, Any]) -> None:
    """NotPermitted, or that they are suspended, unless the member may do what a route needs. Who says nothing needs what nobody has."""
    needed = options.get("needs")
    if needed in member.permissions:
        return
    if needed is None or needed is Permission.OPERATE:
        raise NotPermitted("Only who runs this service may do this.")
    match member.suspended:
        case Suspended.MEMBER:
            raise accounts.MemberSuspended
        case Suspended.ACCOUNT:
            raise accounts.AccountSuspended
    if member.person_id is None:
        raise NotPermitted(f"This needs the permission {needed}, which this key has not.", permission=needed)
    may = " and ".join(f"{role}s" for role in accounts.roles_with(needed))
    raise NotPermitted(
        f"This needs the permission {needed}. You are {member.role} of {member.account.name}; {may} have it: ask one of them.",
        permission=needed,
        role=member.role,
    )
