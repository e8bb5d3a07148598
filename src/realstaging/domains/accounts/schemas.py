"""Wire shapes of accounts."""

from __future__ import annotations

from uuid import UUID

import msgspec


class Account(msgspec.Struct, frozen=True):
    id: UUID
    name: str


class Member(msgspec.Struct, frozen=True):
    """A signed-in person and the account they work in."""

    id: UUID
    email: str
    name: str
    account: Account


class Contact(msgspec.Struct, frozen=True):
    """How a member is called, and where mail reaches them."""

    name: str
    email: str
