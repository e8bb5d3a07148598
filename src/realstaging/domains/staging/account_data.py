"""What is kept of stagings, for exports and erasures (decision 105)."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from realstaging.domains.staging import account_data_store
from realstaging.domains.staging.lifecycle import end_spending, stop_jobs
from realstaging.runtime.account_data import AccountData, Counts, Section
from realstaging.runtime.work import Work

MOST_WITH_FILES: Final = 5
"""Stagings whose files are removed in one transaction: a dozen files each, in which their rows stay locked (decision 63)."""


async def erase(work: Work, account_id: UUID, _most: int) -> Counts:
    """What waits or runs is ended first: money held is given back, the provider is told to stop, its job is taken from who runs it."""
    rows = await account_data_store.lock_some(work.connection, account_id, MOST_WITH_FILES)
    if not rows:
        told = await account_data_store.erase_credit_backs(work.connection, account_id)
        return {"credit_backs": told} if told else {}
    staging_ids = [row.id for row in rows]
    for staging_id in staging_ids:
        await work.platform.storage.erase(f"results/{staging_id}/")
    await account_data_store.erase(work.connection, staging_ids)
    await end_spending(work, staging_ids)
    await stop_jobs(work, rows)
    return {"stagings": len(rows)}


DATA: Final = AccountData(
    tables=frozenset({"stagings", "credit_backs"}),
    of_account=(
        Section("stagings", account_data_store.exported),
        Section("credit_backs", account_data_store.exported_credit_backs),
    ),
    erase=erase,
)
