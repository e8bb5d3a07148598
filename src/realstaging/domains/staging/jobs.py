"""What a worker does with a staging. Each numbered step may be the last thing a process does: the next run goes on."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

import structlog
from msgspec.structs import replace

from realstaging.domains.attempts import service as attempts
from realstaging.domains.billing import service as billing
from realstaging.domains.photos import originals
from realstaging.domains.photos import service as photos
from realstaging.domains.staging import batches, runners_store, store
from realstaging.domains.staging.deliverables import Labels, deliver, disclosure, mime
from realstaging.domains.staging.events import StagingChanged
from realstaging.domains.staging.lifecycle import delete_all, end_spending, stop
from realstaging.domains.staging.payloads import Free, FreePhotos, FreeProject, Stage, StopAccount
from realstaging.domains.staging.reading import fidelity_of, staging_of
from realstaging.engines import catalog
from realstaging.engines.brief import Brief, Progress, RoomType, Staged, Style
from realstaging.engines.engine import Engine
from realstaging.engines.faithful import Task, stage_faithfully
from realstaging.fidelity.assurance import Assured, overlay_of
from realstaging.fidelity.report import Operation
from realstaging.kit.errors import AppError, NotFound
from realstaging.kit.tasks import ended
from realstaging.runtime.jobs import Claim, Handler, by_kind
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import Work, transaction

log = structlog.get_logger()

OUR_FAULT: Final = "Something went wrong on our side. Try again; if it stays, tell us."
FREED_AT_ONCE: Final = 100
"""Photos, with what was made of them, in one transaction."""
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
    run = _Run(platform, job, row)
    try:
        try:
            with tempfile.TemporaryDirectory(prefix="realstaging-") as folder:
                await _stage(run, Path(folder))
        finally:
            await platform.storage.delete([run.draft])
    except AppError as error:
        if error.retry_after is not None and not job.last:
            raise
        await _fail(platform, run.runner, error)


async def _begin(platform: Platform, staging_id: UUID, job: Claim[Stage]) -> runners_store.Taken | None:
    async with transaction(platform) as work:
        row = await runners_store.begin(work.connection, _runner(staging_id, job))
        if row:
            work.publish(row.account_id, StagingChanged(staging_of(platform.signer(), row)))
            return row
    await _end_gone(platform, _runner(staging_id, job))
    return None


async def _end_gone(platform: Platform, runner: runners_store.Runner) -> None:
    async with transaction(platform) as work:
        await _gone(work, runner)


async def _gone(work: Work, runner: runners_store.Runner) -> bool:
    """Whether the staging's photo or project was deleted under it: then it ends here, and its money comes back. The job that frees those
    may come much later; it removes the files.
    """
    gone = await runners_store.lock_gone(work.connection, runner)
    if gone:
        await store.delete(work.connection, [runner.staging_id])
        await end_spending(work, [runner.staging_id])
        await batches.tell(work, [runner.staging_id])
    return gone


class _Run(NamedTuple):
    """One run of the job of one staging, and what it calls its files."""

    platform: Platform
    job: Claim[Stage]
    row: runners_store.Taken

    @property
    def runner(self) -> runners_store.Runner:
        return _runner(self.row.id, self.job)

    @property
    def folder(self) -> str:
        """Where its files are. Job and run are part of it: a runner given up for dead that comes late can only remove what is its own."""
        return f"{_folder(self.row.id)}{self.job.id.hex[-8:]}-{self.job.run}"

    @property
    def draft(self) -> str:
        return f"{self.folder}-draft.jpg"

    @property
    def brief(self) -> Brief:
        row = self.row
        return Brief(
            RoomType(row.room_type),
            Style(row.style or Style.MODERN),
            row.seed,
            operation=Operation(row.operation),
            instructions=row.instructions,
            request_key=attempts.request_key_of(row.id, self.job.id),
            settings=row.settings,
            corrections=row.corrections,
            plan=row.given_plan,
        )

    def tell(self, work: Work, row: runners_store.Told) -> None:
        """Tell the account's browsers how the staging is now."""
        work.publish(row.account_id, StagingChanged(staging_of(self.platform.signer(), row)))


async def _stage(run: _Run, folder: Path) -> None:
    platform, row = run.platform, run.row
    source = await photos.source(platform, row.photo_id)
    if source is None:
        raise NotFound("The photo was deleted in the meantime.")
    task = Task(folder / "photo", run.brief, folder / "master.png")
    await platform.storage.download(source[0], task.photo)
    engine = catalog.running(platform.engines)[row.engine]
    staged, assured = await _with_progress(run, engine, task)
    made = await platform.processes.run_next(
        deliver,
        task.photo,
        task.result,
        overlay_of(task.result),
        Labels(engine.can.source_type, disclosure(Operation(row.operation)), row.test),
    )
    key = f"{run.folder}-{made.digest[:16]}"
    await asyncio.gather(
        *(platform.storage.put(f"{key}/{name}", data, mime(name)) for name, data in made.files.items())
    )
    size = sum(path.stat().st_size for path in made.files.values())
    if not await _finish(run, _result(key, size, staged, assured)):
        await platform.storage.delete([f"{key}/{name}" for name in made.files])
        return
    await _tidy(platform, row.id)


async def _tidy(platform: Platform, staging_id: UUID) -> None:
    """Remove what runs other than the one that made the result have stored."""
    key = await store.result_key(platform.database, staging_id)
    if key:
        kept = await platform.storage.list(_folder(staging_id))
        await platform.storage.delete([name for name in kept if not name.startswith(f"{key}/")])


async def _with_progress(run: _Run, engine: Engine, task: Task) -> tuple[Staged, Assured]:
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
                await _advance(run, await newest.get())
            except Exception as error:  # noqa: BLE001 - a step that could not be told costs the steps after it nothing
                log.warning("staging.step_untold", staging=str(run.row.id), error=repr(error))
            await asyncio.sleep(LEAST_STEP)

    teller = asyncio.create_task(tell())
    try:
        return await stage_faithfully(engine, run.platform.processes.run, task, on_progress)
    finally:
        await ended(teller)


async def _advance(run: _Run, progress: Progress) -> None:
    # A draft has no mark, and so is none of a picture for trying.
    draft = run.draft if progress.preview and not run.row.test else None
    if draft and progress.preview:
        await run.platform.storage.put(draft, progress.preview, "image/jpeg")
    async with transaction(run.platform) as work:
        changed = await runners_store.advance(work.connection, run.runner, progress.step, progress.share, draft)
        if changed:
            run.tell(work, changed)


def _result(key: str, size: int, staged: Staged, assured: Assured) -> runners_store.Result:
    return runners_store.Result(
        key=key,
        size=size,
        untouched_share=assured.untouched_share,
        confidence=staged.confidence,
        seconds=staged.seconds,
        warnings=staged.warnings,
        plan=staged.plan,
        made_by=staged.made_by,
        fidelity=fidelity_of(assured),
    )


async def _finish(run: _Run, result: runners_store.Result) -> bool:
    """Write and tell the outcome; False where the staging has ended otherwise, belongs to a later run, or nobody has the photo any more."""
    async with transaction(run.platform) as work:
        done = await runners_store.finish(work.connection, run.runner, result)
        if done:
            await billing.settle(work, run.row.id)
            await batches.tell(work, [run.row.id])
            run.tell(work, done)
    if done is None:
        await _end_gone(run.platform, run.runner)
    return done is not None


def _folder(staging_id: UUID) -> str:
    return f"results/{staging_id}/"


def _runner(staging_id: UUID, job: Claim[Stage]) -> runners_store.Runner:
    return runners_store.Runner(staging_id, job.id, job.run)


async def _fail(platform: Platform, runner: runners_store.Runner, error: AppError) -> None:
    async with transaction(platform) as work:
        if not await _gone(work, runner):
            await write_failure(work, runner, error.code, error.message)


async def bury(work: Work, job: Claim[Stage], _error: str) -> None:
    """The job is given up: its staging must not wait for ever."""
    runner = _runner(job.payload.staging_id, job)
    if not await _gone(work, runner):
        await write_failure(work, runner, "internal_error", OUR_FAULT)


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


async def _free(platform: Platform, photo_ids: Sequence[UUID]) -> None:
    """What runs and costs is ended for all of them before any file is removed. A transaction for each part: thousands of photos in one
    would keep everybody waiting who needs the account's money meanwhile.
    """
    parts = [photo_ids[first : first + FREED_AT_ONCE] for first in range(0, len(photo_ids), FREED_AT_ONCE)]
    ended = [await _end_all(platform, part) for part in parts]
    for part, staging_ids in zip(parts, ended, strict=True):
        await _remove_results(platform, staging_ids)
        await originals.free_originals(platform, part)


async def _end_all(platform: Platform, photo_ids: Sequence[UUID]) -> list[UUID]:
    """Delete every staging of these photos; returns their ids."""
    async with transaction(platform) as work:
        rows = await store.lock_of_photos(work.connection, photo_ids)
        await delete_all(work, rows)
    return [row.id for row in rows]


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
