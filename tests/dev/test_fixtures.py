import asyncpg
import pytest
from redis.asyncio import Redis


@pytest.mark.parametrize("turn", [1, 2])
async def test_each_test_has_a_migrated_database_of_its_own(database_url, turn):
    connection = await asyncpg.connect(database_url)
    tables = await connection.fetch("select tablename from pg_tables where schemaname = 'public'")
    await connection.execute("create table left_by_a_test ()")
    await connection.close()

    names = {row["tablename"] for row in tables}
    assert {"alembic_version", "photos"} <= names
    assert "left_by_a_test" not in names


@pytest.mark.parametrize("turn", [1, 2])
async def test_each_test_has_an_empty_valkey(redis_url, turn):
    async with Redis.from_url(redis_url) as redis:
        assert await redis.dbsize() == 0
        await redis.set("left by a test", turn)
