"""What a worker does for attempts besides asking: notices, stops, and what is left over."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Final

import structlog

from realstaging.domains.attempts import service, store
from realstaging.domains.attempts.payloads import Free, Notice, Stop
from realstaging.engines.attempts import files_of
from realstaging.kit.errors import AppError
from realstaging.runtime.database import in_parts
from realstaging.runtime.jobs import Claim, Handler, by_kind
from realstaging.runtime.platform import Platform
from realstaging.runtime.telemetry import GIVEN_UP
from realstaging.runtime.work import Work, transaction

log = structlog.get_logger()

ABANDONED: Final = timedelta(seconds=20)
AGAIN: Final = timedelta(minutes=2)
# With `AGAIN` doubled each time that is more than four hours; a prediction ends by itself after half an hour at most.
MOST_STOPS: Final = 8
KEPT: Final = timedelta(hours=1)
# Each time it is given up leaves a dead job: few while storage is away for hours.
LATER: Final = timedelta(minutes=15)
NOTICES_KEPT: Final = timedelta(days=7)


async def notice(platform: Platform, job: Claim[Notice]) -> None:
    """Write down what a webhook told, and that it was handled, together. Whoever waits for it sees the row."""
    paid = service.paid_side(platform)
    if paid is None:
        log.warning("attempts.notice_of_nobody", notice=job.payload.notice_id)
        return
    async with transaction(platform) as work:
        kept = await store.handle_notice(work.connection, job.payload.notice_id)
        answer = paid.answer(kept.prediction) if kept else None
        if kept and answer:
            await service.write_answer(work.connection, kept.token, answer)


async def stop(platform: Platform, job: Claim[Stop]) -> None:
    """End at the provider what nobody wants any more. What cannot be ended now is left to the sweep, which comes again and gives up."""
    paid = service.paid_side(platform)
    if paid is None:
        return
    try:
        await paid.stop(job.payload.request_key)
    except AppError as error:
        if error.retry_after is not None and not job.last:
            raise
        log.warning("attempts.not_stopped", request_key=job.payload.request_key, error=repr(error))


async def sweep(platform: Platform) -> None:
    """Find what runs for nobody, pictures no longer needed and old notices. Cheap where there is nothing."""
    async with transaction(platform) as work:
        given_up = await store.give_up(work.connection, AGAIN, MOST_STOPS)
        for request_key in await store.abandoned(work.connection, ABANDONED, AGAIN, MOST_STOPS):
            work.enqueue(Stop(request_key))
        tokens = await store.to_free(work.connection, KEPT, 500)
        if tokens:
            work.enqueue(Free(tokens))
    for one in given_up:
        GIVEN_UP.inc()
        log.error("attempts.stop_given_up", request_key=one.request_key, prediction=one.prediction_id, counted=one.cost)
    await in_parts(partial(store.forget_notices, platform.database, NOTICES_KEPT))


async def free(platform: Platform, job: Claim[Free]) -> None:
    """Remove the pictures of ended attempts: results have their own."""
    await platform.storage.delete([key for token in job.payload.tokens for key in files_of(token)])


async def bury(work: Work, job: Claim[Free], error: str) -> None:
    """Given up, and tried again later, for as long as it takes: the sweep names no attempt twice."""
    log.error("attempts.not_freed", attempts=len(job.payload.tokens), error=error)
    work.enqueue(Free(job.payload.tokens), run_at=work.now + LATER)


HANDLERS = by_kind(Handler(Notice, notice), Handler(Stop, stop), Handler(Free, free, bury))
