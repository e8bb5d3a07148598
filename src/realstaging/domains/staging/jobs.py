"""What a worker does with a staging. Each numbered step may be the last thing a process does: the next attempt goes on."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg

from realstaging.domains.attempts import service as attempts
from realstaging.domains.billing import service as billing
from realstaging.domains.photos import service as photos
from realstaging.domains.photos import store as photo_store
from realstaging.domains.staging import store
from realstaging.domains.staging.deliverables import deliver
from realstaging.domains.staging.service import CHANGED, end_spending, staging_of
from realstaging.engines.brief import Brief, Progress, RoomType, Staged, Style
from realstaging.kit.errors import AppError, NotFound
from realstaging.runtime.jobs import Claim, Handler
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import Work, transaction

DELIVERED = ("master.png", "master.jpg", "web.webp", "thumb.webp")


async def stage(platform: Platform, job: Claim) -> None:
    """1 take the staging · 2 fetch the photo · 3 stage it · 4 encode · 5 store · 6 write the outcome."""
    staging_id = UUID(job.payload["staging_id"])
    row = await _begin(platform, staging_id, job)
    if row is None:
        return
    try:
        with tempfile.TemporaryDirectory(prefix="realstaging-") as folder:
            await _stage(platform, job, row, Path(folder))
    except AppError as error:
        if error.retry_after is not None and not job.last:
            raise
        await _fail(platform, staging_id, error)


async def _begin(platform: Platform, staging_id: UUID, job: Claim) -> asyncpg.Record | None:
    async with transaction(platform) as work:
        row = await store.begin(work.connection, staging_id, job.id, job.attempt)
        if row:
            work.publish(row["account_id"], CHANGED, staging_of(platform, row))
        return row


async def _stage(platform: Platform, job: Claim, row: asyncpg.Record, folder: Path) -> None:
    source = await photos.source(platform, row["photo_id"])
    if source is None:
        raise NotFound("The photo was deleted in the meantime.")
    photo, master = folder / "photo", folder / "master.png"
    await platform.storage.download(source[0], photo)
    brief = Brief(
        RoomType(row["room_type"]),
        Style(row["style"]),
        row["seed"],
        wish=attempts.wish_of(row["id"], job.id),
        settings=row["settings"],
    )
    staged = await _with_progress(platform, job, row, photo, brief, master)
    files = await platform.processes.run(deliver, master)
    # Job and attempt are part of the key: a runner given up for dead that comes late can only remove what is its own.
    key = f"{_folder(row['id'])}{job.id.hex[-8:]}-{job.attempt}-{files.digest[:16]}"
    await platform.storage.put(f"{key}/master.png", master, "image/png")
    await platform.storage.put(f"{key}/master.jpg", files.jpg, "image/jpeg")
    await platform.storage.put(f"{key}/web.webp", files.web, "image/webp")
    await platform.storage.put(f"{key}/thumb.webp", files.thumb, "image/webp")
    await _finish(platform, job, row, key, staged)


async def _with_progress(
    platform: Platform, job: Claim, row: asyncpg.Record, photo: Path, brief: Brief, master: Path
) -> Staged:
    """Run the engine; its newest step is written and told, older unsent ones are skipped."""
    newest: asyncio.Queue[Progress] = asyncio.Queue(1)

    def on_progress(progress: Progress) -> None:
        if newest.full():
            newest.get_nowait()
        newest.put_nowait(progress)

    async def tell() -> None:
        while True:
            progress = await newest.get()
            async with transaction(platform) as work:
                changed = await store.advance(work.connection, row["id"], job.attempt, progress.step, progress.share)
                if changed:
                    work.publish(row["account_id"], CHANGED, staging_of(platform, changed))

    teller = asyncio.create_task(tell())
    try:
        return await platform.engines[row["engine"]].stage(photo, brief, master, on_progress)
    finally:
        teller.cancel()
        await asyncio.wait({teller})


async def _finish(platform: Platform, job: Claim, row: asyncpg.Record, key: str, staged: Staged) -> None:
    async with transaction(platform) as work:
        done = await store.finish(
            work.connection,
            row["id"],
            job.attempt,
            result_key=key,
            untouched_share=staged.untouched_share,
            confidence=staged.confidence,
            seconds=staged.seconds,
            warnings=staged.warnings,
            plan=staged.plan,
        )
        if done:
            await billing.settle(work, row["id"])
            work.publish(row["account_id"], CHANGED, staging_of(platform, done))
    if not done:
        await platform.storage.delete([f"{key}/{name}" for name in DELIVERED])
        return
    kept = await platform.storage.list(_folder(row["id"]))
    await platform.storage.delete([name for name in kept if not name.startswith(f"{key}/")])


def _folder(staging_id: UUID) -> str:
    return f"results/{staging_id}/"


async def _fail(platform: Platform, staging_id: UUID, error: AppError) -> None:
    async with transaction(platform) as work:
        await _write_failure(work, staging_id, error.code, error.message)


async def bury(work: Work, payload: dict[str, Any], _error: str) -> None:
    """The job was given up: its staging must not wait for ever."""
    await _write_failure(
        work,
        UUID(payload["staging_id"]),
        "internal_error",
        "Something went wrong on our side. Try again; if it stays, tell us.",
    )


async def _write_failure(work: Work, staging_id: UUID, code: str, message: str) -> None:
    row = await store.fail(work.connection, staging_id, code, message)
    if row:
        await end_spending(work, [staging_id])
        work.publish(row["account_id"], CHANGED, staging_of(work.platform, row))


async def free(platform: Platform, job: Claim) -> None:
    """Remove a deleted staging's files."""
    await _remove_results(platform, [UUID(job.payload["staging_id"])])


async def free_photos(platform: Platform, job: Claim) -> None:
    """Stop and delete the stagings of deleted photos, then remove what only they used."""
    await _free(platform, [UUID(photo_id) for photo_id in job.payload["photo_ids"]])


async def free_project(platform: Platform, job: Claim) -> None:
    """The same for every photo of a deleted project."""
    async with transaction(platform) as work:
        photo_ids = await photo_store.delete_all(work.connection, UUID(job.payload["project_id"]))
    await _free(platform, photo_ids)


async def _free(platform: Platform, photo_ids: list[UUID]) -> None:
    async with transaction(platform) as work:
        rows = await store.of_photos(work.connection, photo_ids)
        await store.stop_jobs(work.connection, [row["job_id"] for row in rows])
        await end_spending(work, [row["id"] for row in rows])
        await store.delete(work.connection, [row["id"] for row in rows])
    await _remove_results(platform, [row["id"] for row in rows])
    await photos.free_originals(platform, photo_ids)


async def _remove_results(platform: Platform, staging_ids: list[UUID]) -> None:
    for staging_id in staging_ids:
        await platform.storage.delete(await platform.storage.list(_folder(staging_id)))


async def free_uploads(platform: Platform) -> None:
    """Remove uploads that were announced a day ago: never completed, or photos by now."""
    async with transaction(platform) as work:
        rows = await photo_store.stale_uploads(work.connection, work.now - timedelta(days=1), 1000)
    if rows:
        await platform.storage.delete([row["key"] for row in rows])


HANDLERS = {
    "staging.stage": Handler(stage, bury),
    "staging.free": Handler(free),
    "staging.free_photos": Handler(free_photos),
    "staging.free_project": Handler(free_project),
}
