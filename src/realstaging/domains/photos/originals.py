"""Files of originals: stored under a key of their own, removed where nobody uses them (decision 63)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from realstaging.domains.photos import originals_store as store
from realstaging.domains.photos.originals_store import Content
from realstaging.domains.photos.preparation import Prepared
from realstaging.domains.photos.service import original_keys
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import transaction

# Far longer than any file takes to be stored.
CLAIMED_WITHIN: Final = timedelta(days=1)
FREED_AT_ONCE: Final = 1000


async def lost_key(platform: Platform, content: Content) -> str | None:
    """The key of this content as it was kept before, if a file of it is missing: uploading a photo again brings it back."""
    key = await store.kept_key(platform.database, content)
    there = [await platform.storage.head(name) for name in original_keys(key)] if key else []
    return key if not all(there) else None


async def stored(platform: Platform, content: Content, prepared: Prepared, path: Path) -> str:
    """Store the files under a key of their own, which is named before the first of them is there."""
    key = f"originals/{content.account_id}/{content.sha256}-{secrets.token_hex(6)}"
    await store.announce_files(platform.database, key, platform.clock() + CLAIMED_WITHIN)
    original, web, thumb = original_keys(key)
    await platform.storage.put(web, prepared.web, "image/webp")
    await platform.storage.put(thumb, prepared.thumb, "image/webp")
    await platform.storage.put(original, path, prepared.mime)
    return key


async def free_originals(platform: Platform, photo_ids: Sequence[UUID]) -> None:
    """Remove the files of originals that no living photo uses. Safe to repeat, and to be ended anywhere: a chore goes on."""
    async with transaction(platform) as work:
        originals = await store.lock_originals(work.connection, photo_ids)
        keys = await store.free_unused(work.connection, originals)
    for key in keys:
        await free_unclaimed(platform, key)


async def free_files(platform: Platform) -> None:
    """Remove files of originals that nobody came to claim, and those that a job which was given up should have removed."""
    before = platform.clock() - CLAIMED_WITHIN
    await free_originals(platform, await store.long_unused(platform.database, before, FREED_AT_ONCE))
    for key in await store.due_files(platform.database, platform.clock(), FREED_AT_ONCE):
        await free_unclaimed(platform, key)


async def free_unclaimed(platform: Platform, key: str) -> None:
    """Remove unclaimed files, then what names them. While it is locked nobody can claim them."""
    async with transaction(platform) as work:
        if await store.lock_files(work.connection, key):
            await platform.storage.delete(original_keys(key))
            await store.forget_files(work.connection, key)
