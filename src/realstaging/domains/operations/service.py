"""Use cases of operators: a new SECRET_KEY takes over what the one before it has sealed."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from realstaging.domains.models import service as models
from realstaging.domains.operations import store
from realstaging.domains.staging import lifecycle as stagings
from realstaging.domains.webhooks import service as webhooks
from realstaging.runtime.database import Connection
from realstaging.runtime.platform import Platform
from realstaging.runtime.trail import Action
from realstaging.runtime.work import transaction

# Stagings that are locked at once.
BATCH: Final = 500


async def reseal(platform: Platform) -> int:
    """Seal every secret of models, stagings and webhook endpoints with the key in force; returns how many rows were sealed. Killed at any moment,
    it may be run again: the ring opens what is sealed with either key.
    """
    async with transaction(platform) as work:
        count = await models.reseal(work) + await webhooks.reseal(work)
    last: UUID | None = UUID(int=0)
    while last is not None:
        async with transaction(platform) as work:
            last, sealed = await stagings.reseal(work, last, BATCH)
            count += sealed
    async with transaction(platform) as work:
        work.record(None, Action.SECRETS_RESEALED, None, rows=count)
    return count


async def longest_wait_of_a_staging(connection: Connection) -> timedelta:
    """How long the staging waits for a place that has waited longest; nothing where none waits."""
    return await store.longest_wait_of_a_staging(connection)
