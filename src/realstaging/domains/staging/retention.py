"""Stagings that are kept no longer: by a setting, by their account's choice, or since they were deleted."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from realstaging.domains.accounts import service as accounts
from realstaging.domains.staging import account_data_store, lifecycle, store
from realstaging.kit.errors import NotFound
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import transaction

ENDED_AT_ONCE: Final = 500
MOST_WITH_FILES: Final = 20
MOST_BATCHES: Final = 50
"""In one turn; the next takes the rest."""


async def end_old(platform: Platform) -> None:
    """Delete stagings that were over longer ago than results are kept, as their account would."""
    kept = platform.kept_for.results
    for row in await store.old(platform.database, platform.clock(), kept.days if kept else None, ENDED_AT_ONCE):
        with suppress(NotFound):
            async with transaction(platform) as work:
                await lifecycle.delete(work, accounts.nobody(row.account_id), row.id)


async def forget_deleted(platform: Platform) -> None:
    """Forget rows of stagings that were deleted long ago; whatever a job that was given up has left of their files goes before."""
    before = platform.clock() - platform.kept_for.deleted
    for _ in range(MOST_BATCHES):
        async with transaction(platform) as work:
            staging_ids = await store.lock_deleted(work.connection, before, MOST_WITH_FILES)
            for staging_id in staging_ids:
                await platform.storage.erase(f"results/{staging_id}/")
            await account_data_store.erase(work.connection, staging_ids)
        if len(staging_ids) < MOST_WITH_FILES:
            return
