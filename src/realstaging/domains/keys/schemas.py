"""Wire shapes of API keys."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID

import msgspec

from realstaging.kit import bounds

MOST_ADDRESSES: Final = 20
"""Networks that a key may be used from."""
LONGEST_LIFE_DAYS: Final = 731
"""Two years."""
LONGEST_OVERLAP_HOURS: Final = 7 * 24


class Mode(StrEnum):
    """`live`: does what it says. `test`: the same in an account apart, with the free engine and a mark on every picture; nothing is
    charged, and all of it is deleted after 30 days.
    """

    LIVE = "live"
    TEST = "test"


class Scope(StrEnum):
    """What a key may be allowed: the permissions of the same names."""

    READ = "read"
    UPLOAD = "upload"
    STAGE = "stage"
    DOWNLOAD = "download"
    EDIT = "edit"
    WEBHOOKS = "webhooks"
    USAGE = "usage"


Scopes = Annotated[list[Scope], msgspec.Meta(max_length=len(Scope), extra_json_schema={"uniqueItems": True})]
Network = Annotated[str, msgspec.Meta(min_length=2, max_length=49, pattern=rf"^[0-9A-Fa-f:./]+{bounds.END}")]


class NewKey(msgspec.Struct, forbid_unknown_fields=True):
    """``days``: after which it ends by itself; left out, it doesn't. ``addresses``: where it may be used from, as `203.0.113.7` or
    `2001:db8::/48`; left out, from everywhere.
    """

    name: bounds.Name
    scopes: Scopes
    mode: Mode = Mode.LIVE
    days: Annotated[int, msgspec.Meta(ge=1, le=LONGEST_LIFE_DAYS)] | None = None
    addresses: Annotated[list[Network], msgspec.Meta(max_length=MOST_ADDRESSES)] = []


class Rotation(msgspec.Struct, forbid_unknown_fields=True):
    """How long the old one goes on, at most seven days: so that programs can be given the new one meanwhile."""

    overlap_hours: Annotated[int, msgspec.Meta(ge=0, le=LONGEST_OVERLAP_HOURS)] = 24


class Key(msgspec.Struct, frozen=True):
    """A key as people know it again: by its name and how it ends. ``replaced_by``: the one it was rotated to."""

    id: UUID
    name: str
    mode: Mode
    ends_with: str
    scopes: list[Scope]
    addresses: list[str]
    created_at: datetime
    created_by: str
    expires_at: datetime | None
    last_used_on: date | None
    replaced_by: UUID | None


class ShownKey(msgspec.Struct, frozen=True):
    """A new key. ``secret`` is what programs send, as `Authorization: Bearer …`: it is shown now and never again."""

    key: Key
    secret: str


class Keys(msgspec.Struct, frozen=True):
    items: list[Key]
