"""What is told of keys: to browsers, and to every process that lets callers in."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import msgspec

from realstaging.domains.accounts.service import Permission
from realstaging.runtime.work import Event


class ChangedKey(msgspec.Struct, frozen=True):
    id: UUID


class KeysChanged(Event, frozen=True, tag="keys.changed"):
    """A key is new, was rotated or revoked: who calls by one is let in anew."""

    needs = Permission.KEYS
    data: ChangedKey


EVENTS: Final[list[type[Event]]] = [KeysChanged]
