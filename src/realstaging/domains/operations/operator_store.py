"""What operators read across all accounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from realstaging.domains.operations.schemas import IncomingNotice, OperatedMembership, OperatedStaging
from realstaging.runtime.database import Connection, struct_of, structs_of


class AccountRow(msgspec.Struct, frozen=True):
    """An account; ``available`` in millionths of a dollar."""

    id: UUID
    name: str
    kind: str
    test: bool
    created_at: datetime
    suspended_at: datetime | None
    erased_at: datetime | None
    members: int
    plan: str
    available: int


async def accounts(connection: Connection, words: str, most: int) -> list[AccountRow]:
    """By a part of the name, of a member's address, or by the whole id; newest first."""
    rows = await connection.fetch(
        """select a.id, a.name, a.kind, a.test_of is not null as test, a.created_at, a.suspended_at, a.erased_at,
             (select count(*) from members m where m.account_id = a.id and m.removed_at is null) as members,
             coalesce(l.plan, 'free') as plan, coalesce(l.available, 0) as available
           from accounts a left join ledger_accounts l on l.account_id = a.id
           where $1 = '' or strpos(lower(a.name), lower($1)) > 0 or a.id::text = lower($1)
             or exists (select from members m join people p on p.id = m.person_id
                        where m.account_id = a.id and strpos(lower(p.email), lower($1)) > 0)
           order by a.id desc limit $2""",
        words,
        most,
    )
    return structs_of(AccountRow, rows)


class PersonRow(msgspec.Struct, frozen=True):
    """Somebody who signs in."""

    id: UUID
    name: str
    email: str
    email_verified: bool
    created_at: datetime


async def people(connection: Connection, words: str, most: int) -> list[PersonRow]:
    """By a part of the name or address, or by the whole id; newest first."""
    rows = await connection.fetch(
        """select id, name, email, email_verified, created_at from people
           where strpos(lower(email), lower($1)) > 0 or strpos(lower(name), lower($1)) > 0 or id::text = lower($1)
           order by id desc limit $2""",
        words,
        most,
    )
    return structs_of(PersonRow, rows)


async def memberships(connection: Connection, person_ids: Sequence[UUID]) -> dict[UUID, list[OperatedMembership]]:
    """The accounts that each of them is in."""
    rows = await connection.fetch(
        """select m.person_id, a.id as account_id, a.name as account, m.role
           from members m join accounts a on a.id = m.account_id
           where m.person_id = any($1) and m.removed_at is null order by m.id""",
        list(person_ids),
    )
    found: dict[UUID, list[OperatedMembership]] = {}
    for row in rows:
        found.setdefault(row["person_id"], []).append(
            OperatedMembership(row["account_id"], row["account"], row["role"])
        )
    return found


class Sought(NamedTuple):
    """Which stagings: of an account or of all, one or any, in a state or (empty) in any."""

    account_id: UUID | None
    staging_id: UUID | None
    state: str


async def stagings(connection: Connection, sought: Sought, most: int) -> list[OperatedStaging]:
    """Newest first."""
    rows = await connection.fetch(
        """select s.id, a.id as account_id, a.name as account, s.engine, s.operation, s.state, s.step, s.error_code, s.error_message,
             j.id as job_id, j.state as job_state, j.error as job_error, s.created_at, s.finished_at
           from stagings s join projects p on p.id = s.project_id join accounts a on a.id = p.account_id
             left join jobs j on j.id = s.job_id
           where s.deleted_at is null and ($1::uuid is null or a.id = $1) and ($2::uuid is null or s.id = $2)
             and ($3 = '' or s.state = $3)
           order by s.id desc limit $4""",
        *sought,
        most,
    )
    return structs_of(OperatedStaging, rows)


class Pictures(msgspec.Struct, frozen=True):
    """Whose a staging is, and under which keys its pictures lie."""

    account_id: UUID
    original_key: str
    result_key: str | None


async def pictures(connection: Connection, staging_id: UUID) -> Pictures | None:
    """Of a staging whose photo is still there. Of one that was given back the result's files are gone."""
    row = await connection.fetchrow(
        """select p.account_id, o.key as original_key, case when s.state = 'ready' then s.result_key end as result_key
           from stagings s join projects p on p.id = s.project_id join photos ph on ph.id = s.photo_id
             join originals o on o.id = ph.original_id
           where s.id = $1 and s.deleted_at is null and ph.deleted_at is null and o.freed_at is null""",
        staging_id,
    )
    return struct_of(Pictures, row)


async def account_of_staging(connection: Connection, staging_id: UUID) -> UUID | None:
    """Whose a staging is."""
    found: UUID | None = await connection.fetchval(
        "select account_id from stagings s join projects p on p.id = s.project_id where s.id = $1", staging_id
    )
    return found


class LaneRow(msgspec.Struct, frozen=True):
    """One lane's jobs by what they are at."""

    lane: str
    waiting: int
    later: int
    running: int
    silent: int
    oldest_seconds: float


async def lanes(connection: Connection) -> list[LaneRow]:
    """Every lane that has jobs which are not over."""
    rows = await connection.fetch(
        """select lane, count(*) filter (where state = 'queued' and run_at <= now()) as waiting,
             count(*) filter (where state = 'queued' and run_at > now()) as later,
             count(*) filter (where state = 'running') as running,
             count(*) filter (where state = 'running' and lease_until < now()) as silent,
             coalesce(extract(epoch from now() - min(run_at) filter (where state = 'queued' and run_at <= now())), 0)::float8 as oldest_seconds
           from jobs where state in ('queued', 'running') group by lane order by lane"""
    )
    return structs_of(LaneRow, rows)


async def dead(connection: Connection) -> int:
    """How many jobs were given up."""
    return int(await connection.fetchval("select count(*) from jobs where state = 'dead'"))


class EndpointRow(msgspec.Struct, frozen=True):
    """An endpoint that does not take what it is told."""

    id: UUID
    account_id: UUID
    account: str
    url: str
    enabled: bool
    disabled_reason: str | None
    failures: int
    failing_since: datetime | None
    waiting: int


async def failing_endpoints(connection: Connection, most: int) -> list[EndpointRow]:
    """Those that fail or were disabled for it, the longest first."""
    rows = await connection.fetch(
        """select e.id, a.id as account_id, a.name as account, e.url, e.enabled, e.disabled_reason, e.failures, e.failing_since,
             (select count(*) from webhook_deliveries d where d.endpoint_id = e.id and d.state = 'waiting') as waiting
           from webhook_endpoints e join accounts a on a.id = e.account_id
           where e.failures > 0 or (not e.enabled and e.disabled_reason is not null)
           order by e.failing_since nulls last, e.id limit $1""",
        most,
    )
    return structs_of(EndpointRow, rows)


async def notices(connection: Connection, most: int) -> list[IncomingNotice]:
    """The newest that providers have told us."""
    rows = await connection.fetch(
        "select id, received_at, handled_at from notices order by received_at desc limit $1", most
    )
    return structs_of(IncomingNotice, rows)
