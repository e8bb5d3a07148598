"""What a worker does with a staging. Each numbered step may be the last thing a process does: the next run goes on."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Final
from uuid import UUID

import msgspec
import structlog
from msgspec.structs import replace

from realstaging.domains.attempts import service as attempts
from realstaging.domains.billing import service as billing
from realstaging.domains.photos import service as photos
from realstaging.domains.staging import batches, runners_store, store
from realstaging.domains.staging.deliverables import Labels, deliver, disclosure, mime
from realstaging.domains.staging.events import StagingChanged
from realstaging.domains.staging.lifecycle import end_spending, stop
from realstaging.domains.staging.payloads import Free, FreePhotos, FreeProject, Stage, StopAccount
from realstaging.domains.staging.reading import fidelity_of, staging_of
from realstaging.engines import catalog
from realstaging.engines.brief import Brief, Progress, RoomType, Staged, Style
from realstaging.engines.engine import Engine
from realstaging.engines.faithful import stage_faithfully
from realstaging.fidelity.assurance import Assured, overlay_of
from realstaging.fidelity.report import Operation
from realstaging.kit.errors import AppError, NotFound
from realstaging.kit.tasks import ended
from realstaging.runtime.jobs import Claim, Handler, by_kind
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import Work, transaction

log = structlog.get_logger()

OUR_FAULT: Final = "Something went wrong on our side. Try again; if it stays, tell us."
LEAST_STEP: Final = 0.25
"""Seconds for which a step is told before the next: shorter ones nobody could read."""


async def stage(platform: Platform, job: Claim[Stage]) -> None:
    """1 take the staging · 2 fetch the photo · 3 stage it, through the gate · 4 encode · 5 store · 6 write the outcome."""
    staging_id = job.payload.staging_id
    row = await _begin(platform, staging_id, job)
    if row is None:
        # An earlier run may have died between its outcome and the removal of what the others had left.
        await _tidy(platform, staging_id)
        return
    try:
        try:
            with tempfile.TemporaryDirectory(prefix="realstaging-") as folder:
                await _stage(platform, job, row, Path(folder))
        finally:
            await platform.storage.delete([_draft(row, job)])
    except AppError as error:
        if error.retry_after is not None and not job.last:
            raise
        await _fail(platform, _runner(staging_id, job), error)


async def _begin(platform: Platform, staging_id: UUID, job: Claim[Stage]) -> runners_store.Taken | None:
    async with transaction(platform) as work:
        row = await runners_store.begin(work.connection, _runner(staging_id, job))
        if row:
            work.publish(row.account_id, StagingChanged(staging_of(platform.signer(), row)))
        return row


class _Kept(msgspec.Struct, frozen=True):
    """Where the files of a result are, and how many bytes they have."""

    key: str
    size: int


async def _stage(platform: Platform, job: Claim[Stage], row: runners_store.Taken, folder: Path) -> None:
    source = await photos.source(platform, row.photo_id)
    if source is None:
        raise NotFound("The photo was deleted in the meantime.")
    photo, master = folder / "photo", folder / "master.png"
    await platform.storage.download(source[0], photo)
    engine = catalog.running(platform.engines)[row.engine]
    staged, assured = await _with_progress(platform, job, row, engine, photo, master)
    made = await platform.processes.run_next(
        deliver,
        photo,
        master,
        overlay_of(master),
        Labels(engine.can.source_type, disclosure(Operation(row.operation)), row.test),
    )
    key = f"{_folder_of(row, job)}-{made.digest[:16]}"
    await asyncio.gather(
        *(platform.storage.put(f"{key}/{name}", data, mime(name)) for name, data in made.files.items())
    )
    kept = _Kept(key, sum(path.stat().st_size for path in made.files.values()))
    if not await _finish(platform, job, row, kept, staged, assured):
        await platform.storage.delete([f"{key}/{name}" for name in made.files])
        return
    await _tidy(platform, row.id)


async def _tidy(platform: Platform, staging_id: UUID) -> None:
    """Remove what runs other than the one that made the result have stored."""
    key = await store.result_key(platform.database, staging_id)
    if key:
        kept = await platform.storage.list(_folder(staging_id))
        await platform.storage.delete([name for name in kept if not name.startswith(f"{key}/")])


def _brief(row: runners_store.Taken, job: Claim[Stage]) -> Brief:
    return Brief(
        RoomType(row.room_type),
        Style(row.style or Style.MODERN),
        row.seed,
        operation=Operation(row.operation),
        instructions=row.instructions,
        request_key=attempts.request_key_of(row.id, job.id),
        settings=row.settings,
        corrections=row.corrections,
        plan=row.given_plan,
    )


async def _with_progress(
    platform: Platform, job: Claim[Stage], row: runners_store.Taken, engine: Engine, photo: Path, master: Path
) -> tuple[Staged, Assured]:
    """Run the engine; its newest step is written and told, older unsent ones are skipped, a draft never."""
    newest: asyncio.Queue[Progress] = asyncio.Queue(1)

    def on_progress(progress: Progress) -> None:
        unsent = newest.get_nowait() if newest.full() else None
        if unsent and unsent.preview and not progress.preview:
            progress = replace(progress, preview=unsent.preview)
        newest.put_nowait(progress)

    async def tell() -> None:
        while True:
            try:
                await _advance(platform, job, row, await newest.get())
            except Exception as error:  # noqa: BLE001 - a step that could not be told costs the steps after it nothing
                log.warning("staging.step_untold", staging=str(row.id), error=repr(error))
            await asyncio.sleep(LEAST_STEP)

    teller = asyncio.create_task(tell())
    try:
        return await stage_faithfully(engine, platform.processes.run, photo, _brief(row, job), master, on_progress)
    finally:
        await ended(teller)


async def _advance(platform: Platform, job: Claim[Stage], row: runners_store.Taken, progress: Progress) -> None:
    # A draft has no mark, and so is none of a picture for trying.
    draft = _draft(row, job) if progress.preview and not row.test else None
    if draft and progress.preview:
        await platform.storage.put(draft, progress.preview, "image/jpeg")
    async with transaction(platform) as work:
        changed = await runners_store.advance(
            work.connection, _runner(row.id, job), progress.step, progress.share, draft
        )
        if changed:
            work.publish(row.account_id, StagingChanged(staging_of(platform.signer(), changed)))


async def _finish(
    platform: Platform, job: Claim[Stage], row: runners_store.Taken, kept: _Kept, staged: Staged, assured: Assured
) -> bool:
    """Write and tell the outcome; False where the staging has ended otherwise, or belongs to a later run."""
    async with transaction(platform) as work:
        done = await runners_store.finish(
            work.connection,
            _runner(row.id, job),
            result_key=kept.key,
            untouched_share=assured.untouched_share,
            confidence=staged.confidence,
            seconds=staged.seconds,
            warnings=staged.warnings,
            plan=staged.plan,
            made_by=staged.made_by,
            fidelity=fidelity_of(assured),
        )
        if done:
            await runners_store.keep_size(work.connection, row.id, kept.size)
            await billing.settle(work, row.id)
            await batches.tell(work, [row.id])
            work.publish(row.account_id, StagingChanged(staging_of(platform.signer(), done)))
    return done is not None


def _folder_of(row: runners_store.Taken, job: Claim[Stage]) -> str:
    # Job and run are part of the key: a runner given up for dead that comes late can only remove what is its own.
    return f"{_folder(row.id)}{job.id.hex[-8:]}-{job.run}"


def _draft(row: runners_store.Taken, job: Claim[Stage]) -> str:
    return f"{_folder_of(row, job)}-draft.jpg"


def _folder(staging_id: UUID) -> str:
    return f"results/{staging_id}/"


def _runner(staging_id: UUID, job: Claim[Stage]) -> runners_store.Runner:
    return runners_store.Runner(staging_id, job.id, job.run)


async def _fail(platform: Platform, runner: runners_store.Runner, error: AppError) -> None:
    async with transaction(platform) as work:
        await write_failure(work, runner, error.code, error.message)


async def bury(work: Work, job: Claim[Stage], _error: str) -> None:
    """The job is given up: its staging must not wait for ever."""
    await write_failure(work, _runner(job.payload.staging_id, job), "internal_error", OUR_FAULT)


async def write_failure(work: Work, runner: runners_store.Runner, code: str, message: str) -> None:
    row = await runners_store.fail(work.connection, runner, code, message)
    if row:
        await end_spending(work, [runner.staging_id])
        await batches.tell(work, [runner.staging_id])
        work.publish(row.account_id, StagingChanged(staging_of(work.platform.signer(), row)))


async def free(platform: Platform, job: Claim[Free]) -> None:
    """Remove the files of a staging that was deleted or given back."""
    await _remove_results(platform, [job.payload.staging_id])


async def free_photos(platform: Platform, job: Claim[FreePhotos]) -> None:
    """Stop and delete the stagings of deleted photos, then remove what only they used."""
    await _free(platform, job.payload.photo_ids)


async def free_project(platform: Platform, job: Claim[FreeProject]) -> None:
    """The same for every photo of a deleted project."""
    async with transaction(platform) as work:
        photo_ids = await photos.delete_all(work, job.payload.project_id)
    await _free(platform, photo_ids)


async def _free(platform: Platform, photo_ids: list[UUID]) -> None:
    async with transaction(platform) as work:
        rows = await store.lock_of_photos(work.connection, photo_ids)
        await store.delete(work.connection, [row.id for row in rows])
        await end_spending(work, [row.id for row in rows])
        await batches.tell(work, [row.id for row in rows])
        await store.stop_jobs(work.connection, [row.job_id for row in rows])
    await _remove_results(platform, [row.id for row in rows])
    await photos.free_originals(platform, photo_ids)


async def _remove_results(platform: Platform, staging_ids: list[UUID]) -> None:
    for staging_id in staging_ids:
        await platform.storage.delete(await platform.storage.list(_folder(staging_id)))


async def stop_account(platform: Platform, job: Claim[StopAccount]) -> None:
    await stop(platform, job.payload.account_id)


HANDLERS = by_kind(
    Handler(Stage, stage, bury),
    Handler(Free, free),
    Handler(FreePhotos, free_photos),
    Handler(FreeProject, free_project),
    Handler(StopAccount, stop_account),
)
