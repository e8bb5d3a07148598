"""What is kept of exports themselves. What was erased is written down without a name, and stays."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from realstaging.domains.privacy import store
from realstaging.domains.privacy.service import folder
from realstaging.runtime.account_data import AccountData, Counts, Section
from realstaging.runtime.work import Work

MOST_WITH_FILES: Final = 10


async def erase(work: Work, account_id: UUID, _most: int) -> Counts:
    export_ids = await store.lock_some(work.connection, account_id, MOST_WITH_FILES)
    for export_id in export_ids:
        await work.platform.storage.erase(folder(export_id))
    await store.delete_exports(work.connection, export_ids)
    return {"exports": len(export_ids)} if export_ids else {}


DATA: Final = AccountData(
    tables=frozenset({"exports", "erasures"}), of_account=(Section("exports", store.exported),), erase=erase
)
