"""Every statement by which who works on a staging changes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from realstaging.domains.staging.schemas import StoredFidelity
from realstaging.domains.staging.store import SHOWN, Shown
from realstaging.runtime.database import Connection, struct_of


class Told(Shown, frozen=True):
    """With the account whose browsers are told of it."""

    account_id: UUID


class Taken(Told, frozen=True):
    """With all that a runner needs."""

    settings: dict[str, Any] | None
    given_plan: dict[str, Any] | None
    test: bool
    """Of an account for trying: its picture is marked."""


class Runner(msgspec.Struct, frozen=True):
    """Who works on a staging: one run of one job."""

    staging_id: UUID
    job_id: UUID | None
    """None where there never was one: what is left behind is ended all the same."""
    run: int


def _guarded(changes: str, besides: str = "") -> str:
    """The one statement by which a runner changes its staging: ``changes`` are assignments, of values from $4 on.

    It gives the row as it is then, with its account and the columns ``besides``; none where the staging is over, another job's by now, or taken by a
    later run, and where it, its photo or its project is deleted.
    """
    return f"""
update stagings set attempt = $3, {changes} from projects
where stagings.id = $1 and job_id is not distinct from $2 and attempt <= $3 and state in ('queued', 'running')
  and stagings.deleted_at is null and projects.id = stagings.project_id and projects.deleted_at is null
  and exists (select from photos where photos.id = photo_id and photos.deleted_at is null)
returning {SHOWN}, projects.account_id{besides}"""


BEGIN = _guarded(
    "state = 'running', step = 'starting', progress = 0, draft_key = null",
    ", settings, given_plan, (select test_of is not null from accounts where id = projects.account_id) as test",
)
ADVANCE = _guarded("step = $4, progress = $5, draft_key = coalesce($6, draft_key)")
FINISH = _guarded(
    """state = 'ready', step = null, progress = 1, finished_at = now(), result_key = $4, untouched_share = $5, confidence = $6,
  seconds = $7, warnings = $8, plan = $9, made_by = $10, fidelity = $11, stored_bytes = $12,
  draft_key = null, error_code = null, error_message = null"""
)
FAIL = _guarded(
    "state = 'failed', step = null, draft_key = null, finished_at = now(), error_code = $4, error_message = $5"
)


async def begin(connection: Connection, runner: Runner) -> Taken | None:
    return struct_of(Taken, await connection.fetchrow(BEGIN, runner.staging_id, runner.job_id, runner.run))


async def advance(
    connection: Connection, runner: Runner, step: str, progress: float, draft_key: str | None
) -> Told | None:
    row = await connection.fetchrow(ADVANCE, runner.staging_id, runner.job_id, runner.run, step, progress, draft_key)
    return struct_of(Told, row)


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What a staging has come to: the key of its files, how many bytes they are, and what is known of the picture."""

    key: str
    size: int
    untouched_share: float
    confidence: float
    seconds: float
    warnings: Sequence[str]
    plan: dict[str, Any] | None
    made_by: dict[str, Any] | None
    fidelity: StoredFidelity


async def finish(connection: Connection, runner: Runner, result: Result) -> Told | None:
    row = await connection.fetchrow(
        FINISH,
        runner.staging_id,
        runner.job_id,
        runner.run,
        result.key,
        result.untouched_share,
        result.confidence,
        result.seconds,
        list(result.warnings),
        result.plan,
        result.made_by,
        result.fidelity,
        result.size,
    )
    return struct_of(Told, row)


async def fail(connection: Connection, runner: Runner, code: str, message: str) -> Told | None:
    """End the staging without a result."""
    row = await connection.fetchrow(FAIL, runner.staging_id, runner.job_id, runner.run, code, message)
    return struct_of(Told, row)


async def lock_gone(connection: Connection, runner: Runner) -> bool:
    """Whether the runner's staging is not over while its photo or its project is deleted. Neither is deleted from now on, until the
    transaction ends.
    """
    return bool(
        await connection.fetchval(
            """select projects.deleted_at is not null or photos.deleted_at is not null
               from stagings join projects on projects.id = stagings.project_id join photos on photos.id = photo_id
               where stagings.id = $1 and job_id is not distinct from $2 and attempt <= $3 and state in ('queued', 'running')
               for share of projects for share of photos for update of stagings""",
            runner.staging_id,
            runner.job_id,
            runner.run,
        )
    )
