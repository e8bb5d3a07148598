"""What is kept of pictures asked of paid models, for exports and erasures (decision 105)."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from realstaging.domains.attempts import store
from realstaging.engines.attempts import files_of
from realstaging.kit.errors import Unavailable
from realstaging.runtime.account_data import AccountData, Counts, Section
from realstaging.runtime.work import Work

MOST_WITH_FILES: Final = 10


class StillRunning(Unavailable):
    """A provider still works on something of this account. It is stopped first."""

    retry_after: float = 60.0


async def erase(work: Work, account_id: UUID, _most: int) -> Counts:
    """Those that have ended. StillRunning while a provider works on another: what it charges is written down before its row goes."""
    tokens = await store.lock_some(work.connection, account_id, MOST_WITH_FILES)
    await work.platform.storage.delete([key for token in tokens for key in files_of(token)])
    await store.erase(work.connection, tokens)
    if not tokens and await store.any_unended(work.connection, account_id):
        raise StillRunning
    return {"attempts": len(tokens)} if tokens else {}


DATA: Final = AccountData(
    tables=frozenset({"attempts"}), of_account=(Section("attempts", store.exported),), erase=erase
)
