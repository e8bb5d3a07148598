"""Photos that are kept no longer: by a setting, by their account's choice, for having been made for trying, or since they were deleted."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Final

from realstaging.domains.accounts import service as accounts
from realstaging.domains.photos import service, store
from realstaging.domains.projects import service as projects
from realstaging.kit.errors import NotFound
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import transaction

ENDED_AT_ONCE: Final = 500
TESTS_AT_ONCE: Final = 1000
# Of what is made by test keys.
TEST_LIFE: Final = timedelta(days=30)
FORGOTTEN_AT_ONCE: Final = 1000
MOST_BATCHES: Final = 20
"""In one turn; the next takes the rest."""


async def end_old(platform: Platform) -> None:
    """Delete photos older than they are kept, as their account would: what was made of them goes along."""
    kept = platform.kept_for.photos
    for row in await store.old(platform.database, platform.clock(), kept.days if kept else None, ENDED_AT_ONCE):
        with suppress(NotFound):
            async with transaction(platform) as work:
                await service.delete(work, accounts.nobody(row.account_id), [row.id])


async def forget_deleted(platform: Platform) -> None:
    """Forget rows of photos that were deleted long ago."""
    before = platform.clock() - platform.kept_for.deleted
    for _ in range(MOST_BATCHES):
        if await store.forget_deleted(platform.database, before, FORGOTTEN_AT_ONCE) < FORGOTTEN_AT_ONCE:
            return


async def remove_old_tests(platform: Platform) -> None:
    """Delete what accounts for trying have had for so long: photos with all that was made of them, then projects that are empty."""
    before = platform.clock() - TEST_LIFE
    for row in await store.old_of_tests(platform.database, before, TESTS_AT_ONCE):
        with suppress(NotFound):
            async with transaction(platform) as work:
                await service.delete(work, accounts.nobody(row.account_id), [row.id])
    await projects.remove_old_tests(platform, before, TESTS_AT_ONCE)
