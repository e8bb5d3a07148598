"""What a whole database holds, and making and dropping one. On a connection of its own: for minutes, in one snapshot."""

from __future__ import annotations

import asyncpg

from realstaging.domains.backups.rules import Content, Ledger
from realstaging.runtime.database import one, struct_of


async def snapshot(connection: asyncpg.Connection) -> str:
    """The present transaction's view, for other sessions to share while it is open."""
    name: str = await connection.fetchval("select pg_export_snapshot()")
    return name


async def major(connection: asyncpg.Connection) -> int:
    """The server's major version."""
    return int(await connection.fetchval("select current_setting('server_version_num')::int / 10000"))


async def tables(connection: asyncpg.Connection) -> list[str]:
    """All tables of ours, quoted as statements want them."""
    rows = await connection.fetch(
        "select quote_ident(tablename) as name from pg_tables where schemaname = 'public' order by tablename"
    )
    return [row["name"] for row in rows]


async def content(connection: asyncpg.Connection) -> Content:
    """Everything is counted: in a transaction of `repeatable read`, at one moment."""
    rows = {}
    for table in await tables(connection):
        counting = f"select count(*) from public.{table}"
        rows[table] = int(await connection.fetchval(counting))
    revision = await connection.fetchval("select version_num from alembic_version")
    return Content(revision, rows, await ledger(connection))


async def ledger(connection: asyncpg.Connection) -> Ledger:
    """The sums that have to be the same after a restore."""
    row = await connection.fetchrow(
        """with told as (
             select account_id,
               coalesce(sum(amount) filter (where credit = 'available'), 0) - coalesce(sum(amount) filter (where debit = 'available'), 0) as available,
               coalesce(sum(amount) filter (where credit = 'held'), 0) - coalesce(sum(amount) filter (where debit = 'held'), 0) as held
             from ledger_entries group by account_id)
           select count(*) as accounts, coalesce(sum(l.available), 0)::bigint as available, coalesce(sum(l.held), 0)::bigint as held,
             (select coalesce(sum(amount), 0)::bigint from ledger_entries) as entries,
             count(*) filter (where (l.available, l.held) is distinct from (coalesce(told.available, 0), coalesce(told.held, 0))) as disagreeing
           from ledger_accounts l left join told using (account_id)"""
    )
    return struct_of(Ledger, one(row))


async def create(connection: asyncpg.Connection, database: str) -> None:
    """A new, empty database. asyncpg.DuplicateDatabaseError where there is one of that name."""
    making = f"create database \"{database}\" template template0 encoding 'UTF8'"
    await connection.execute(making)


async def drop(connection: asyncpg.Connection, database: str) -> None:
    """It and whoever is connected to it."""
    dropping = f'drop database if exists "{database}" with (force)'
    await connection.execute(dropping)
