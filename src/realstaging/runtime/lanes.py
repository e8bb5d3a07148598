"""Whose job is next on a lane (decision 64).

A wake-up only says that a lane has work. The row is chosen here, in the database, at the moment a place is free: of the account
with the fewest jobs running on the lane, then of the one whose last turn is longest ago, the job that has waited longest. An
account that queues hundreds of jobs gets the places nobody else wants, and no one waits behind it. Jobs of the system, which
belong to no account, are served as one account's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import msgspec

from realstaging.runtime.database import Connection, struct_of, structs_of

# How long a runner may be silent before its job is another's.
LEASE: Final = timedelta(seconds=4)
# Failed runs after which a job is given up. Being handed back is no failure.
MOST_FAILURES: Final = 5
# Of each account so many jobs are looked at, so that claims at the same moment, which skip each other's rows, all find one.
NARROW: Final = 8
# And so many when all of those were taken: more than there are claims at one moment.
WIDE: Final = 1000

# Accounts that wait are stepped through by the index, one probe each; 10,000 rows of one account cost no more than ten. In `chosen`
# candidates are tried one by one, in order, until one can be locked: the lateral query leaves no other plan. A row that another
# claim has taken meanwhile fails its conditions, which PostgreSQL tests again on what it locks.
# $1 lane, $2 kinds, $3 lease, $4 most failures, $5 how many of each account.
_CLAIM: Final = """
with recursive accounts (account) as (
  (select coalesce(account_id, '00000000-0000-0000-0000-000000000000') from jobs where state = 'queued' and lane = $1
   order by 1 limit 1)
  union all
  select (select coalesce(account_id, '00000000-0000-0000-0000-000000000000') from jobs
          where state = 'queued' and lane = $1 and coalesce(account_id, '00000000-0000-0000-0000-000000000000') > account
          order by 1 limit 1)
  from accounts where account is not null
),
running as (
  select coalesce(account_id, '00000000-0000-0000-0000-000000000000') as account, count(*) as places
  from jobs where state = 'running' and lane = $1 group by 1
),
candidates as (
  select id, 0 as turn, null::timestamptz as served_at, lease_until as since from jobs
  where state = 'running' and lane = $1 and lease_until < now() and failures < $4 - 1 and kind = any($2)
  union all
  select id, coalesce(places, 0) + place, served_at, run_at
  from accounts left join running using (account) left join lane_turns on lane = $1 and account_id = account cross join lateral (
    select id, run_at, row_number() over (order by run_at, id) as place from (
      select id, run_at from jobs
      where state = 'queued' and lane = $1 and coalesce(account_id, '00000000-0000-0000-0000-000000000000') = accounts.account
        and run_at <= now() + interval '1 second' and kind = any($2)
      order by run_at, id limit $5) as oldest) as waiting
),
chosen as (
  select job.id, job.account
  from (select id from candidates order by turn, served_at nulls first, since, id) as next cross join lateral (
    select id, coalesce(account_id, '00000000-0000-0000-0000-000000000000') as account from jobs
    where id = next.id and (state = 'queued' or (state = 'running' and lease_until < now())) for update skip locked) as job
  limit 1
),
served as (
  insert into lane_turns (lane, account_id, served_at) select $1, account, now() from chosen
  on conflict (lane, account_id) do update set served_at = excluded.served_at
)
update jobs set state = 'running', attempt = attempt + 1, failures = failures + (state = 'running')::int,
  lease_until = now() + $3, error = null
from chosen where jobs.id = chosen.id
returning jobs.id, kind, lane, payload, attempt as run, failures, asked_by, trace
"""


class Taken(msgspec.Struct, frozen=True):
    """A job that one runner has. ``run`` is the number of this one (1 is the first): no other run of the job ever has it.

    ``failures`` are the runs before this one that failed or ended in silence; those that were handed back did not.
    """

    id: UUID
    kind: str
    lane: str
    payload: dict[str, Any]
    run: int
    failures: int = 0
    asked_by: UUID | None = None
    """On whose behalf it runs."""
    trace: str | None = None
    """The step that asked for it, as a traceparent."""

    @property
    def last(self) -> bool:
        """Whether a failure now is final."""
        return self.failures >= MOST_FAILURES - 1


class Unknown(msgspec.Struct, frozen=True):
    """A job of a kind that no worker knows."""

    id: UUID
    kind: str


async def claim(connection: Connection, lane: str, kinds: Sequence[str]) -> Taken | None:
    """Take the next job of these kinds. None where there is none to take.

    A job whose runner fell silent comes first; that was a failure. Kinds of a newer release are left to its workers.
    """
    for width in (NARROW, WIDE):
        row = await connection.fetchrow(_CLAIM, lane, list(kinds), LEASE, MOST_FAILURES, width)
        if row:
            return struct_of(Taken, row)
    return None


async def overdue(connection: Connection, kinds: Sequence[str], after: timedelta) -> dict[str, int]:
    """How many jobs of each lane wait for a place for longer than that, or have a runner that fell silent."""
    rows = await connection.fetch(
        """select lane, count(*) from jobs
           where kind = any($1) and ((state = 'queued' and run_at < now() - $2::interval)
             or (state = 'running' and lease_until < now() and failures < $3 - 1))
           group by lane""",
        list(kinds),
        after,
        MOST_FAILURES,
    )
    return {row["lane"]: row["count"] for row in rows}


async def worn_out(connection: Connection, kinds: Sequence[str]) -> list[Taken]:
    """Jobs whose last allowed run ended in silence, as `claim` gives them."""
    rows = await connection.fetch(
        """select id, kind, lane, payload, attempt as run, failures, asked_by, trace from jobs
           where state = 'running' and lease_until < now() and failures >= $1 - 1 and kind = any($2) limit 1000""",
        MOST_FAILURES,
        list(kinds),
    )
    return structs_of(Taken, rows)


async def give_up_unknown(connection: Connection, kinds: Sequence[str], after: timedelta) -> list[Unknown]:
    """End jobs of other kinds than these that nobody has run for so long, some of them at once. They can be replayed."""
    rows = await connection.fetch(
        """update jobs set state = 'dead', error = 'no worker knows this kind of job', lease_until = null, finished_at = now()
           where id in (
             select id from jobs
             where ((state = 'queued' and run_at < now() - $2::interval) or (state = 'running' and lease_until < now() - $2::interval))
               and not kind = any($1)
             order by id limit 1000 for update)
           returning id, kind""",
        list(kinds),
        after,
    )
    return structs_of(Unknown, rows)
