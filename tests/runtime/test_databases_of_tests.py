"""A database that a test is done with is as new for the next one, or is not used again."""

import concurrent.futures

import asyncpg
import pytest

from harness.servers import database_at
from tests.databases import Databases, connected


@pytest.fixture
async def copies(postgres_url, migrated_template):
    made = Databases(postgres_url, migrated_template)
    await made.start()
    yield made
    await made.close()


async def taken_again(copies, name):
    """Those that are taken next: as many as there are."""
    copies.give_back(name)
    return [await copies.take(), await copies.take()]


async def test_rows_are_gone_and_numbers_begin_anew(copies, postgres_url):
    name = await copies.take()
    async with connected(database_at(postgres_url, name)) as connection:
        first = await connection.fetchval("select nextval('events_id_seq')")
        account = await connection.fetchval(
            "insert into accounts (id, name) values (gen_random_uuid(), 'A') returning id"
        )
        await connection.execute(
            "insert into projects (id, account_id, name) values (gen_random_uuid(), $1, 'Elm Street')", account
        )
    assert name in await taken_again(copies, name)
    async with connected(database_at(postgres_url, name)) as connection:
        assert await connection.fetchval("select nextval('events_id_seq')") == first
        assert not await connection.fetchval("select exists (select from accounts) or exists (select from projects)")


async def test_who_is_still_connected_is_thrown_out(copies, postgres_url):
    name = await copies.take()
    async with connected(database_at(postgres_url, name)) as left:
        assert name in await taken_again(copies, name)
        with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError)):
            await left.execute("select 1")


@pytest.mark.parametrize(
    "change",
    [
        "update alembic_version set version_num = '9999'",
        "alter table projects add column colour text",
        "create index on projects (name)",
        "create table things (id int)",
        "drop table idempotency_keys",
        "alter table audit_entries disable trigger all",
        "create function nothing() returns int language sql as 'select 1'",
        "alter table projects alter column name drop not null",
        "do $$ begin execute 'alter database ' || current_database() || ' set work_mem = 64'; end $$",
        "do $$ begin insert into accounts (id, name) values (gen_random_uuid(), 'A'); analyze accounts; end $$",
    ],
)
async def test_one_that_was_changed_is_not_used_again(copies, postgres_url, change):
    name = await copies.take()
    async with connected(database_at(postgres_url, name)) as connection:
        await connection.execute(change)
    assert name not in await taken_again(copies, name)


async def test_one_that_is_gone_is_made_anew(copies, postgres_url):
    name = await copies.take()
    async with connected(postgres_url) as connection:
        await connection.execute(f"drop database {name} with (force)")
    assert name not in await taken_again(copies, name)


async def test_it_is_emptied_while_no_loop_runs(copies):
    """As during tests that are not async, however long they take."""
    copies.give_back(await copies.take())
    # Blocks the loop, as they do.
    done, _ = concurrent.futures.wait(copies.coming, timeout=60)
    assert len(done) == len(copies.coming) == 2
