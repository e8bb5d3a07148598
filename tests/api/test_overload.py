"""Overload: fast refusals instead of a queue, and everything as before the moment there is room again."""

import asyncio
from contextlib import AsyncExitStack

import aiohttp
import asyncpg
import pytest

from harness.service import service as run_service
from realstaging.kit.errors import Overloaded
from realstaging.runtime import jobs
from realstaging.runtime.database import REQUESTS, Bounds, open_pool, passes

QUICK = Bounds(wait=0.3, statement=0.4, lock=0.2, idle=0.4)


@pytest.fixture
async def busy(tmp_path, database_url, redis_url):
    """A service with three connections and little patience."""
    more = {"database_connections": 3, "requests_at_once": 40}
    async with run_service(tmp_path, database_url, redis_url, bounds=QUICK, **more) as running:
        yield running


async def ask(session, path):
    async with session.get(path) as answer:
        return answer.status, await answer.json(content_type=None), answer.headers.get("Retry-After")


async def test_without_a_free_connection_requests_are_refused_and_soon_served_again(busy):
    async with busy.signed_in() as ada:
        await ada.ask("GET", "me")
        async with AsyncExitStack() as held:
            for _ in range(3):
                await held.enter_async_context(busy.platform.database.acquire())
            async with asyncio.timeout(30):
                found = await asyncio.gather(*(ask(ada.session, "projects") for _ in range(30)))
            assert {status for status, *_ in found} == {503}
            assert {body["code"] for _, body, _ in found} == {"overloaded"}
            assert {wait for _, _, wait in found} == {"2"}
            assert (await ask(ada.session, f"{busy.url}/health/live"))[0] == 200
        assert (await ask(ada.session, "projects"))[0] == 200


async def test_a_pool_refuses_without_a_wait_until_a_connection_is_free(database_url):
    pool = await open_pool(database_url, largest=1, bounds=QUICK)
    async with pool.acquire():
        async with asyncio.timeout(30):
            with pytest.raises(Overloaded):
                await pool.fetchval("select 1")
        asking = [asyncio.ensure_future(pool.fetchval("select 1")) for _ in range(50)]
        # One turn of the loop each: none of them waits for a timer or a socket.
        for _ in range(3):
            await asyncio.sleep(0)
        assert all(isinstance(one.exception(), Overloaded) for one in asking)
    assert await pool.fetchval("select 1") == 1
    await pool.close()


async def test_a_pool_that_moves_is_waited_for(database_url):
    pool = await open_pool(database_url, largest=1, bounds=REQUESTS)
    assert await asyncio.gather(*(pool.fetchval("select 1") for _ in range(200))) == [1] * 200
    await pool.close()


async def test_too_many_requests_at_once_are_refused_before_anything_is_asked(tmp_path, database_url, redis_url):
    more = {"database_connections": 1, "requests_at_once": 5}
    async with run_service(tmp_path, database_url, redis_url, **more) as service, service.signed_in() as ada:
        await ada.ask("GET", "me")
        connector = aiohttp.TCPConnector(limit=0)
        headers = {"Authorization": f"Bearer {service.token()}"}
        async with aiohttp.ClientSession(service.url, headers=headers, connector=connector) as session:
            async with service.platform.database.acquire():
                asking = [asyncio.ensure_future(ask(session, "/api/v1/projects")) for _ in range(12)]
                refused = 0
                async with asyncio.timeout(30):
                    while refused < 7:
                        await asyncio.wait(asking, timeout=0.05)
                        refused = sum(one.done() for one in asking)
                assert {one.result()[0] for one in asking if one.done()} == {503}
                assert (await ask(session, "/health/live"))[0] == 200
            found = await asyncio.gather(*asking)
            assert sorted(status for status, *_ in found) == [200] * 5 + [503] * 7
            assert (await ask(session, "/api/v1/projects"))[0] == 200


async def test_statements_locks_and_idle_transactions_end_and_are_told_as_a_503(busy):
    pool = busy.platform.database
    with pytest.raises(asyncpg.QueryCanceledError) as slow:
        await pool.execute("select pg_sleep(60)")
    async with busy.signed_in() as ada:
        project = await ada.project()
        async with pool.acquire() as holder, holder.transaction():
            await holder.execute("select from projects for update")
            status = 0
            async with ada.session.patch(f"projects/{project['id']}", json={"name": "another"}) as answer:
                status, problem = answer.status, await answer.json(content_type=None)
                assert answer.headers["Retry-After"]
            assert (status, problem["code"]) == (503, "unavailable")
        async with pool.acquire() as holder, holder.transaction():
            await holder.execute("lock table events in access exclusive mode")
            # The event stream, too: refused in words, not begun and broken off.
            status, problem, wait = await ask(ada.session, "events")
            assert (status, problem["code"]) == (503, "unavailable")
            assert wait
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError)) as idle:
        async with pool.acquire() as connection, connection.transaction():
            ended = asyncio.get_running_loop().create_future()
            connection.add_termination_listener(lambda _: ended.set_result(None))
            await connection.execute("select 1")
            async with asyncio.timeout(30):
                await ended
            await connection.execute("select 1")
    assert all(passes(error.value) for error in (slow, idle))


async def test_every_process_bounds_its_connections(database_url):
    for bounds in (REQUESTS, QUICK):
        pool = await open_pool(database_url, bounds=bounds)
        names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
        found = [await pool.fetchval("select setting::int from pg_settings where name = $1", name) for name in names]
        assert found == [round(seconds * 1000) for seconds in (bounds.statement, bounds.lock, bounds.idle)]
        await pool.close()


def test_a_worker_tries_again_where_there_was_no_connection():
    assert jobs.heals(Overloaded())
    assert Overloaded().status == 503
