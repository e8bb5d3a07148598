"""Every statement on profiles."""

from __future__ import annotations

from uuid import UUID

import msgspec

from realstaging.domains.accounts.schemas import Kept
from realstaging.runtime.database import Connection, struct_of


class ProfileRow(msgspec.Struct, frozen=True):
    """A person's profile. ``photo_digest``: SHA-256 in hex; None where there is no photo."""

    name: str
    email: str
    profile: Kept
    profile_version: int
    photo_digest: str | None


async def profile(connection: Connection, person_id: UUID) -> ProfileRow | None:
    row = await connection.fetchrow(
        "select name, email, profile, profile_version, photo_digest from people where id = $1", person_id
    )
    return struct_of(ProfileRow, row)


async def keep_profile(connection: Connection, person_id: UUID, name: str, kept: Kept) -> None:
    await connection.execute(
        "update people set name = $2, profile = $3, profile_version = profile_version + 1 where id = $1",
        person_id,
        name,
        kept,
    )


class Photo(msgspec.Struct, frozen=True):
    """A small WebP."""

    photo: bytes
    photo_digest: str


async def photo(connection: Connection, person_id: UUID) -> Photo | None:
    row = await connection.fetchrow(
        "select photo, photo_digest from people where id = $1 and photo is not null", person_id
    )
    return struct_of(Photo, row)


async def set_photo(connection: Connection, person_id: UUID, photo: bytes | None, digest: str | None) -> None:
    await connection.execute(
        "update people set photo = $2, photo_digest = $3, profile_version = profile_version + 1 where id = $1",
        person_id,
        photo,
        digest,
    )
