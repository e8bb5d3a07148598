"""Use cases of a person's profile: read, changed by what is named (RFC 7396), and the photo in it."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from realstaging.domains.accounts import profile_rules as rules
from realstaging.domains.accounts import profile_store, store
from realstaging.domains.accounts.errors import WasErased
from realstaging.domains.accounts.portrait import square
from realstaging.domains.accounts.schemas import Kept, Me, Member, Preferences, Profile, ProfileChange
from realstaging.kit.errors import BadPhoto, Changed, InvalidFields, NotFound, NotPermitted
from realstaging.runtime.database import Connection
from realstaging.runtime.platform import Platform
from realstaging.runtime.processes import opened
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work, transaction

PHOTO = "/api/v1/me/profile/photo"


def own(caller: Member) -> UUID:
    """The person who calls. NotPermitted for a key, which is nobody's."""
    if caller.person_id is None:
        raise NotPermitted("Only somebody who is signed in may do this, and no key.")
    return caller.person_id


async def read(connection: Connection, caller: Member) -> Profile:
    return _profile(await _row(connection, own(caller)))


async def _row(connection: Connection, person_id: UUID) -> profile_store.ProfileRow:
    """WasErased where the person was erased since they were let in."""
    row = await profile_store.profile(connection, person_id)
    if row is None:
        raise WasErased
    return row


def _profile(row: profile_store.ProfileRow) -> Profile:
    kept = row.profile
    photo = None if row.photo_digest is None else f"{PHOTO}?v={row.photo_digest[:16]}"
    return Profile(
        row.name,
        row.email,
        kept.company,
        kept.phone,
        kept.billing_address,
        photo,
        kept.preferences,
        row.profile_version,
    )


async def change(work: Work, caller: Member, asked: ProfileChange, if_match: str | None) -> Profile:
    """What is named is changed, what is null is emptied, all else stays. Changed where ``if_match`` is not what it is now; InvalidFields
    with everything that is wrong.
    """
    person_id = own(caller)
    await store.lock_person(work.connection, person_id)
    row = await _row(work.connection, person_id)
    if not rules.matches(if_match, row.profile_version):
        raise Changed
    patch: dict[str, Any] = msgspec.to_builtins(asked)
    name = patch.pop("name", row.name)
    kept = rules.without_nothing(msgspec.convert(rules.merged(msgspec.to_builtins(row.profile), patch), Kept))
    if wrong := [*rules.nameless(name), *rules.wrong(kept), *rules.unknown_mls(patch)]:
        raise InvalidFields(wrong)
    if (name, kept) == (row.name, row.profile):
        return _profile(row)
    await profile_store.keep_profile(work.connection, person_id, str(name).strip(), kept)
    named = sorted(msgspec.to_builtins(asked))
    work.record(caller.account.id, Action.PROFILE_CHANGED, person_id, fields=named)
    return _profile(await _row(work.connection, person_id))


async def keep_photo(platform: Platform, caller: Member, data: bytes) -> Profile:
    """A picture of any kind that uploads may be; kept of it is a small square. BadPhoto."""
    person_id = own(caller)
    if not data:
        raise BadPhoto("There is no picture in the body. Send a file, as it is.")
    with tempfile.TemporaryDirectory(prefix="realstaging-") as folder:
        path = Path(folder) / "photo"
        path.write_bytes(data)
        made = await opened(platform.decoders, square, path)
    return await _set_photo(platform, caller, person_id, made)


async def remove_photo(platform: Platform, caller: Member) -> Profile:
    return await _set_photo(platform, caller, own(caller), None)


async def _set_photo(platform: Platform, caller: Member, person_id: UUID, made: bytes | None) -> Profile:
    digest = None if made is None else hashlib.sha256(made).hexdigest()
    async with transaction(platform) as work:
        await profile_store.set_photo(work.connection, person_id, made, digest)
        work.record(caller.account.id, Action.PROFILE_CHANGED, person_id, fields=["photo"])
        return _profile(await _row(work.connection, person_id))


async def photo(connection: Connection, caller: Member) -> profile_store.Photo:
    """The caller's own; nobody else's can be asked for. NotFound where there is none."""
    found = await profile_store.photo(connection, own(caller))
    if found is None:
        raise NotFound("You have no photo.")
    return found


async def preferences_of(connection: Connection, caller: Member) -> Preferences:
    """What the caller would rather have; ours where a key calls, which is nobody's."""
    if caller.person_id is None:
        return Preferences()
    return (await _row(connection, caller.person_id)).profile.preferences


async def me(platform: Platform, caller: Member) -> Me:
    """Who calls, with what they have set."""
    found = None if caller.person_id is None else await read(platform.database, caller)
    return Me(
        caller.id,
        caller.email,
        found.name if found else caller.name,
        caller.account,
        caller.role,
        caller.person_id,
        caller.permissions,
        caller.suspended,
        found.preferences if found else Preferences(),
        found.photo_url if found else None,
    )
