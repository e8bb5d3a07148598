"""Whether files are there and as long as rows say, of some by chance: what is asked after a restore, when all would take hours."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence

from realstaging.domains.files import store
from realstaging.domains.files.service import AT_ONCE, keys_of
from realstaging.domains.files.store import Sized
from realstaging.runtime.platform import Platform


async def sample(platform: Platform, most: int) -> tuple[int, list[str]]:
    """How many files were asked for, of ``most`` originals and as many results, and the keys of those that are not as they should be."""
    originals = [_original(platform, row) for row in await store.some_originals(platform.database, most)]
    results = [_result(platform, row) for row in await store.some_results(platform.database, most)]
    places = asyncio.Semaphore(AT_ONCE)

    async def one(looking: Awaitable[tuple[int, list[str]]]) -> tuple[int, list[str]]:
        async with places:
            return await looking

    found = await asyncio.gather(*(one(looking) for looking in [*originals, *results]))
    return sum(count for count, _ in found), [key for _, keys in found for key in keys]


async def _sizes(platform: Platform, keys: Sequence[str]) -> dict[str, int | None]:
    sizes = {}
    for key in keys:
        there = await platform.storage.head(key)
        sizes[key] = there.size if there else None
    return sizes


async def _original(platform: Platform, row: Sized) -> tuple[int, list[str]]:
    sizes = await _sizes(platform, keys_of("originals", row.key))
    return len(sizes), [key for key, size in sizes.items() if size is None or (key == row.key and size != row.size)]


async def _result(platform: Platform, row: Sized) -> tuple[int, list[str]]:
    sizes = await _sizes(platform, keys_of("results", row.key))
    missing = [key for key, size in sizes.items() if size is None]
    if not missing and row.size and sum(size or 0 for size in sizes.values()) != row.size:
        missing = [row.key]
    return len(sizes), missing
