"""What is kept of archives, for exports and erasures (decision 105)."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from realstaging.domains.archives import store
from realstaging.domains.archives.service import folder
from realstaging.runtime.account_data import AccountData, Counts, Section
from realstaging.runtime.work import Work

MOST_WITH_FILES: Final = 10


async def erase(work: Work, account_id: UUID, _most: int) -> Counts:
    archive_ids = await store.lock_some(work.connection, account_id, MOST_WITH_FILES)
    for archive_id in archive_ids:
        await work.platform.storage.erase(folder(archive_id))
    await store.delete(work.connection, archive_ids)
    return {"archives": len(archive_ids)} if archive_ids else {}


DATA: Final = AccountData(
    tables=frozenset({"archives"}), of_account=(Section("archives", store.exported),), erase=erase
)
