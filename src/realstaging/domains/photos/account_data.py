"""What is kept of photos, for exports and erasures (decision 105)."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from realstaging.domains.photos import account_data_store, uploads_store
from realstaging.domains.photos.service import original_keys
from realstaging.runtime.account_data import AccountData, Counts, Section
from realstaging.runtime.work import Work

MOST_WITH_FILES: Final = 10
"""Rows whose files are removed in one transaction, in which they stay locked (decision 63)."""


async def erase(work: Work, account_id: UUID, most: int) -> Counts:
    """Files announced, photos whose stagings are gone, then originals that no photo has any more; of each the files before the rows."""
    connection, storage = work.connection, work.platform.storage
    uploads = await account_data_store.lock_some_uploads(connection, account_id, MOST_WITH_FILES)
    await storage.delete([row.key for row in uploads])
    await uploads_store.delete_uploads(connection, [row.id for row in uploads])
    originals = await account_data_store.lock_some_originals(connection, account_id, MOST_WITH_FILES)
    await storage.delete([key for row in originals if row.key for key in original_keys(row.key)])
    await account_data_store.erase_originals(connection, originals)
    unclaimed = await account_data_store.erase_unclaimed(connection, account_id)
    photos = await account_data_store.erase_photos(connection, account_id, most)
    counts = {
        "uploads": len(uploads),
        "originals": len(originals),
        "unclaimed_originals": unclaimed,
        "photos": photos,
    }
    return {table: gone for table, gone in counts.items() if gone}


def folders(account_id: UUID) -> list[str]:
    """Originals lie by their account: whatever was left there by a process that died goes with the folder."""
    return [f"originals/{account_id}/"]


DATA: Final = AccountData(
    tables=frozenset({"uploads", "originals", "unclaimed_originals", "photos"}),
    of_account=(
        Section("photos", account_data_store.exported),
        Section("uploads", account_data_store.exported_uploads),
    ),
    erase=erase,
    folders=folders,
)
