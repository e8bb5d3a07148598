"""The whole service on servers of its own, for as long as a measurement lasts."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from harness.service import Caller, Service, room, service
from realstaging import wiring
from realstaging.dev.postgres import EmbeddedPostgres
from realstaging.dev.valkey import EmbeddedValkey
from realstaging.engines.brief import Brief, OnProgress, Staged
from realstaging.engines.engine import Accept
from realstaging.engines.replicate.abilities import abilities
from realstaging.fidelity.assurance import assure, overlay_of
from realstaging.fidelity.report import Operation
from realstaging.kit.ids import new_id
from realstaging.runtime import migrations
from realstaging.runtime.processes import Processes
from realstaging.sandbox.replicate import pictures


class ExaminedBeforehand(Processes):
    """Processes that know what the gate says of the demo room's picture before the clock starts: what it takes is measured by itself."""

    def __init__(self) -> None:
        super().__init__(os.cpu_count() or 1)
        self._folder = Path(tempfile.mkdtemp(prefix="realstaging-bench-"))
        photo = self._folder / "photo.jpg"
        photo.write_bytes(room())
        staged = self._folder / "staged"
        staged.write_bytes(pictures.stage(room(), pictures.FAITHFUL, "webp", 1))
        self._picture = self._folder / "result.png"
        self._assured = assure(photo, staged, self._picture, Operation.STAGE, own_pixels=False)

    async def run(self, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if work is not assure:
            return await super().run(work, *args, **kwargs)
        _photo, _candidate, result, *_ = args
        shutil.copyfile(self._picture, result)
        shutil.copyfile(overlay_of(self._picture), overlay_of(result))
        return self._assured

    def close(self) -> None:
        super().close()
        shutil.rmtree(self._folder, ignore_errors=True)


@contextmanager
def examined_beforehand() -> Iterator[wiring.Pools]:
    """Such processes for a service, ended afterwards."""
    pools = wiring.Pools(ExaminedBeforehand(), wiring.pools().decoders)
    try:
        yield pools
    finally:
        pools.close()


class WaitingEngine:
    """Takes ``seconds`` for every photo, as a provider far away does, and costs what it costs."""

    name = "replicate"
    can = abilities()
    paid = None
    predicts = None

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    async def stage(self, photo: Path, brief: Brief, accept: Accept, on_progress: OnProgress) -> Staged:  # noqa: ARG002
        await asyncio.sleep(self.seconds)
        await accept(photo)
        return Staged(self.name, brief.seed, self.seconds, 450, 300, 0.9, 1.0)

    async def close(self) -> None:
        """Nothing is kept."""


@asynccontextmanager
async def servers() -> AsyncIterator[tuple[str, str, Path]]:
    """A database with the newest schema, a Valkey, and a folder."""
    folder = Path(tempfile.mkdtemp(prefix="realstaging-bench-"))
    folder.chmod(0o711)
    postgres, valkey = (
        EmbeddedPostgres(folder / "postgres", durable=True),
        EmbeddedValkey(folder / "valkey", durable=True),
    )
    try:
        database_url, redis_url = postgres.start(), valkey.start()
        await migrations.upgrade(database_url)
        yield database_url, redis_url, folder
    finally:
        valkey.stop()
        postgres.stop()
        shutil.rmtree(folder)


@asynccontextmanager
async def running(shared: wiring.Pools | None = None) -> AsyncIterator[tuple[Service, Caller]]:
    """The service in this process, and somebody signed in. ``shared``: processes it is to use."""
    async with servers() as (database_url, redis_url, folder):
        files = folder / "service"
        files.mkdir()
        async with service(files, database_url, redis_url, shared=shared) as built, built.signed_in() as caller:
            yield built, caller


async def filled(built: Service, caller: Caller, photos: int, variants: int) -> tuple[dict[str, Any], list[Any]]:
    """A project with that many photos, each with that many ready stagings, written straight into the tables."""
    project = await caller.project()
    first = await caller.photo(project, room())
    database = built.platform.database
    ids = [new_id() for _ in range(photos - 1)]
    await database.execute(
        """insert into photos (id, project_id, original_id, name)
           select unnest($1::uuid[]), project_id, original_id, name from photos where id = $2""",
        ids,
        first["id"],
    )
    everyone = [first["id"], *map(str, ids)]
    pairs = [(photo, new_id(), new_id()) for photo in everyone for _ in range(variants)]
    if pairs:
        await database.execute(
            """insert into stagings (id, project_id, photo_id, job_id, room_type, style, seed, engine, state, progress,
                 untouched_share, confidence, seconds, result_key, finished_at)
               select staging, $1, photo::uuid, job, 'living_room', 'modern', 1, 'local', 'ready', 1, 0.8, 0.9, 12,
                 'results/' || staging || '/1-0123456789abcdef', now()
               from unnest($2::text[], $3::uuid[], $4::uuid[]) as given (photo, staging, job)""",
            project["id"],
            [str(photo) for photo, _, _ in pairs],
            [staging for _, staging, _ in pairs],
            [job for _, _, job in pairs],
        )
    return project, everyone
