"""What is kept of projects, for exports and erasures (decision 105)."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from realstaging.domains.projects import store
from realstaging.runtime.account_data import AccountData, Counts, Section
from realstaging.runtime.work import Work


async def erase(work: Work, account_id: UUID, most: int) -> Counts:
    """Projects that are empty by now, deleted ones too."""
    gone = await store.erase(work.connection, account_id, most)
    return {"projects": gone} if gone else {}


DATA: Final = AccountData(
    tables=frozenset({"projects", "project_figures"}),
    of_account=(Section("projects", store.exported),),
    erase=erase,
)
