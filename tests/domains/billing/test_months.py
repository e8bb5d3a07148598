"""Months are those of UTC, whatever time zone the server or the database is set to."""

from datetime import UTC, date, datetime

import asyncpg
import pytest

from realstaging.domains.billing import store
from realstaging.domains.billing.store import NewHold
from realstaging.kit.ids import new_id
from realstaging.runtime.database import open_pool

ZONES = ["Pacific/Auckland", "America/Los_Angeles", "UTC"]
NOVEMBER = date(2026, 11, 1)
LAST_OF_OCTOBER = datetime(2026, 10, 31, 23, 59, tzinfo=UTC)
FIRST_OF_NOVEMBER = datetime(2026, 11, 1, 0, 1, tzinfo=UTC)


@pytest.fixture
async def account_id(platform, ada, project):
    """Who earned a cent on the last minute of October and two on the first of November, asked for by herself."""
    await store.lock(platform.database, ada.account.id)
    for amount, at in ((1, LAST_OF_OCTOBER), (2, FIRST_OF_NOVEMBER)):
        hold = NewHold(new_id(), project, amount, "an engine")
        await store.open_holds(platform.database, ada.account.id, ada.id, [hold])
        await store.close_hold(platform.database, hold.staging_id, "settled")
        await platform.database.execute("update holds set created_at = $2 where staging_id = $1", hold.staging_id, at)
    return ada.account.id


@pytest.mark.parametrize("zone", ZONES)
async def test_a_month_begins_at_midnight_utc(database_url, ada, account_id, zone):
    connection = await asyncpg.connect(database_url, server_settings={"timezone": zone})
    assert await connection.fetchval("show timezone") == zone
    spent = await store.spent(connection, account_id, NOVEMBER)
    assert (spent.stagings, spent.amount) == (1, 2)
    assert await store.committed(connection, account_id, NOVEMBER) == 2
    assert await store.committed_of(connection, account_id, ada.id, NOVEMBER) == 2
    await connection.close()


async def test_sessions_are_in_utc_whatever_the_database_is_set_to(database_url):
    connection = await asyncpg.connect(database_url)
    name = await connection.fetchval("select current_database()")
    await connection.execute(f"""alter database "{name}" set timezone = 'Pacific/Auckland'""")
    await connection.close()
    async with await open_pool(database_url) as pool:
        assert await pool.fetchval("show timezone") == "UTC"
        assert (
            await pool.fetchval("select to_jsonb('2026-11-01T00:00:00Z'::timestamptz)") == "2026-11-01T00:00:00+00:00"
        )
