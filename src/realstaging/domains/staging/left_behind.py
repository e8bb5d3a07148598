"""What no job will end any more: a staging whose job is over, money held for a staging that is over. Neither should ever be.

Locks keep requests and deletions apart, and a job ends together with its staging; this ends what a mistake of ours, or of a
release before, has left all the same, and says so: a line and a metric that an operator is woken by.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

import structlog

from realstaging.domains.billing import service as billing
from realstaging.domains.staging import batches, left_behind_store, rules, runners_store, store
from realstaging.domains.staging.jobs import OUR_FAULT, write_failure
from realstaging.domains.staging.lifecycle import end_spending
from realstaging.domains.staging.payloads import Free
from realstaging.runtime.platform import Platform
from realstaging.runtime.telemetry import LEFT_BEHIND
from realstaging.runtime.work import transaction

# Of a series that begins at 1 Prometheus sees no rise: both are told from the start.
for _what in ("staging", "hold"):
    LEFT_BEHIND.labels(_what)

log = structlog.get_logger()

# In one turn; the next one takes the rest.
MOST: Final = 200


async def end(platform: Platform) -> None:
    """End them rightly. Cheap where there are none; several workers may do it at once."""
    for staging_id in await left_behind_store.left_behind(platform.database, MOST):
        await _end_staging(platform, staging_id)
    for staging_id in await left_behind_store.held_behind(platform.database, MOST):
        await _end_hold(platform, staging_id)


async def _end_staging(platform: Platform, staging_id: UUID) -> None:
    async with transaction(platform) as work:
        row = await left_behind_store.lock_left_behind(work.connection, staging_id)
        if row is None:
            return
        if row.gone:
            await store.delete(work.connection, [staging_id])
            await end_spending(work, [staging_id])
            await batches.tell(work, [staging_id])
            work.enqueue(Free(staging_id), account_id=row.account_id)
        else:
            runner = runners_store.Runner(staging_id, row.job_id, row.run)
            await write_failure(work, runner, "internal_error", OUR_FAULT)
    LEFT_BEHIND.labels("staging").inc()
    log.error("staging.left_behind", staging=str(staging_id), job=str(row.job_id), deleted=row.gone)


async def _end_hold(platform: Platform, staging_id: UUID) -> None:
    async with transaction(platform) as work:
        state = await left_behind_store.lock_state(work.connection, staging_id)
        if state in rules.OPEN:
            return
        closed = await (billing.settle if state == "ready" else billing.release)(work, staging_id)
    if closed:
        LEFT_BEHIND.labels("hold").inc()
        log.error("staging.hold_left_behind", staging=str(staging_id), state=state)
