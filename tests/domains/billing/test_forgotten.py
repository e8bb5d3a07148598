"""Stagings and projects that are forgotten are counted all the same: what was spent stays spent."""

from datetime import UTC, datetime

import pytest

from realstaging.domains.attempts import store as attempts_store
from realstaging.domains.billing import service, store
from realstaging.kit.ids import new_id
from realstaging.runtime.work import transaction

BEGAN = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
async def spent(bank):
    """Two stagings that were paid for and are forgotten with their project; a picture of a third was made in vain."""
    database = bank.platform.database
    settled = await bank.held(2)
    for staging_id in settled:
        async with transaction(bank.platform) as work:
            await service.settle(work, staging_id)
    for staging_id, verdict in ((settled[0], "passed"), (new_id(), "failed")):
        await database.execute(
            """insert into attempts (token, request_key, staging_id, account_id, number, model, prompt_version, price, cost, created_at,
                 ended_at, verdict)
               values ($1::uuid::text, $1::uuid || ':' || $2::uuid, $1, $3, 1, 'm', '1', 40000, 40000, $4, $4, $5)""",
            staging_id,
            new_id(),
            bank.ada.account.id,
            bank.platform.clock(),
            verdict,
        )
    await database.execute("delete from project_figures; delete from projects")
    return settled


async def test_a_members_limit_counts_what_is_forgotten(bank, spent):
    database, month = bank.platform.database, BEGAN.date()
    both = await store.committed(database, bank.ada.account.id, month)
    assert both == 500_000
    assert await store.committed_of(database, bank.ada.account.id, bank.ada.id, month) == both
    assert await store.committed_of(database, bank.ada.account.id, new_id(), month) == 0


async def test_usage_names_projects_that_are_forgotten(bank, spent):
    [one] = await store.by_project(bank.platform.database, bank.ada.account.id)
    assert (one.project_id, one.name, one.stagings, one.amount) == (bank.project, "", 2, 500_000)


async def test_what_was_made_in_vain_is_counted_when_its_staging_is_forgotten(bank, spent):
    database, now = bank.platform.database, bank.platform.clock()
    mine = await store.unpaid(database, bank.ada.account.id, now, "")
    assert (mine.day, mine.month, mine.at_stake) == (40_000, 40_000, 0)
    assert (await store.everybodys(database, now, "")).day == 40_000


async def test_costs_are_of_forgotten_stagings_too(bank, spent):
    [one] = await attempts_store.costs(bank.platform.database, BEGAN)
    assert (one.account, one.project, one.attempts, one.cost, one.earned) == ("Ada", "", 2, 80_000, 250_000)
