"""Wire shapes of accounts."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from realstaging.domains.accounts.rules import Permission, Role, permissions_of
from realstaging.kit import bounds


class Kind(StrEnum):
    """Whom an account is of."""

    PERSON = "person"
    OFFICE = "office"


class Suspended(StrEnum):
    """What keeps somebody out of an account: their membership, or the account as a whole, is suspended."""

    MEMBER = "member"
    ACCOUNT = "account"


class Account(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    kind: Kind = Kind.PERSON
    test: bool = False
    """For trying: made by a test key, and looked into by the people of the account that it belongs to."""


class Member(msgspec.Struct, frozen=True):
    """Who calls, and the account they work in. ``person_id``: null where a key calls, which is nobody's.

    ``permissions``: what they may do there, which is what their role may unless they or the account are suspended.
    """

    id: UUID
    email: str
    name: str
    account: Account
    role: Role = Role.OWNER
    person_id: UUID | None = None
    permissions: tuple[Permission, ...] = permissions_of(Role.OWNER)
    suspended: Suspended | None = None


class Membership(msgspec.Struct, frozen=True):
    """An account somebody is in, and as what."""

    account: Account
    role: Role
    suspended: Suspended | None


class Memberships(msgspec.Struct, frozen=True):
    """The first is the one a request works in that names none."""

    items: list[Membership]


class NewAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A further account: you are its owner."""

    name: bounds.Name
    kind: Kind = Kind.OFFICE


class AccountChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is left out stays as it is."""

    name: bounds.Name | UnsetType = UNSET
    kind: Kind | UnsetType = UNSET


class AccountState(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether an account is suspended: nothing in it runs, and nobody gets in."""

    suspended: bool


class AccountDetails(msgspec.Struct, frozen=True):
    """``seats_used``: members who may work, which is what is counted for billing. ``seats_limit``: members and open invitations that the
    plan holds.
    """

    id: UUID
    name: str
    kind: Kind
    created_at: datetime
    seats_used: int
    seats_limit: int


class Colleague(msgspec.Struct, frozen=True):
    """A member as those who manage the account see them. ``since``: when they came into it."""

    id: UUID
    name: str
    email: str
    role: Role
    suspended: bool
    since: datetime
    monthly_limit_usd: Decimal | None


class Colleagues(msgspec.Struct, frozen=True):
    """The members of an account, the first to come first."""

    items: list[Colleague]


class MemberChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is left out stays as it is. ``monthly_limit_usd``: what their stagings may cost in a month, within the account's budget; null for
    no limit of their own.
    """

    role: Role | UnsetType = UNSET
    suspended: bool | UnsetType = UNSET
    monthly_limit_usd: bounds.Dollars | UnsetType | None = UNSET


class Transfer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is to own the account."""

    member_id: UUID


class Contact(msgspec.Struct, frozen=True):
    """How a member is called, and where mail reaches them."""

    name: str
    email: str
