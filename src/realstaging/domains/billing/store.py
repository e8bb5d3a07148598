"""Every statement on the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec

from realstaging.domains.billing import rules
from realstaging.domains.billing.rules import Everybodys, Life, Unpaid
from realstaging.runtime.account_data import Exported
from realstaging.runtime.database import Connection, one, struct_of, structs_of


@dataclass(frozen=True)
class NewHold:
    staging_id: UUID
    project_id: UUID
    amount: int
    note: str


class Balances(msgspec.Struct, frozen=True):
    """What an account has, in millionths of a dollar."""

    plan: str
    available: int
    held: int
    monthly_budget: int | None
    calendar_grants: bool
    standing: str
    standing_reason: str


class Closed(msgspec.Struct, frozen=True):
    """A hold that has ended."""

    account_id: UUID
    amount: int
    turn: int


class Earned(msgspec.Struct, frozen=True):
    """Finished stagings, and what they cost."""

    stagings: int
    amount: int


class EarnedBy(Earned, frozen=True):
    """The same of one project."""

    project_id: UUID
    name: str


LOCK = """select plan, available, held, monthly_budget, calendar_grants, standing, standing_reason from ledger_accounts
  where account_id = $1 for update"""


async def lock(connection: Connection, account_id: UUID) -> Balances:
    """The account's balances, locked until the transaction ends; made at the first use."""
    row = await connection.fetchrow(LOCK, account_id)
    if row is None:
        await connection.execute(
            "insert into ledger_accounts (account_id) values ($1) on conflict do nothing", account_id
        )
        row = await connection.fetchrow(LOCK, account_id)
    return struct_of(Balances, one(row))


class PlanHeld(msgspec.Struct, frozen=True):
    """What an account may use. ``seats``: as many as were bought. ``given``: granted by the calendar, as the free plan is and what an
    operator gives.
    """

    plan: str = "free"
    seats: int = 1
    given: bool = True


async def plan_held(connection: Connection, account_id: UUID) -> PlanHeld:
    """As before money was first spoken of, where it never was."""
    row = await connection.fetchrow(
        "select plan, seats, calendar_grants as given from ledger_accounts where account_id = $1", account_id
    )
    return struct_of(PlanHeld, row) or PlanHeld()


async def exists(connection: Connection, account_id: UUID) -> bool:
    return bool(await connection.fetchval("select true from accounts where id = $1", account_id))


async def account_of(connection: Connection, staging_id: UUID) -> UUID | None:
    """Whose money is held for the staging."""
    account_id: UUID | None = await connection.fetchval(
        "select account_id from holds where staging_id = $1", staging_id
    )
    return account_id


async def still_held(connection: Connection, staging_ids: Sequence[UUID]) -> list[UUID]:
    """Those of these stagings that money is set aside for."""
    rows = await connection.fetch(
        "select staging_id from holds where staging_id = any($1) and state = 'held' order by staging_id",
        list(staging_ids),
    )
    return [row["staging_id"] for row in rows]


async def held_of(connection: Connection, staging_ids: Sequence[UUID]) -> set[UUID]:
    """Those of these stagings that money is set aside for, or that have earned it."""
    rows = await connection.fetch(
        "select staging_id from holds where staging_id = any($1) and state in ('held', 'settled', 'credited')",
        list(staging_ids),
    )
    return {row["staging_id"] for row in rows}


async def open_holds(
    connection: Connection, account_id: UUID, member_id: UUID, holds: Sequence[NewHold]
) -> dict[UUID, int]:
    """Mark stagings as held, asked for by this member; the turn of each: 1 at first, one more after each release."""
    rows = await connection.fetch(
        """insert into holds (staging_id, account_id, requested_by, project_id, amount, state)
           select staging_id, $1, $5, project_id, amount, 'held'
             from unnest($2::uuid[], $3::uuid[], $4::bigint[]) as new (staging_id, project_id, amount)
           on conflict (staging_id) do update
             set state = 'held', turn = holds.turn + 1, amount = excluded.amount, requested_by = excluded.requested_by, created_at = now()
           returning staging_id, turn""",
        account_id,
        [hold.staging_id for hold in holds],
        [hold.project_id for hold in holds],
        [hold.amount for hold in holds],
        member_id,
    )
    return {row["staging_id"]: row["turn"] for row in rows}


async def close_hold(connection: Connection, staging_id: UUID, state: str) -> Closed | None:
    """End a hold. None where none is open."""
    row = await connection.fetchrow(
        "update holds set state = $2 where staging_id = $1 and state = 'held' returning account_id, amount, turn",
        staging_id,
        state,
    )
    return struct_of(Closed, row)


async def credit_hold(connection: Connection, staging_id: UUID) -> Closed | None:
    """What was earned is given back. None where nothing was earned, or that was given back before."""
    row = await connection.fetchrow(
        "update holds set state = 'credited' where staging_id = $1 and state = 'settled' returning account_id, amount, turn",
        staging_id,
    )
    return struct_of(Closed, row)


async def paid_since(connection: Connection, account_id: UUID, since: datetime) -> int:
    """How many stagings the account paid for since then, and did not give back."""
    return int(
        await connection.fetchval(
            "select count(*) from holds where account_id = $1 and state = 'settled' and created_at >= $2",
            account_id,
            since,
        )
    )


async def committed(connection: Connection, account_id: UUID, month: date) -> int:
    """Held and earned since the first of the month (UTC)."""
    return int(
        await connection.fetchval(
            """select coalesce(sum(amount), 0) from holds
               where account_id = $1 and state in ('held', 'settled') and created_at >= ($2::date)::timestamp at time zone 'UTC'""",
            account_id,
            month,
        )
    )


async def committed_of(connection: Connection, account_id: UUID, member_id: UUID, month: date) -> int:
    """The same of what one member asked for, of stagings that are forgotten too."""
    return int(
        await connection.fetchval(
            """select coalesce(sum(amount), 0) from holds left join stagings on stagings.id = staging_id
               where account_id = $1 and coalesce(holds.requested_by, stagings.requested_by) = $2 and holds.state in ('held', 'settled')
                 and holds.created_at >= ($3::date)::timestamp at time zone 'UTC'""",
            account_id,
            member_id,
            month,
        )
    )


async def new_alerts(connection: Connection, account_id: UUID, month: date, percents: Sequence[int]) -> list[int]:
    """Those not told this month yet; each is told once."""
    rows = await connection.fetch(
        """insert into budget_alerts (account_id, month, percent) select $1, $2, unnest($3::int[])
           on conflict do nothing returning percent""",
        account_id,
        month,
        list(percents),
    )
    return sorted(row["percent"] for row in rows)


async def alerts(connection: Connection, account_id: UUID, month: date) -> list[int]:
    rows = await connection.fetch(
        "select percent from budget_alerts where account_id = $1 and month = $2 order by percent", account_id, month
    )
    return [row["percent"] for row in rows]


async def set_budget(connection: Connection, account_id: UUID, budget: int | None) -> None:
    await connection.execute("update ledger_accounts set monthly_budget = $2 where account_id = $1", account_id, budget)


async def set_plan(connection: Connection, account_id: UUID, held: PlanHeld) -> None:
    await connection.execute(
        "update ledger_accounts set plan = $2, seats = $3, calendar_grants = $4 where account_id = $1",
        account_id,
        held.plan,
        held.seats,
        held.given,
    )


async def set_standing(connection: Connection, account_id: UUID, standing: str, reason: str) -> None:
    await connection.execute(
        "update ledger_accounts set standing = $2, standing_reason = $3 where account_id = $1",
        account_id,
        standing,
        reason,
    )


async def spent(connection: Connection, account_id: UUID, month: date) -> Earned:
    row = await connection.fetchrow(
        """select count(*) as stagings, coalesce(sum(amount), 0)::bigint as amount from holds
           where account_id = $1 and state = 'settled' and created_at >= ($2::date)::timestamp at time zone 'UTC'""",
        account_id,
        month,
    )
    return struct_of(Earned, one(row))


async def by_project(connection: Connection, account_id: UUID) -> list[EarnedBy]:
    """Every project with earned money, deleted and forgotten ones too: what was spent stays spent. A forgotten one has no name."""
    rows = await connection.fetch(
        """select project_id, coalesce(projects.name, '') as name, count(*) as stagings, sum(amount)::bigint as amount
           from holds left join projects on projects.id = project_id
           where holds.account_id = $1 and state = 'settled' group by project_id, projects.name order by project_id""",
        account_id,
    )
    return structs_of(EarnedBy, rows)


# What an attempt cost us; until that is known, what it may have cost.
COST = "case when ended_at is null then price else cost end"


# By request, what it cost, what was set aside for it, and whether it is under way; of a staging that is forgotten it is over.
REQUESTS = f"""requests as (
  select request_key, max(attempts.created_at) as latest, sum({COST}) as spent, max(stake) as stake,
    coalesce(bool_or(stagings.state in ('queued', 'running') and stagings.deleted_at is null
      and request_key = stagings.id || ':' || stagings.job_id), false) as under_way
  from attempts left join stagings on stagings.id = staging_id
  where {{which}}
    and not exists (select from holds where holds.staging_id = attempts.staging_id and holds.state in ('settled', 'credited'))
  group by request_key)"""
LONGEST_REQUEST = timedelta(days=1)
"""More than a request can last: what was begun before the day and is still under way counts for it."""


async def unpaid(connection: Connection, account_id: UUID, now: datetime, request_key: str) -> Unpaid:
    """What the account's attempts of this month cost without a result, ``request_key`` itself left out while it is under way."""
    row = await connection.fetchrow(
        f"""with {REQUESTS.format(which="attempts.account_id = $1 and attempts.created_at >= $2")}
            select coalesce(sum(spent) filter (where not under_way and latest >= $3), 0)::bigint as day,
              coalesce(sum(spent) filter (where not under_way), 0)::bigint as month,
              coalesce(sum(greatest(spent, stake)) filter (where under_way and request_key <> $4), 0)::bigint as at_stake from requests""",
        account_id,
        rules.day_of(now).replace(day=1),
        rules.day_of(now),
        request_key,
    )
    return struct_of(Unpaid, one(row))


async def everybodys(connection: Connection, now: datetime, request_key: str) -> Everybodys:
    """The same for all accounts together and this day."""
    row = await connection.fetchrow(
        f"""with {REQUESTS.format(which="attempts.created_at >= $1")}
            select coalesce(sum(spent) filter (where not under_way and latest >= $2), 0)::bigint as day,
              coalesce(sum(greatest(spent, stake)) filter (where under_way and request_key <> $3), 0)::bigint as at_stake from requests""",
        rules.day_of(now) - LONGEST_REQUEST,
        rules.day_of(now),
        request_key,
    )
    return struct_of(Everybodys, one(row))


async def lock_day(connection: Connection, now: datetime) -> None:
    """What all accounts together may cost is looked at by one transaction at a time."""
    await connection.execute(
        "insert into unpaid_days (day) values ($1) on conflict (day) do update set day = excluded.day",
        rules.day_of(now).date(),
    )


async def pause(connection: Connection, now: datetime) -> bool:
    """Note that the day's cap was reached; whether this is the first time."""
    return bool(
        await connection.fetchval(
            """insert into unpaid_days (day, paused_at) values ($1, $2)
               on conflict (day) do update set paused_at = $2 where unpaid_days.paused_at is null returning true""",
            rules.day_of(now).date(),
            now,
        )
    )


async def paused_at(connection: Connection, now: datetime) -> datetime | None:
    found: datetime | None = await connection.fetchval(
        "select paused_at from unpaid_days where day = $1", rules.day_of(now).date()
    )
    return found


async def life(connection: Connection, staging_id: UUID, request_key: str) -> Life:
    """What was asked of providers for the staging, of which ``request_key`` is the present life."""
    row = await connection.fetchrow(
        f"""select coalesce(sum({COST}) filter (where request_key <> $2), 0)::bigint as earlier,
              coalesce(sum({COST}) filter (where request_key = $2), 0)::bigint as spent, max(stake) filter (where request_key = $2) as stake,
              count(*) filter (where sent_at is not null) as tries
            from attempts where staging_id = $1""",
        staging_id,
        request_key,
    )
    return struct_of(Life, one(row))


async def lives(connection: Connection, staging_ids: Sequence[UUID]) -> dict[UUID, Life]:
    """The same for stagings of which no life is under way."""
    rows = await connection.fetch(
        f"""select staging_id, sum({COST})::bigint as earlier, count(*) filter (where sent_at is not null) as tries
            from attempts where staging_id = any($1) group by staging_id""",
        list(staging_ids),
    )
    return {row["staging_id"]: Life(earlier=row["earlier"], tries=row["tries"]) for row in rows}


async def exported_entries(connection: Connection, account_id: UUID, after: str | None, most: int) -> list[Exported]:
    rows = await connection.fetch(
        """select id::text as at, to_jsonb(ledger_entries) as said from ledger_entries
           where account_id = $1 and ($2::text is null or id > $2::text::bigint) order by id limit $3""",
        account_id,
        after,
        most,
    )
    return structs_of(Exported, rows)


async def exported_balances(connection: Connection, account_id: UUID, after: str | None, most: int) -> list[Exported]:
    rows = await connection.fetch(
        """select account_id::text as at, to_jsonb(ledger_accounts) as said from ledger_accounts
           where account_id = $1 and ($2::text is null or account_id > $2::text::uuid) limit $3""",
        account_id,
        after,
        most,
    )
    return structs_of(Exported, rows)
