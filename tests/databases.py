"""Databases for tests: each with the newest schema and no rows.

To make one from a template costs a tenth of a second of processor time, a checkpoint, and cold caches for who connects first. One that a test is
done with is emptied instead, while the next test runs on another; only where the test left it other than the template is, in anything
but rows, it is dropped.
"""

import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from uuid import uuid4

import asyncpg

from harness.servers import database_at, run_on

AT_ONCE = 2
"""Databases that are made or emptied."""

GROWN = 2
"""Times as large as the template, from which on a database is dropped: what is empty shall not be slow to look through."""

TABLES = """select format('%I.%I', schemaname, tablename) from pg_tables
    where schemaname = 'public' and tablename <> 'alembic_version'"""
SEQUENCES = "select format('%L, %s', schemaname || '.' || sequencename, start_value) from pg_sequences"

# Every change of a table, an index, a function, a trigger or a constraint writes a row of these anew; what was learned of rows that are
# gone would change plans.
SCHEMA = """select (select string_agg(version_num, ' ') from alembic_version),
    (select sum(xmin::text::bigint) from pg_class), (select sum(xmin::text::bigint) from pg_attribute),
    (select sum(xmin::text::bigint) from pg_proc), (select sum(xmin::text::bigint) from pg_trigger),
    (select sum(xmin::text::bigint) from pg_constraint), (select sum(xmin::text::bigint) from pg_namespace),
    (select count(*) from pg_extension), (select count(*) from pg_statistic),
    (select count(*) from pg_db_role_setting join pg_database on pg_database.oid = setdatabase
       where datname = current_database())"""
SIZE = "select pg_database_size(current_database())"
OTHERS = """select pg_terminate_backend(pid, 5000) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'"""


class Databases:
    """Copies of one template on one server."""

    def __init__(self, server_url, template):
        self._server_url, self._template = server_url, template
        self.coming = deque()
        self._threads = ThreadPoolExecutor(AT_ONCE)
        self._emptying = self._schema = self._largest = None

    async def start(self):
        """Look at the template, and begin to make the first ones."""
        # What it learns of tables on its way would make the next database another than the template.
        await run_on(self._server_url, "alter system set autovacuum = off")
        await run_on(self._server_url, "select pg_reload_conf()")
        async with connected(database_at(self._server_url, self._template)) as connection:
            tables = [name for [name] in await connection.fetch(TABLES)]
            sequences = [name for [name] in await connection.fetch(SEQUENCES)]
        # Without triggers: those that keep figures, and those that keep rows from being deleted.
        self._emptying = "; ".join(
            [
                "set session_replication_role = replica",
                *(f"delete from {name}" for name in tables),
                *(f"select setval({name}, false)" for name in sequences),
            ]
        )
        first = await self._made()
        async with connected(database_at(self._server_url, first)) as connection:
            self._schema = await connection.fetchrow(SCHEMA)
            self._largest = GROWN * await connection.fetchval(SIZE)
        self.coming += [self._meanwhile(self._as_new(first)), self._meanwhile(self._made())]

    async def take(self):
        """The name of a database that is its taker's alone until it is given back."""
        return await asyncio.wrap_future(self.coming.popleft())

    def give_back(self, name):
        """Nobody needs what is in it any more."""
        self.coming.append(self._meanwhile(self._as_new(name)))

    async def close(self):
        """Wait for what is being made: the server stops with nothing to do."""
        await asyncio.gather(*map(asyncio.wrap_future, self.coming))
        self._threads.shutdown()

    def _meanwhile(self, making):
        """In a thread, with an event loop of its own: that of the tests stands still while those run that are not async."""
        return self._threads.submit(asyncio.run, making)

    async def _made(self):
        name = f"test_{uuid4().hex}"
        await run_on(self._server_url, f"create database {name} template {self._template} strategy file_copy")
        return name

    async def _as_new(self, name):
        if await self._emptied(name):
            return name
        await run_on(self._server_url, f"drop database if exists {name} with (force)")
        return await self._made()

    async def _emptied(self, name):
        """Whether a database is as the template is, now that all of its rows are deleted and nobody is connected to it."""
        try:
            async with connected(database_at(self._server_url, name)) as connection:
                await connection.fetch(OTHERS)
                if await connection.fetchrow(SCHEMA) != self._schema:
                    return False
                await connection.execute(self._emptying)
                return await connection.fetchval(SIZE) <= self._largest
        except asyncpg.PostgresError:
            # A test renamed it, refuses connections to it, or dropped what it was given.
            return False


@asynccontextmanager
async def connected(url):
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()
