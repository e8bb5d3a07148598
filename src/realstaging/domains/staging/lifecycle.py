"""How stagings end before they are ready, and how they are deleted. How one is run is in jobs.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from realstaging.domains.accounts.events import AccountSuspended
from realstaging.domains.accounts.service import Member
from realstaging.domains.attempts import service as attempts
from realstaging.domains.billing import service as billing
from realstaging.domains.models import service as models
from realstaging.domains.photos import service as photos
from realstaging.domains.photos.events import PhotoDeleted
from realstaging.domains.projects.events import ProjectDeleted
from realstaging.domains.staging import batches, rules, store
from realstaging.domains.staging.events import DeletedStaging, StagingChanged, StagingDeleted
from realstaging.domains.staging.payloads import Free, FreePhotos, FreeProject, StopAccount
from realstaging.domains.staging.reading import require, staging_of
from realstaging.domains.staging.schemas import Staging
from realstaging.kit.errors import Conflict
from realstaging.runtime.platform import Platform
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work, transaction

STOPPED_AT_ONCE: Final = 200
# Longer than an API process believes that somebody may (api/people), and a request takes.
LET_IN_WITHIN: Final = timedelta(minutes=2)
STILL_STORING: Final = timedelta(minutes=2)
"""A runner hears at its next heartbeat that its staging was deleted; what it had on its way to storage has arrived by then."""


async def cancel(work: Work, caller: Member, staging_id: UUID) -> Staging:
    row = await require(work.connection, caller, staging_id, lock=True)
    if not rules.may_cancel(row.state):
        raise Conflict("This staging is already over.")
    return await _cancel(work, caller.account.id, row)


async def cancel_of_account(work: Work, account_id: UUID, staging_id: UUID) -> None:
    """The same, as an operator does."""
    row = await store.find(work.connection, account_id, staging_id, lock=True)
    if row is None or not rules.may_cancel(row.state):
        raise Conflict("This staging is already over.")
    await _cancel(work, account_id, row)


async def _cancel(work: Work, account_id: UUID, row: store.Kept) -> Staging:
    staging = staging_of(work.platform.signer(), await store.cancel(work.connection, row.id))
    await end_spending(work, [row.id])
    await batches.tell(work, [row.id])
    await store.stop_jobs(work.connection, [row.job_id])
    work.publish(account_id, StagingChanged(staging))
    work.record(account_id, Action.STAGING_CANCELED, row.id, photo=row.photo_id)
    return staging


async def stop(platform: Platform, account_id: UUID) -> None:
    """Cancel what waits or runs for an account, each on its own. Killed in between, it goes on where it was."""
    while open_ones := await store.open_of_account(platform.database, account_id, STOPPED_AT_ONCE):
        for staging_id in open_ones:
            async with transaction(platform) as work:
                row = await store.find(work.connection, account_id, staging_id, lock=True)
                if row and rules.may_cancel(row.state):
                    await _cancel(work, account_id, row)


async def delete(work: Work, caller: Member, staging_id: UUID) -> None:
    row = await require(work.connection, caller, staging_id, lock=True)
    await delete_all(work, [store.Job(row.id, row.job_id, running=row.state == "running")])
    work.enqueue(Free(staging_id), account_id=caller.account.id)
    work.publish(caller.account.id, StagingDeleted(DeletedStaging(staging_id, row.project_id, row.photo_id)))
    work.record(caller.account.id, Action.STAGING_DELETED, staging_id, photo=row.photo_id, style=row.style)


async def delete_all(work: Work, rows: Sequence[store.Job]) -> None:
    """Delete stagings that are locked, and end what runs and costs for them. Their files are the caller's to remove."""
    staging_ids = [row.id for row in rows]
    await store.delete(work.connection, staging_ids)
    await end_spending(work, staging_ids)
    await batches.tell(work, staging_ids)
    await stop_jobs(work, rows)


async def stop_jobs(work: Work, rows: Sequence[store.Job]) -> None:
    """Take their jobs from whoever runs them, and remove later what was on its way to storage then."""
    await store.stop_jobs(work.connection, [row.job_id for row in rows])
    for row in rows:
        if row.running:
            work.enqueue(Free(row.id), run_at=work.now + STILL_STORING)


async def move(work: Work, caller: Member, photo_ids: Sequence[UUID], project_id: UUID) -> None:
    """Photos come into another of the caller's projects with everything that was made of them, all or none. Photos are locked before
    stagings, and both before the figures of projects that the database counts.
    """
    found = await photos.keep_alone(work, caller, photo_ids, project_id)
    coming = [photo for photo in found.values() if photo.project_id != project_id]
    await store.move(work.connection, [photo.id for photo in coming], project_id)
    await photos.move(work, caller, coming, project_id)


def photo_deleted(work: Work, account_id: UUID, event: PhotoDeleted) -> None:
    """A job ends the stagings of the photo and frees its storage with theirs."""
    work.enqueue(FreePhotos([event.data.id]), account_id=account_id)


def project_deleted(work: Work, account_id: UUID, event: ProjectDeleted) -> None:
    """A job does the same for every photo of the project."""
    work.enqueue(FreeProject(event.data.id), account_id=account_id)


def account_suspended(work: Work, account_id: UUID, _event: AccountSuspended) -> None:
    """A job cancels what waits or runs, at once and once more when nobody is let in any more who was let in before."""
    for after in (timedelta(), LET_IN_WITHIN):
        work.enqueue(StopAccount(account_id), run_at=work.now + after)


async def end_spending(work: Work, staging_ids: Sequence[UUID]) -> None:
    """These stagings end without a result (those that are over already stay as they are): give the money back, stop what runs."""
    await attempts.stop(work, staging_ids)
    await billing.release_all(work, staging_ids)


async def reseal(work: Work, after: UUID, most: int) -> tuple[UUID | None, int]:
    """Seal what up to ``most`` stagings later than ``after`` keep with the key in force; the last one's id (None when there are no more)
    and how many they were.
    """
    rows = await store.with_secrets(work.connection, after, most)
    for row in rows:
        await store.put_settings(work.connection, row.id, models.resealed(work.platform.keys, row.settings))
    return (rows[-1].id if rows else None), len(rows)
