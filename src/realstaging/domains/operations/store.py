"""What the whole platform's rows say of it, for those who run it. Reads what is every domain's, and writes nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from realstaging.runtime.database import Connection, one, struct_of, structs_of


class Counted(msgspec.Struct, frozen=True):
    kind: str
    count: int


class Connections(msgspec.Struct, frozen=True):
    """Of the database server: those that are open, and how many may be."""

    open: int
    most: int


class Asked(msgspec.Struct, frozen=True):
    """Pictures that providers were asked for and that ended: by model and what became of them; millionths of a dollar."""

    model: str
    outcome: str
    count: int
    cost: int


class Ended(msgspec.Struct, frozen=True):
    """Stagings that ended."""

    engine: str
    state: str
    count: int


class People(msgspec.Struct, frozen=True):
    """Accounts, people who have signed in, those among them who were there in a time, and accounts that are new in it."""

    accounts: int
    people: int
    active: int
    new_accounts: int


class Stored(msgspec.Struct, frozen=True):
    """Bytes of photos as they were sent, and of the files of results."""

    originals: int
    results: int


async def longest_wait_of_a_staging(connection: Connection) -> timedelta:
    """How long the staging waits for a place that has waited longest; nothing where none waits."""
    found: timedelta | None = await connection.fetchval(
        "select now() - min(run_at) from jobs where state = 'queued' and kind = 'staging.stage' and run_at <= now()"
    )
    return found or timedelta()


async def dead_jobs(connection: Connection) -> list[Counted]:
    rows = await connection.fetch("select kind, count(*) from jobs where state = 'dead' group by kind")
    return structs_of(Counted, rows)


async def connections(connection: Connection) -> Connections:
    row = await connection.fetchrow(
        """select (select count(*) from pg_stat_activity where backend_type = 'client backend') as open,
             current_setting('max_connections')::int as most"""
    )
    return struct_of(Connections, one(row))


async def clock(connection: Connection) -> datetime:
    """What time it is at the database."""
    now: datetime = await connection.fetchval("select clock_timestamp()")
    return now


async def asked(connection: Connection, since: datetime) -> list[Asked]:
    rows = await connection.fetch(
        """select model, coalesce(verdict, 'open') as outcome, count(*), sum(cost)::bigint as cost
           from attempts where ended_at >= $1 group by 1, 2""",
        since,
    )
    return structs_of(Asked, rows)


async def earned(connection: Connection, since: datetime) -> int:
    """Credit that stagings have used up, in millionths of a dollar."""
    return int(
        await connection.fetchval(
            "select coalesce(sum(amount), 0) from ledger_entries where kind = 'settle' and created_at >= $1", since
        )
    )


async def ended(connection: Connection, since: datetime) -> list[Ended]:
    rows = await connection.fetch(
        "select engine, state, count(*) from stagings where finished_at >= $1 group by engine, state", since
    )
    return structs_of(Ended, rows)


async def people(connection: Connection, since: datetime) -> People:
    row = await connection.fetchrow(
        """select (select count(*) from accounts where erased_at is null) as accounts, (select count(*) from people) as people,
             (select count(distinct person_id) from sessions where last_seen >= $1) as active,
             (select count(*) from accounts where created_at >= $1) as new_accounts""",
        since,
    )
    return struct_of(People, one(row))


async def stored(connection: Connection) -> Stored:
    row = await connection.fetchrow(
        """select (select coalesce(sum(size), 0)::bigint from originals) as originals,
             (select coalesce(sum(stored_bytes), 0)::bigint from stagings where stored_bytes > 0 and deleted_at is null) as results"""
    )
    return struct_of(Stored, one(row))
