"""How much of a thing an account may have: a port that domains are held to and that others fill.

What an account may have is decided by its plan (billing); what it has is counted by the domain whose it is. `wiring` brings both
together. Whoever adds something takes room for it first:

    room = await work.platform.quotas.room(work.connection, account_id, {Resource.PROJECTS})
    if refused := room.take({Resource.PROJECTS: 1}):
        raise refused

From then on the account's other takers wait until this transaction ends: requests at once cannot pass together.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from collections.abc import Set as AbstractSet
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from realstaging.kit.errors import AppError
from realstaging.runtime.database import Connection


class Resource(StrEnum):
    """What an account has a limited amount of."""

    STORAGE = "storage_bytes"
    """Bytes of originals, of results, and of files announced."""
    PHOTOS = "photos"
    """Photos, and files announced that may become some."""
    PROJECTS = "projects"
    UPLOADS = "uploads"
    """Files announced and not completed; those never completed are forgotten after a day."""
    STAGINGS = "stagings_in_flight"
    """Stagings that wait or run."""
    MEMBERS = "members"
    """Members, and invitations that are open."""
    STREAMS = "event_streams"
    """Open event streams, in each API process."""
    TOKEN_STREAMS = "event_streams_per_token"  # noqa: S105 - a word, no secret


Limits = Mapping[Resource, int]
LimitsOf = Callable[[Connection, UUID], Awaitable[Limits]]
Count = Callable[[Connection, UUID], Awaitable[Mapping[Resource, int]]]


class Use(msgspec.Struct, frozen=True):
    """Who counts what an account has of some resources; several may have a part in one."""

    resources: frozenset[Resource]
    count: Count


class QuotaReached(AppError):
    """Your plan holds no more of this. Delete something, or choose a larger plan."""

    code = "quota_reached"
    status = 402


class TooManyAtOnce(AppError):
    """Too much is under way at once. Wait until some of it is over, then try again."""

    code = "too_many_at_once"
    status = 429
    retry_after: float = 15.0


_NEEDED: Final[Mapping[Resource, tuple[str, str]]] = {
    Resource.STORAGE: ("Your plan holds {limit} of files, and {used} are used.", "Delete photos or stagings"),
    Resource.PHOTOS: ("Your plan holds {limit} photos, and you have {used}, with those being uploaded.", "Delete some"),
    Resource.PROJECTS: ("Your plan holds {limit} projects, and you have {used}.", "Delete some"),
    Resource.MEMBERS: ("Your plan holds {limit} members, and you have {used}, with those invited.", "Remove some"),
}
_AT_ONCE: Final[Mapping[Resource, str]] = {
    Resource.UPLOADS: "{limit} files may be announced and not yet completed, and {used} are. Complete them first; those never "
    "completed are forgotten after a day.",
    Resource.STAGINGS: "{limit} stagings may be under way at once, and {used} are. Wait until some are ready, then ask again.",
    Resource.STREAMS: "{limit} pages of your account may be open at once, and {used} are. Close some.",
    Resource.TOKEN_STREAMS: "{limit} pages may be open at once with one sign-in, and {used} are. Close some.",
}


def refusal(resource: Resource, limit: int, used: int) -> QuotaReached | TooManyAtOnce:
    """What is said to who asked for more: the limit, what is used, what to do."""
    told = {"limit": amount(resource, limit), "used": amount(resource, used)}
    if resource in _AT_ONCE:
        return TooManyAtOnce(_AT_ONCE[resource].format(**told), resource=resource, limit=limit, used=used)
    state, way_out = _NEEDED[resource]
    sentence = f"{state.format(**told)} {way_out}, or choose a larger plan."
    return QuotaReached(sentence, resource=resource, limit=limit, used=used)


def amount(resource: Resource, number: int) -> str:
    """A number as people read it."""
    return f"{number / 1e9:,.1f} GB" if resource is Resource.STORAGE else f"{number:,}"


class Room:
    """What is left of an account's quotas. Pure: whoever made it holds the lock."""

    def __init__(self, limits: Limits, used: Mapping[Resource, int]) -> None:
        self._limits = limits
        self._used = Counter(used)

    def take(self, wanted: Mapping[Resource, int]) -> QuotaReached | TooManyAtOnce | None:
        """Use up all of it, or nothing: then what stands in the way."""
        for resource, number in wanted.items():
            if self._used[resource] + number > self._limits[resource]:
                return refusal(resource, self._limits[resource], self._used[resource])
        self._used.update(wanted)
        return None


class Places:
    """Event streams open in this process, counted for their account and their token."""

    def __init__(self) -> None:
        self._taken: Counter[tuple[Resource, object]] = Counter()

    def take(self, limits: Limits, account_id: UUID, token: str) -> bytes:
        """A place, to be given back with the account and what this returns; TooManyAtOnce where there is none."""
        digest = hashlib.blake2b(token.encode(), digest_size=16).digest()
        for resource, who in _names(account_id, digest):
            if self._taken[resource, who] >= limits[resource]:
                raise refusal(resource, limits[resource], self._taken[resource, who])
        self._taken.update(_names(account_id, digest))
        return digest

    def give_back(self, account_id: UUID, digest: bytes) -> None:
        for name in _names(account_id, digest):
            self._taken[name] -= 1
            if not self._taken[name]:
                del self._taken[name]

    def of(self, account_id: UUID) -> int:
        return self._taken[Resource.STREAMS, account_id]


def _names(account_id: UUID, digest: bytes) -> tuple[tuple[Resource, object], ...]:
    return (Resource.STREAMS, account_id), (Resource.TOKEN_STREAMS, digest)


class Quotas:
    """The accounts' limits, and who counts what they have."""

    def __init__(self, limits_of: LimitsOf, uses: tuple[Use, ...]) -> None:
        self.limits_of = limits_of
        self._uses = uses
        self.streams = Places()

    async def room(self, connection: Connection, account_id: UUID, wanted: AbstractSet[Resource]) -> Room:
        """What is left of these, held for this transaction: take it before any row is locked (docs/decisions/0073)."""
        await connection.execute("select pg_advisory_xact_lock(hashtextextended($1, 2))", str(account_id))
        limits = await self.limits_of(connection, account_id)
        used = await self.used(connection, account_id, wanted)
        return Room({resource: limits[resource] for resource in wanted}, used)

    async def used(
        self, connection: Connection, account_id: UUID, wanted: AbstractSet[Resource] = frozenset(Resource)
    ) -> dict[Resource, int]:
        """What the account has of these; nobody counts what is not asked for."""
        found = Counter({Resource.STREAMS: self.streams.of(account_id)})
        for use in self._uses:
            if use.resources & wanted:
                found.update(await use.count(connection, account_id))
        return dict(found)
