"""Every statement on stagings and holds that no job will end any more."""

from __future__ import annotations

from uuid import UUID

import msgspec

from realstaging.runtime.database import Connection, struct_of


async def left_behind(connection: Connection, most: int) -> list[UUID]:
    """Stagings that wait for a job that is over, or that there is none of."""
    rows = await connection.fetch(
        """select stagings.id from stagings left join jobs on jobs.id = job_id
           where stagings.state in ('queued', 'running') and (jobs.id is null or jobs.state in ('done', 'dead'))
           order by stagings.id limit $1""",
        most,
    )
    return [row["id"] for row in rows]


class LeftBehind(msgspec.Struct, frozen=True):
    """A staging that nobody will end any more; ``gone``: it, its photo or its project is deleted."""

    job_id: UUID | None
    run: int
    account_id: UUID
    gone: bool


async def lock_left_behind(connection: Connection, staging_id: UUID) -> LeftBehind | None:
    """One of those, locked. None where it has been ended or tried again meanwhile."""
    row = await connection.fetchrow(
        """select job_id, attempt as run, projects.account_id,
             projects.deleted_at is not null or photos.deleted_at is not null or stagings.deleted_at is not null as gone
           from stagings join projects on projects.id = stagings.project_id join photos on photos.id = photo_id
           where stagings.id = $1 and state in ('queued', 'running')
           for share of projects for share of photos for update of stagings""",
        staging_id,
    )
    # In a statement of its own: only now nobody gives the staging another job.
    found = struct_of(LeftBehind, row)
    state = found and await connection.fetchval("select state from jobs where id = $1", found.job_id)
    return found if state not in {"queued", "running"} else None


async def held_behind(connection: Connection, most: int) -> list[UUID]:
    """Stagings that are over, or of which there is none, while money is held for them."""
    rows = await connection.fetch(
        """select staging_id from holds left join stagings on stagings.id = staging_id
           where holds.state = 'held' and (stagings.id is null or stagings.state not in ('queued', 'running'))
           order by staging_id limit $1""",
        most,
    )
    return [row["staging_id"] for row in rows]


async def lock_state(connection: Connection, staging_id: UUID) -> str | None:
    """The staging's state, which nobody changes until the transaction ends; None where there is none."""
    state: str | None = await connection.fetchval("select state from stagings where id = $1 for update", staging_id)
    return state
