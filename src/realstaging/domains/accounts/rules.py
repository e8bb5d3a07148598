"""Who may do what: roles, permissions, and the one table between them. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, Protocol, TypeVar
from uuid import UUID


class Permission(StrEnum):
    """What a route may ask of its caller (``opt=needs(…)``)."""

    READ = "read"
    UPLOAD = "upload"
    """Photos, and the projects they come into."""
    STAGE = "stage"
    DOWNLOAD = "download"
    EDIT = "edit"
    """Projects, corrections; deleting photos and stagings."""
    USAGE = "usage"
    WEBHOOKS = "webhooks"
    KEYS = "keys"
    MEMBERS = "members"
    AUDIT = "audit"
    SETTINGS = "settings"
    """The account's name and limits."""
    BILLING = "billing"
    TRANSFER = "transfer"
    ERASE = "erase"
    OWN = "own"
    """What is the signed-in person's own, whichever account they work in."""
    OPERATE = "operate"
    """No role has it: the setting OPERATOR_SUBJECTS names who does."""


class Role(StrEnum):
    """What somebody is in an account, the highest first."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"
    VIEWER = "viewer"


_VIEWER: Final = frozenset({Permission.READ, Permission.DOWNLOAD, Permission.USAGE, Permission.OWN})
_MEMBER: Final = _VIEWER | {Permission.UPLOAD, Permission.STAGE, Permission.EDIT}
_ADMIN: Final = _MEMBER | {
    Permission.WEBHOOKS,
    Permission.KEYS,
    Permission.MEMBERS,
    Permission.AUDIT,
    Permission.SETTINGS,
}
PERMISSIONS: Final[Mapping[Role, frozenset[Permission]]] = {
    Role.OWNER: frozenset(Permission) - {Permission.OPERATE},
    Role.ADMIN: _ADMIN,
    Role.MEMBER: _MEMBER,
    Role.VIEWER: _VIEWER,
}
"""The one table. docs/reference/roles.md is written from it."""
SUSPENDED: Final = frozenset({Permission.OWN})
"""What is left to who is suspended, or whose account is: to see where they are, and to work elsewhere."""
_HEIGHT: Final[Mapping[Role, int]] = {role: -place for place, role in enumerate(Role)}


def permissions_of(role: Role, *, suspended: bool = False) -> tuple[Permission, ...]:
    """In the order of the enum."""
    given = SUSPENDED if suspended else PERMISSIONS[role]
    return tuple(permission for permission in Permission if permission in given)


def roles_with(permission: Permission) -> list[Role]:
    """The roles that may, the highest first."""
    return [role for role in Role if permission in PERMISSIONS[role]]


def is_above(role: Role, other: Role) -> bool:
    """Whether ``role`` is higher than ``other``. Nobody gives a role above their own, nor changes who is above them."""
    return _HEIGHT[role] > _HEIGHT[other]


class Colleague(Protocol):
    """A member, as seats are given out."""

    @property
    def role(self) -> Role:
        """What they are."""
        ...


C = TypeVar("C", bound=Colleague)


def beyond(members: Sequence[C], seats: int) -> list[C]:
    """Who has no seat where there are so many, of members in the order in which they came: owners keep theirs first, then who came
    first.
    """
    seated = sorted(members, key=lambda one: one.role is not Role.OWNER)
    return seated[seats:]


def needs(permission: Permission, *, fresh: bool = False) -> dict[str, Any]:
    """The options of a route that asks for a permission; ``fresh``: of somebody who signed in minutes ago.

    ``@get("/projects", opt=needs(Permission.READ))``; looked at in `api.access`, where the caller is resolved.
    """
    return {"needs": permission, "fresh": fresh}


def digest(issuer: str, subject: str) -> bytes:
    """What stands for somebody who was erased, while tokens of theirs may turn up: 32 bytes."""
    return hashlib.sha256(f"realstaging:erased:{issuer} {subject}".encode()).digest()


MOST_OWN: Final = 20
"""Accounts that one person owns."""
MOST_MEMBERSHIPS: Final = 100
"""Accounts that one person is in."""


def refusal_to_change(actor: Role, target: Role, given: Role | None = None) -> str | None:
    """Why somebody may not change a member: nobody changes who is above them, nor gives a role above their own. None where they may."""
    if is_above(target, actor):
        return f"You are {actor}, and cannot change who is {target}. Ask an owner."
    if given is not None and is_above(given, actor):
        return f"You are {actor}, and cannot make anybody {given}. Ask an owner."
    return None


def asks_for_fresh_sign_in(target: Role | None, given: Role | None, *, suspends: bool = False) -> bool:
    """Whether only somebody who has just signed in may do this: who owns an account can take it from all others, so that it is given, or
    taken away, no more easily than the account as a whole is. ``suspends``: the member is suspended, or let back.
    """
    return given is Role.OWNER or (target is Role.OWNER and (suspends or given is not None))


def leaves_no_owner(owners: Collection[UUID], without: UUID) -> bool:
    """Whether nobody who may work owns an account once ``without`` does not. ``owners``: those that are not suspended."""
    return without in owners and len(owners) == 1
