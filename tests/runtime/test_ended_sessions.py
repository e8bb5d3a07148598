"""What a process knows of ended sessions: read at its start, told, and looked up where a message was lost."""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

import msgspec

from realstaging.kit.clock import utc_now
from realstaging.kit.ids import new_id
from realstaging.kit.tasks import ended as task_ended
from realstaging.runtime import ended_sessions
from realstaging.runtime.database import open_pool
from realstaging.runtime.ended_sessions import KEPT, KIND, EndedSessions, Told
from realstaging.runtime.identity import Claims
from realstaging.runtime.wake_ups import EventMessage

END = "insert into ended_sessions (id, ended_at) values ($1, $2)"


def claims(session, **more):
    return Claims("https://issuer.test", "ada", "", "", 2e9, session=session, **{"issuer_session": "one", **more})


def message(*ids, at=None, kind=KIND):
    return EventMessage(0, UUID(int=0), kind, msgspec.Raw(msgspec.json.encode(Told(list(ids), at or utc_now()))))


@asynccontextmanager
async def database(url):
    pool = await open_pool(url)
    try:
        yield pool
    finally:
        await pool.close()


async def test_what_was_ended_before_is_known_at_the_start_and_what_is_over_is_not(database_url):
    recent, old = new_id(), new_id()
    async with database(database_url) as pool:
        await pool.execute(END, recent, utc_now() - KEPT / 2)
        await pool.execute(END, old, utc_now() - KEPT - timedelta(minutes=1))
        known = EndedSessions(SimpleNamespace(database=pool, clock=utc_now))
        await known.load()
        assert [known.refuses(claims(one)) for one in (recent, old, new_id())] == [True, False, False]
        await ended_sessions.forget(pool, utc_now(), most=10)
        assert await pool.fetchval("select count(*) from ended_sessions") == 1


async def test_a_message_is_believed_at_once_and_a_lost_one_is_made_up_for(database_url):
    told, lost, late, gone = [], new_id(), new_id(), []
    async with database(database_url) as pool:
        known = EndedSessions(SimpleNamespace(database=pool, clock=utc_now), look=0.05)
        known.told = gone.append
        told.append(new_id())
        known.heard(message(*told))
        known.heard(message(new_id(), kind="another.kind"))
        assert (known.refuses(claims(told[0])), gone) == (True, told)
        await known.load()
        keeping = asyncio.create_task(known.keep())
        try:
            await pool.execute(END, lost, utc_now())
            async with asyncio.timeout(10):
                while not known.refuses(claims(lost)):
                    await asyncio.sleep(0.01)
                # Committed late: its time is before that of what was seen already.
                await pool.execute(END, late, utc_now() - timedelta(seconds=90))
                while not known.refuses(claims(late)):
                    await asyncio.sleep(0.01)
        finally:
            await task_ended(keeping)
        assert sorted(gone) == sorted([*told, lost, late])


async def test_a_database_that_is_away_ends_no_look_out(database_url):
    async with database(database_url) as pool:
        known, one = EndedSessions(SimpleNamespace(database=pool, clock=utc_now), look=0.02), new_id()
        keeping = asyncio.create_task(known.keep())
        try:
            await pool.execute("alter table ended_sessions rename to elsewhere")
            await pool.execute("drop table if exists nothing")
            await asyncio.sleep(0)
            await pool.execute("alter table elsewhere rename to ended_sessions")
            await pool.execute(END, one, utc_now())
            async with asyncio.timeout(10):
                while not known.refuses(claims(one)):
                    await asyncio.sleep(0.01)
        finally:
            await task_ended(keeping)


def test_who_shows_anew_who_they_are_is_believed():
    known, one, now = EndedSessions(None), new_id(), utc_now()
    known.heard(message(one, at=now))
    at = now.timestamp()
    for said, refused in (
        ({"authenticated_at": at - 1}, True),
        ({"authenticated_at": at + 1}, False),
        ({"authenticated_at": at - 1, "issued_at": at + 1}, True),
        ({"issued_at": at + 1}, True),
        ({"issuer_session": "", "issued_at": at - 1}, True),
        ({"issuer_session": "", "issued_at": at + 1}, False),
    ):
        assert known.refuses(claims(one, **said)) is refused, said
