"""Failures of the database that are nobody's fault: real ones, made on the real server."""

import asyncio
import errno
from pathlib import Path

import asyncpg
import pytest
from litestar import Litestar, get
from litestar.testing import AsyncTestClient

from realstaging.api import errors
from realstaging.runtime import jobs
from realstaging.runtime.database import passes
from realstaging.runtime.jobs import Handler
from realstaging.runtime.work import transaction
from tests.runtime.kinds import Greet

# Made by the functions below, by SQLSTATE.
MADE = ["40P01", "40001", "53300", "55P03", "57014", "25P03", "25006", "0A000"]


class Trouble:
    """Two connections, and a row to quarrel over."""

    def __init__(self, url, one, other):
        self.url, self.one, self.other = url, one, other

    async def of(self, state):
        """An error with this SQLSTATE, as the driver raises it."""
        make = {
            "40P01": self.deadlock,
            "40001": self.both_wrote,
            "53300": self.no_room,
            "55P03": self.locked,
            "57014": self.too_long,
            "25P03": self.idle,
            "25006": self.standby,
            "0A000": self.migrated,
        }[state]
        with pytest.raises(asyncpg.PostgresError) as caught:
            await make()
        assert caught.value.sqlstate == state
        return caught.value

    async def deadlock(self):
        await self.one.execute("begin; update rows set n = 1 where id = 1; set local deadlock_timeout = '10ms'")
        await self.other.execute("begin; update rows set n = 1 where id = 2; set local deadlock_timeout = '10ms'")
        both = (
            self.one.execute("update rows set n = 1 where id = 2"),
            self.other.execute("update rows set n = 1 where id = 1"),
        )
        [error] = [
            result for result in await asyncio.gather(*both, return_exceptions=True) if isinstance(result, Exception)
        ]
        raise error

    async def both_wrote(self):
        await self.one.execute("begin isolation level repeatable read; select n from rows")
        await self.other.execute("update rows set n = n + 1")
        await self.one.execute("update rows set n = n + 1")

    async def no_room(self):
        name = self.url.rpartition("/")[2]
        await self.one.execute(f"create role guest login password 'guest'; alter database {name} connection limit 0")
        try:
            parts = self.url.split("@")
            await asyncpg.connect(f"postgresql://guest:guest@{parts[1]}")
        finally:
            await self.one.execute(f"alter database {name} connection limit -1; drop role guest")

    async def locked(self):
        await self.other.execute("begin; update rows set n = 1")
        await self.one.execute("set lock_timeout = '10ms'; update rows set n = 2")

    async def too_long(self):
        await self.one.execute("set statement_timeout = '10ms'; select pg_sleep(20)")

    async def idle(self):
        await self.one.execute("begin; set local idle_in_transaction_session_timeout = '1ms'")
        gone = asyncio.Event()
        self.one.add_termination_listener(lambda _: gone.set())
        said = []
        self.one.add_log_listener(lambda _, message: said.append(message))
        await asyncio.wait_for(gone.wait(), 20)
        raise said[0] if said else asyncpg.IdleInTransactionSessionTimeoutError("the session ended")

    async def standby(self):
        await self.one.execute("begin read only; update rows set n = 1")

    async def migrated(self):
        async with self.one.transaction():
            statement = await self.one.prepare("select * from rows")
            await statement.fetch()
            await self.one.execute("alter table rows add column added int")
            await statement.fetch()


@pytest.fixture
async def trouble(database_url):
    one, other = await asyncpg.connect(database_url), await asyncpg.connect(database_url)
    await one.execute("create table rows (id int primary key, n int); insert into rows values (1, 0), (2, 0)")
    yield Trouble(database_url, one, other)
    await asyncio.gather(one.close(), other.close())


@pytest.mark.parametrize("state", MADE)
async def test_it_heals_in_a_job_and_is_told_as_passing_in_a_request(trouble, platform, state):
    error = await trouble.of(state)

    async def fails_once(_, job):
        if job.run == 1:
            raise error

    async with transaction(platform) as work:
        work.enqueue(Greet())
    await jobs.run_next(platform, {"greet": Handler(Greet, fails_once)}, "general")
    assert await platform.database.fetchval("select state from jobs") == "queued"
    await platform.database.execute("update jobs set run_at = now()")
    await jobs.run_next(platform, {"greet": Handler(Greet, fails_once)}, "general")
    assert await platform.database.fetchval("select state from jobs") == "done"

    answer = await answered(error)
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert int(answer.headers["Retry-After"]) >= 1


async def test_a_server_that_cannot_be_reached_is_told_as_passing_and_a_file_is_ours():
    """Real ones: a name that nobody has, a network without a way; by number what takes another host to make."""
    with pytest.raises(OSError) as nameless:
        await asyncpg.connect("postgresql://nobody@nowhere.invalid/x")
    with pytest.raises(OSError) as refused:
        await asyncpg.connect("postgresql://nobody@127.0.0.1:9/x")
    numbers = [errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EHOSTDOWN, errno.ENETDOWN, errno.ETIMEDOUT, errno.EPIPE]
    for error in (nameless.value, refused.value, *(OSError(number, "") for number in numbers)):
        answer = await answered(error)
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable"), repr(error)
    with pytest.raises(FileNotFoundError) as missing:
        Path("/nowhere").read_bytes()
    for error in (missing.value, OSError(errno.ENOSPC, ""), OSError(errno.EMFILE, "")):
        assert (await answered(error)).status_code == 500, repr(error)


async def test_our_own_mistake_is_not_waited_for(platform):
    with pytest.raises(asyncpg.UndefinedTableError) as misspelt:
        await platform.database.fetch("select from stagingz")
    with pytest.raises(asyncpg.DataError) as wrong:
        await platform.database.fetch("select $1::uuid", 7)
    for error in (misspelt.value, wrong.value):
        assert not passes(error)
        assert not jobs.heals(error)
        assert (await answered(error)).status_code == 500


async def answered(error):
    """What a request ends with that fails with this."""

    @get("/")
    async def failing() -> None:
        raise error

    async with AsyncTestClient(Litestar([failing], exception_handlers=errors.HANDLERS, logging_config=None)) as client:
        return await client.get("/")
