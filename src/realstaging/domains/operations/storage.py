"""What is kept: bytes by kind and account, what the last inventory found, and what is set aside."""

from __future__ import annotations

import asyncio
from typing import Final

import msgspec

from realstaging.domains.files import service as files
from realstaging.domains.operations import storage_store as store
from realstaging.domains.operations.schemas import Inventory, SetAsideNow, StorageNow, StoredAccount
from realstaging.kit.errors import Unavailable
from realstaging.runtime.platform import Platform

MOST_ACCOUNTS_SHOWN: Final = 50
MOST_FILES_COUNTED: Final = 2000
"""In quarantine: two questions to a bucket."""
LONGEST_COUNT: Final = 5.0
"""Seconds that the storage may take for it; the rest of the page is there all the same."""


async def now(platform: Platform) -> StorageNow:
    kinds = await store.kinds(platform.database)
    accounts = await store.largest_accounts(platform.database, MOST_ACCOUNTS_SHOWN)
    return StorageNow(
        kinds,
        [StoredAccount(one.account_id, one.account, one.originals, one.results) for one in accounts],
        _told(await store.last_inventory(platform.database)),
        await _set_aside(platform),
    )


def _told(last: store.LastInventory | None) -> Inventory | None:
    if last is None:
        return None
    found = msgspec.convert(last.details, files.Found)
    return Inventory(last.done_at, found.no_row, found.no_row_bytes, found.no_file, found.mended)


async def _set_aside(platform: Platform) -> SetAsideNow | None:
    try:
        async with asyncio.timeout(LONGEST_COUNT):
            found = await files.set_aside(platform, MOST_FILES_COUNTED)
    except (TimeoutError, OSError, Unavailable):
        return None
    return SetAsideNow(found.files, found.bytes, found.more)
