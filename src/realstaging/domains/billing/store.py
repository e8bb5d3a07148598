"""Every statement on the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import asyncpg

from realstaging.runtime.database import Connection

BALANCES = {"granted": (0, 0), "earned": (0, 0), "available": (1, 0), "held": (0, 1)}


async def lock(connection: Connection, account_id: UUID) -> asyncpg.Record:
    """The account's balances, locked until the transaction ends; made at the first use."""
    await connection.execute("insert into ledger_accounts (account_id) values ($1) on conflict do nothing", account_id)
    row = await connection.fetchrow(
        "select plan, available, held, monthly_budget from ledger_accounts where account_id = $1 for update", account_id
    )
    assert row is not None
    return row


async def exists(connection: Connection, account_id: UUID) -> bool:
    return bool(await connection.fetchval("select true from accounts where id = $1", account_id))


async def account_of(connection: Connection, staging_id: UUID) -> UUID | None:
    """Whose money is held for the staging."""
    row = await connection.fetchrow("select account_id from holds where staging_id = $1", staging_id)
    return row["account_id"] if row else None


async def transfer(
    connection: Connection, account_id: UUID, kind: str, debit: str, credit: str, amount: int, reference: str, note: str
) -> bool:
    """Write one entry and move the balances. False, and nothing done, where this kind has this reference already."""
    written = await connection.fetchval(
        """insert into ledger_entries (account_id, kind, debit, credit, amount, reference, note)
           values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning true""",
        account_id,
        kind,
        debit,
        credit,
        amount,
        reference,
        note,
    )
    if not written:
        return False
    available = amount * (BALANCES[credit][0] - BALANCES[debit][0])
    held = amount * (BALANCES[credit][1] - BALANCES[debit][1])
    await connection.execute(
        "update ledger_accounts set available = available + $2, held = held + $3 where account_id = $1",
        account_id,
        available,
        held,
    )
    return True


async def held_of(connection: Connection, staging_ids: Sequence[UUID]) -> set[UUID]:
    """Those of these stagings that money is set aside for, or that have earned it."""
    rows = await connection.fetch(
        "select staging_id from holds where staging_id = any($1) and state in ('held', 'settled')", list(staging_ids)
    )
    return {row["staging_id"] for row in rows}


async def open_hold(connection: Connection, account_id: UUID, project_id: UUID, staging_id: UUID, amount: int) -> int:
    """Mark the staging as held; its turn: 1 at first, one more after each release."""
    return int(
        await connection.fetchval(
            """insert into holds (staging_id, account_id, project_id, amount, state) values ($1, $2, $3, $4, 'held')
               on conflict (staging_id) do update set state = 'held', turn = holds.turn + 1, amount = $4, created_at = now()
               returning turn""",
            staging_id,
            account_id,
            project_id,
            amount,
        )
    )


async def close_hold(connection: Connection, staging_id: UUID, state: str) -> asyncpg.Record | None:
    """End a hold; its amount and turn. None where none is open."""
    return await connection.fetchrow(
        "update holds set state = $2 where staging_id = $1 and state = 'held' returning account_id, amount, turn",
        staging_id,
        state,
    )


async def committed(connection: Connection, account_id: UUID, month: date) -> int:
    """Held and earned since the first of the month (UTC)."""
    return int(
        await connection.fetchval(
            """select coalesce(sum(amount), 0) from holds
               where account_id = $1 and state in ('held', 'settled') and created_at >= $2::date at time zone 'UTC'""",
            account_id,
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


async def set_plan(connection: Connection, account_id: UUID, plan: str) -> None:
    await connection.execute("update ledger_accounts set plan = $2 where account_id = $1", account_id, plan)


async def spent(connection: Connection, account_id: UUID, month: date) -> asyncpg.Record:
    row = await connection.fetchrow(
        """select count(*) as stagings, coalesce(sum(amount), 0)::bigint as amount from holds
           where account_id = $1 and state = 'settled' and created_at >= $2::date at time zone 'UTC'""",
        account_id,
        month,
    )
    assert row is not None
    return row


async def by_project(connection: Connection, account_id: UUID) -> list[asyncpg.Record]:
    """Every project with earned money, deleted ones too: what was spent stays spent."""
    return await connection.fetch(
        """select project_id, projects.name, count(*) as stagings, sum(amount)::bigint as amount
           from holds join projects on projects.id = project_id
           where holds.account_id = $1 and state = 'settled' group by project_id, projects.name order by project_id""",
        account_id,
    )


async def disagreements(connection: Connection) -> list[asyncpg.Record]:
    """Accounts whose balances are not what their entries and holds say. Always empty."""
    return await connection.fetch(
        """with entries as (
             select account_id,
               coalesce(sum(amount) filter (where credit = 'available'), 0) - coalesce(sum(amount) filter (where debit = 'available'), 0) as available,
               coalesce(sum(amount) filter (where credit = 'held'), 0) - coalesce(sum(amount) filter (where debit = 'held'), 0) as held,
               coalesce(sum(amount) filter (where credit = 'earned'), 0) as earned
             from ledger_entries group by account_id),
           open as (
             select account_id, coalesce(sum(amount) filter (where state = 'held'), 0) as held,
               coalesce(sum(amount) filter (where state = 'settled'), 0) as earned
             from holds group by account_id)
           select l.account_id, l.available, l.held, e.available as entries_available, e.held as entries_held, e.earned as entries_earned,
             o.held as holds_held, o.earned as holds_earned
           from ledger_accounts l left join entries e using (account_id) left join open o using (account_id)
           where (l.available, l.held) is distinct from (coalesce(e.available, 0), coalesce(e.held, 0))
              or (coalesce(e.held, 0), coalesce(e.earned, 0)) is distinct from (coalesce(o.held, 0), coalesce(o.earned, 0))"""
    )
