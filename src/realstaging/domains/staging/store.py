"""Every other statement on stagings: asked for, shown, ended by people, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from realstaging.domains.staging.schemas import StoredFidelity
from realstaging.engines.brief import Corrections
from realstaging.runtime.database import Connection, one, struct_of, structs_of


class Shown(msgspec.Struct, frozen=True):
    """What people are shown of a staging. ``verdict`` and ``score`` are those of its fidelity report."""

    id: UUID
    project_id: UUID
    photo_id: UUID
    room_type: str
    operation: str
    style: str | None
    instructions: str
    seed: int
    engine: str
    corrections: Corrections | None
    state: str
    step: str | None
    progress: float
    error_code: str | None
    error_message: str | None
    untouched_share: float | None
    confidence: float | None
    warnings: list[str]
    seconds: float | None
    verdict: str | None
    score: float | None
    result_key: str | None
    draft_key: str | None
    created_at: datetime
    finished_at: datetime | None


class Kept(Shown, frozen=True):
    """With what decides how it may go on: its job, and how its engine was set up when it was requested."""

    job_id: UUID | None
    settings: dict[str, Any] | None


SHOWN = """stagings.id, stagings.project_id, photo_id, room_type, operation, style, instructions, seed, engine, corrections, state, step, progress,
error_code, error_message, untouched_share, confidence, warnings, seconds, fidelity -> 'verdict' as verdict, fidelity -> 'score' as score,
result_key, draft_key, stagings.created_at, finished_at"""

OF_ACCOUNT = """
from stagings join projects on projects.id = stagings.project_id join photos on photos.id = photo_id
where projects.account_id = $1 and stagings.deleted_at is null and projects.deleted_at is null and photos.deleted_at is null
"""
ONE = f"select {SHOWN}, job_id, settings {OF_ACCOUNT} and stagings.id = $2"
# In this order (decision 62): nobody deletes the project or the photo of a staging that is being changed.
ONE_TO_CHANGE = ONE + " for share of projects for share of photos for update of stagings"


class NewRow(msgspec.Struct, frozen=True):
    id: UUID
    project_id: UUID
    photo_id: UUID
    job_id: UUID
    room_type: str
    style: str | None
    seed: int
    engine: str
    operation: str
    instructions: str
    settings: dict[str, Any] | None = None
    corrections: Corrections | None = None
    given_plan: dict[str, Any] | None = None
    requested_by: UUID | None = None
    batch_id: UUID | None = None
    """What was asked for at once has the same; it tells when that was (`kit.ids.made_at`)."""


async def count_of_photos(connection: Connection, photo_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many stagings are kept of each photo, in whatever state; photos without any are left out."""
    rows = await connection.fetch(
        "select photo_id, count(*) as kept from stagings where photo_id = any($1) and deleted_at is null group by photo_id",
        list(photo_ids),
    )
    return {row["photo_id"]: row["kept"] for row in rows}


async def insert(connection: Connection, rows: Sequence[NewRow]) -> list[Shown]:
    inserted = await connection.fetch(
        f"""insert into stagings (id, project_id, photo_id, job_id, room_type, style, seed, engine, operation, instructions, settings,
              corrections, given_plan, requested_by, batch_id)
            select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::bigint[], $8::text[],
              $9::text[], $10::text[], $11::jsonb[], $12::jsonb[], $13::jsonb[], $14::uuid[], $15::uuid[])
            returning {SHOWN}""",
        *([getattr(row, name) for row in rows] for name in NewRow.__struct_fields__),
    )
    return structs_of(Shown, inserted)


async def find(connection: Connection, account_id: UUID, staging_id: UUID, *, lock: bool = False) -> Kept | None:
    return struct_of(Kept, await connection.fetchrow(ONE_TO_CHANGE if lock else ONE, account_id, staging_id))


class UnderWay(msgspec.Struct, frozen=True):
    """How many of a project's stagings wait or run, and when one became ready last."""

    at_work: int
    ready_at: datetime | None


async def under_way(connection: Connection, project_id: UUID) -> UnderWay:
    row = await connection.fetchrow(
        """select count(*) filter (where state in ('queued', 'running')) as at_work,
             max(finished_at) filter (where state = 'ready') as ready_at
           from stagings join photos on photos.id = photo_id
           where stagings.project_id = $1 and stagings.deleted_at is null and photos.deleted_at is null""",
        project_id,
    )
    return struct_of(UnderWay, one(row))


async def result_key(connection: Connection, staging_id: UUID) -> str | None:
    """Where the files of a ready staging are."""
    key: str | None = await connection.fetchval(
        "select result_key from stagings where id = $1 and state = 'ready' and deleted_at is null", staging_id
    )
    return key


async def is_shown(connection: Connection, result_key: str) -> bool:
    """Whether these files are a ready staging's."""
    return bool(
        await connection.fetchval(
            """select exists (select from stagings
               where id = $1 and result_key = $2 and state = 'ready' and deleted_at is null)""",
            UUID(result_key.split("/")[1]),
            result_key,
        )
    )


async def plan(connection: Connection, staging_id: UUID) -> msgspec.Raw | None:
    """What stands where in a finished picture, as JSON."""
    # Releases before 0.2 kept there how a paid engine's picture was made.
    text: str | None = await connection.fetchval(
        "select plan::text from stagings where id = $1 and state = 'ready' and plan ? 'pieces'", staging_id
    )
    return None if text is None else msgspec.Raw(text.encode())


async def fidelity(connection: Connection, staging_id: UUID) -> StoredFidelity | None:
    found = await connection.fetchval("select fidelity from stagings where id = $1", staging_id)
    return None if found is None else msgspec.convert(found, StoredFidelity)


async def move(connection: Connection, photo_ids: Sequence[UUID], project_id: UUID) -> None:
    """What was made of these photos, which we hold locked, comes into a project with them."""
    await connection.execute(
        """update stagings set project_id = $2
           where id in (select id from stagings where photo_id = any($1) order by id for update)""",
        list(photo_ids),
        project_id,
    )


async def of_project(connection: Connection, account_id: UUID, project_id: UUID) -> list[Shown]:
    """All of a project's stagings, oldest first."""
    rows = await connection.fetch(
        f"select {SHOWN} {OF_ACCOUNT} and stagings.project_id = $2 order by stagings.id", account_id, project_id
    )
    return structs_of(Shown, rows)


class Used(msgspec.Struct, frozen=True):
    """What an account has: stagings that wait or run, and the bytes of its results."""

    in_flight: int
    bytes: int


async def used(connection: Connection, account_id: UUID) -> Used:
    row = await connection.fetchrow(
        """with own as (select id from projects where account_id = $1 and deleted_at is null)
           select
             (select count(*) from stagings where state in ('queued', 'running') and deleted_at is null
                and project_id in (select id from own)) as in_flight,
             (select coalesce(sum(stored_bytes), 0)::bigint from stagings where stored_bytes > 0 and deleted_at is null
                and project_id in (select id from own)) as bytes""",
        account_id,
    )
    return struct_of(Used, one(row))


class Again(msgspec.Struct, frozen=True):
    """A staging asked for once more: by whom, as which batch, made by which job."""

    staging_id: UUID
    job_id: UUID
    requested_by: UUID
    batch_id: UUID


async def restart(connection: Connection, again: Again) -> Shown:
    row = await connection.fetchrow(
        f"""update stagings set state = 'queued', job_id = $2, requested_by = $3, batch_id = $4, attempt = 0, step = null, progress = 0,
          draft_key = null, error_code = null, error_message = null, finished_at = null
        where id = $1 returning {SHOWN}""",
        *(getattr(again, field) for field in Again.__struct_fields__),
    )
    return struct_of(Shown, one(row))


async def open_of_account(connection: Connection, account_id: UUID, most: int) -> list[UUID]:
    """Stagings of an account that wait or run, and are not deleted with something."""
    rows = await connection.fetch(
        f"select stagings.id {OF_ACCOUNT} and state in ('queued', 'running') order by stagings.id limit $2",
        account_id,
        most,
    )
    return [row["id"] for row in rows]


async def cancel(connection: Connection, staging_id: UUID) -> Shown:
    row = await connection.fetchrow(
        f"update stagings set state = 'canceled', step = null, draft_key = null, finished_at = now() where id = $1 returning {SHOWN}",
        staging_id,
    )
    return struct_of(Shown, one(row))


async def withdraw(connection: Connection, staging_id: UUID) -> Shown:
    """Nobody is given the picture any more. Its files are to be removed, and take no room of the account's."""
    row = await connection.fetchrow(
        f"update stagings set state = 'withdrawn', stored_bytes = 0 where id = $1 returning {SHOWN}", staging_id
    )
    return struct_of(Shown, one(row))


async def stop_jobs(connection: Connection, job_ids: Sequence[UUID | None]) -> None:
    """Take the rows away from whoever runs them; the runner stops at its next heartbeat."""
    await connection.execute(
        """update jobs set state = 'done', error = 'canceled', lease_until = null, finished_at = now()
           where id in (select id from jobs where id = any($1) and state in ('queued', 'running') order by id for update)""",
        list(job_ids),
    )


async def delete(connection: Connection, staging_ids: Sequence[UUID]) -> None:
    await connection.execute(
        """update stagings set deleted_at = coalesce(deleted_at, now()),
             state = case when state in ('queued', 'running') then 'canceled' else state end
           where id = any($1) and (deleted_at is null or state in ('queued', 'running'))""",
        list(staging_ids),
    )


class Job(msgspec.Struct, frozen=True):
    """A staging and the job that makes it."""

    id: UUID
    job_id: UUID | None
    running: bool


async def lock_of_photos(connection: Connection, photo_ids: Sequence[UUID]) -> list[Job]:
    """Every staging of these photos, deleted ones too, as it is once nobody else changes it any more."""
    rows = await connection.fetch(
        "select id, job_id, state = 'running' as running from stagings where photo_id = any($1) order by id for update",
        list(photo_ids),
    )
    return structs_of(Job, rows)


class Finished(msgspec.Struct, frozen=True):
    """A picture that is ready; ``style`` is the operation where nothing was added."""

    id: UUID
    photo_name: str
    room_type: str
    style: str
    result_key: str


async def finished(connection: Connection, project_id: UUID, staging_ids: Sequence[UUID] | None) -> list[Finished]:
    rows = await connection.fetch(
        """select stagings.id, photos.name as photo_name, room_type, coalesce(style, operation) as style, result_key
           from stagings join photos on photos.id = photo_id
           where stagings.project_id = $1 and state = 'ready' and stagings.deleted_at is null and photos.deleted_at is null
             and ($2::uuid[] is null or stagings.id = any($2))
           order by stagings.id""",
        project_id,
        None if staging_ids is None else list(staging_ids),
    )
    return structs_of(Finished, rows)


class SetUp(msgspec.Struct, frozen=True):
    """How a staging's engine was set up when it was requested."""

    id: UUID
    settings: dict[str, Any]


async def with_secrets(connection: Connection, after: UUID, most: int) -> list[SetUp]:
    """Stagings later than ``after`` that keep a sealed secret, locked."""
    rows = await connection.fetch(
        """select id, settings from stagings where id > $1 and jsonb_path_exists(settings, '$.models[*].secrets.*')
           order by id limit $2 for update""",
        after,
        most,
    )
    return structs_of(SetUp, rows)


async def put_settings(connection: Connection, staging_id: UUID, settings: dict[str, Any]) -> None:
    await connection.execute("update stagings set settings = $2 where id = $1", staging_id, settings)


class Owned(msgspec.Struct, frozen=True):
    """A staging, and whose it is."""

    id: UUID
    account_id: UUID


async def old(connection: Connection, now: datetime, days: int | None, most: int) -> list[Owned]:
    """Stagings that were over more days ago than they are kept, oldest first: ``days`` (None: for good), or fewer where their account chose
    that. An account's choice is in force from its moment on.
    """
    rows = await connection.fetch(
        """select stagings.id, account_id from stagings join projects on projects.id = project_id join accounts on accounts.id = account_id
           where finished_at < $1::timestamptz
               - make_interval(days => least(case when keep_from <= $1 then keep_results_days end, $2::int))
             and state in ('ready', 'failed', 'canceled', 'withdrawn') and stagings.deleted_at is null
             and projects.deleted_at is null
           order by stagings.id limit $3""",
        now,
        days,
        most,
    )
    return structs_of(Owned, rows)


async def lock_deleted(connection: Connection, before: datetime, most: int) -> list[UUID]:
    """Stagings that were deleted before then."""
    rows = await connection.fetch(
        "select id from stagings where deleted_at < $1 order by id limit $2 for update skip locked", before, most
    )
    return [row["id"] for row in rows]
