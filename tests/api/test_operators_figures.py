"""What the rows say, as whoever watches the platform is told it."""

import asyncio
import ssl
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from prometheus_client import REGISTRY

from harness.service import room
from realstaging.domains.operations import figures
from realstaging.kit.clock import utc_now
from realstaging.runtime import heartbeats, last_done
from realstaging.runtime.last_done import Done
from tests.cli import tls


def told(name, **labels):
    return REGISTRY.get_sample_value(f"realstaging_{name}", labels)


def disagreements():
    [family] = [one for one in REGISTRY.collect() if one.name == "realstaging_ledger_disagreements"]
    assert len(family.samples) > 1
    return sum(sample.value for sample in family.samples)


async def test_what_waits_who_lives_and_what_was_done(service, ada):
    platform, now = service.platform, utc_now()
    photo = await ada.photo(await ada.project(), room(300, 200))
    await ada.stage(photo)
    await platform.database.execute(
        "update jobs set run_at = $1 where kind = 'staging.stage'", now - timedelta(minutes=7)
    )
    await platform.database.execute(
        "insert into jobs (id, kind, lane, payload, state, finished_at) values (gen_random_uuid(), 'lost', 'general', '{}', 'dead', now())"
    )
    await last_done.note(platform.database, Done.BACKUP, now - timedelta(days=1))
    await last_done.note(platform.database, Done.BACKUP, now - timedelta(days=2))
    await figures.tell_queue(platform)
    lane = await platform.database.fetchval("select lane from jobs where kind = 'staging.stage'")
    assert told("oldest_waiting_job_seconds", lane=lane) == pytest.approx(420, abs=60)
    assert told("jobs", lane=lane, state="waiting") >= 1
    assert told("dead_jobs", kind="lost") == 1
    assert told("last_done_timestamp_seconds", what="backup") == pytest.approx((now - timedelta(days=1)).timestamp())
    assert told("processes", process="worker") == 0
    # A process lives while it says so; one that has been silent is dead, and then forgotten.
    await heartbeats.beat(platform, "worker")
    await heartbeats.beat(platform, "worker")
    await figures.tell_queue(platform)
    assert told("processes", process="worker") == 1
    # One whose own clock is an hour ahead sees it as others do, and makes nobody forgotten.
    ahead = replace(platform, clock=lambda: platform.clock() + timedelta(hours=1, seconds=1))
    await heartbeats.beat(ahead, "api")
    await figures.tell_queue(ahead)
    assert (told("processes", process="worker"), told("processes", process="api")) == (1, 1)
    assert told("oldest_waiting_job_seconds", lane=lane) == pytest.approx(420, abs=60)
    await platform.database.execute("update heartbeats set beat_at = beat_at - interval '46 seconds'")
    await platform.database.execute("delete from jobs where kind = 'lost'")
    await figures.tell_queue(platform)
    assert told("processes", process="worker") == 0
    assert told("dead_jobs", kind="lost") is None
    await platform.database.execute("update heartbeats set beat_at = beat_at - interval '2 hours'")
    await heartbeats.beat(platform, "api")
    assert await platform.database.fetchval("select count(*) from heartbeats") == 1


async def test_what_was_spent_earned_and_made(service, ada):
    platform = service.platform
    photo = await ada.photo(await ada.project(), room(300, 200))
    async with service.working():
        [staging] = await ada.stage(photo)
        await ada.until(staging, "ready")
    account = await platform.database.fetchval("select account_id from projects limit 1")
    for token, cost, verdict, age in (("a", 40_000, "passed", 1), ("b", 60_000, None, 1), ("c", 50_000, "passed", 61)):
        await platform.database.execute(
            """insert into attempts (token, request_key, wish, number, staging_id, account_id, model, prompt_version, price, cost, ended_at, verdict)
               values ($1, $1, $1, 1, $2, $3, 'a/model', '1', 0, $4, now() - make_interval(mins => $6), $5)""",
            token,
            staging["id"],
            account,
            cost,
            verdict,
            age,
        )
    await figures.tell_money(platform)
    assert told("provider_spend_dollars", model="a/model") == pytest.approx(0.1)
    assert told("provider_pictures", model="a/model", outcome="passed") == 1
    assert told("provider_pictures", model="a/model", outcome="open") == 1
    assert told("stagings", engine="local", state="ready") >= 1
    assert told("people", what="active") >= 1
    await figures.check_books(platform)
    assert disagreements() == 0
    assert told("stored_bytes", what="originals") > 0
    assert told("stored_bytes", what="results") > 0
    await figures.tell_machine(platform)
    assert 0 < told("disk_free_bytes", place="storage") <= told("disk_size_bytes", place="storage")
    assert 0 < told("database_connections", state="open") <= told("database_connections", state="most")


async def test_books_that_disagree_are_told(service, ada):
    await ada.ask("GET", "usage")
    platform = service.platform
    account = await platform.database.fetchval("select id from accounts limit 1")
    await platform.database.execute(
        """insert into ledger_accounts (account_id, available) values ($1, 5)
           on conflict (account_id) do update set available = ledger_accounts.available + 5""",
        account,
    )
    await figures.check_books(platform)
    assert disagreements() >= 1
    await platform.database.execute(
        "update ledger_accounts set available = available - 5 where account_id = $1", account
    )
    await figures.check_books(platform)
    assert disagreements() == 0


async def test_a_certificate_is_looked_at_as_others_see_it(tmp_path):
    path = tls.certificate(tmp_path)
    server = await asyncio.start_server(
        lambda _reader, writer: writer.close(), "127.0.0.1", 0, ssl=tls.server_context(path)
    )
    port = server.sockets[0].getsockname()[1]
    async with server:
        found = await figures.expiry("localhost", port, ssl.create_default_context(cafile=path))
        assert found == pytest.approx(time.time() + 86400, abs=120)
        assert await figures.expiry("localhost", port, ssl.create_default_context()) == 0
