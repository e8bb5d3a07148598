import asyncio

import asyncpg

from realstaging.runtime import migrations


async def tables(url):
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch("select tablename from pg_tables where schemaname = 'public'")
        return {row["tablename"] for row in rows}
    finally:
        await connection.close()


async def test_every_migration_goes_down_and_up_again(database_url):
    full = await tables(database_url)
    assert {"accounts", "projects", "photos", "stagings", "jobs", "events"} <= full
    await migrations.downgrade(database_url, "base")
    assert await tables(database_url) == {"alembic_version"}
    await migrations.upgrade(database_url)
    assert await tables(database_url) == full


async def test_several_processes_may_migrate_at_once(database_url):
    await migrations.downgrade(database_url, "base")
    await asyncio.gather(*(migrations.upgrade(database_url) for _ in range(4)))
    assert "stagings" in await tables(database_url)
