"""What browsers, and every API process, are told of accounts. Thin: who people are is asked of the API."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import msgspec

from realstaging.domains.accounts.rules import Role
from realstaging.domains.accounts.schemas import Account
from realstaging.runtime.work import Event


class ToldMember(msgspec.Struct, frozen=True):
    """A member of the account, and their role in it."""

    id: UUID
    role: Role


class MemberJoined(Event, frozen=True, tag="member.joined"):
    """They came into the account."""

    data: ToldMember


class MemberChanged(Event, frozen=True, tag="member.changed"):
    """Their role is another, or they are suspended, or not any more."""

    data: ToldMember


class MemberRemoved(Event, frozen=True, tag="member.removed"):
    """They left, or were removed."""

    data: ToldMember


class AccountChanged(Event, frozen=True, tag="account.changed"):
    """Its name or kind is another."""

    data: Account


class AccountSuspended(Event, frozen=True, tag="account.suspended"):
    """Nothing in it runs any more."""

    data: Account


class AccountResumed(Event, frozen=True, tag="account.resumed"):
    """It is not suspended any more."""

    data: Account


EVENTS: Final[list[type[Event]]] = [
    MemberJoined,
    MemberChanged,
    MemberRemoved,
    AccountChanged,
    AccountSuspended,
    AccountResumed,
]
ACCESS: Final = frozenset(str(event.__struct_config__.tag) for event in EVENTS) - {"member.joined"}
"""Kinds of events after which nobody's permissions in the account are what they were: processes read them anew."""
