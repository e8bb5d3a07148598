"""What domains keep of accounts and of people: a port that each of them fills, and that exports and erasures walk (decision 105).

A domain says in its ``account_data`` which tables it keeps, how their rows are handed out, page by page, and how they are erased, some
at a time. `wiring.account_data` lists the domains in their order, the lowest first; a table that is on no domain's list fails a test.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from realstaging.runtime.database import Connection
from realstaging.runtime.work import Work

Of = TypeVar("Of")

Counts = Mapping[str, int]
"""How many rows were erased, by their table."""


class Exported(msgspec.Struct, frozen=True):
    """One row as it is handed out. ``at``: where its page goes on. ``file``: the key of the picture it names, ``name`` what that is called
    and ``suffix`` how the name ends.
    """

    at: str
    said: dict[str, Any]
    file: str | None = None
    name: str = ""
    suffix: str = ""


Read = Callable[[Connection, UUID, str | None, int], Awaitable[list[Exported]]]
"""Rows of an account or a person, in one order, after a place; so many at most."""


class Section(msgspec.Struct, frozen=True):
    """A file of an export: its name, and what is in it."""

    name: str
    read: Read


class Person(msgspec.Struct, frozen=True):
    """Who is forgotten. ``email`` is empty where they have none, or share it with somebody who goes on."""

    id: UUID
    issuer: str
    subject: str
    email: str
    email_verified: bool = False


Erase = Callable[[Work, Of, int], Awaitable[Counts]]
"""Erase some rows, with their files, in this transaction: so many at most of each table. Nothing where none are left; safe to repeat."""


class AccountData(msgspec.Struct, frozen=True, kw_only=True):
    """What a domain keeps. ``tables``: every table of its own with something of an account, a person, a project or a picture in it.

    ``of_account``, ``of_person``: what an export holds. ``erase``, ``forget``: how rows of an account, of a person end; None where the
    domain above has them or where they stay, which ``kept`` says in words. ``folders``: where nothing of an account may be left.
    """

    tables: frozenset[str]
    of_account: tuple[Section, ...] = ()
    of_person: tuple[Section, ...] = ()
    erase: Erase[UUID] | None = None
    forget: Erase[Person] | None = None
    folders: Callable[[UUID], list[str]] | None = None
    kept: tuple[str, ...] = ()
