import asyncio
import random
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal

import asyncpg
import pytest
from structlog.testing import capture_logs

from realstaging.domains.billing import budgets, invariants_store, rules, service
from realstaging.domains.billing.schemas import Budget
from realstaging.domains.billing.service import BudgetReached, PaymentRequired
from realstaging.engines.engine import CostClass
from realstaging.kit import money
from realstaging.kit.errors import NotFound
from realstaging.kit.ids import new_id
from realstaging.runtime.work import transaction

PAID = CostClass.PROVIDERS_PICTURE
PRICE = rules.price(PAID)


def order(project, staging_ids, cost=PAID):
    return service.Order(project, "an engine", staging_ids, cost)


FREE = rules.monthly_grant("free")


async def hold(platform, ada, project, staging_id):
    async with transaction(platform) as work:
        return await service.hold(work, ada, order(project, [staging_id]))


async def settle(platform, staging_id):
    async with transaction(platform) as work:
        await service.settle(work, staging_id)


async def release(platform, staging_id):
    async with transaction(platform) as work:
        await service.release(work, staging_id)


async def usage(platform, ada):
    async with transaction(platform) as work:
        return await budgets.usage(work, ada)


async def balances(platform, ada):
    row = await platform.database.fetchrow(
        "select available, held from ledger_accounts where account_id = $1", ada.account.id
    )
    assert await invariants_store.disagreements(platform.database) == []
    return row["available"], row["held"]


async def test_a_hold_becomes_earned_or_comes_back(platform, ada, project):
    first, second = new_id(), new_id()
    await hold(platform, ada, project, first)
    await hold(platform, ada, project, second)
    assert await balances(platform, ada) == (FREE - 2 * PRICE, 2 * PRICE)
    await settle(platform, first)
    await release(platform, second)
    assert await balances(platform, ada) == (FREE - PRICE, 0)
    spent = await usage(platform, ada)
    assert (spent.spent_usd, spent.stagings, spent.held_usd) == (Decimal("0.25"), 1, Decimal("0.00"))
    assert [(one.project_id, one.project_name, one.stagings) for one in spent.projects] == [
        (project, "12 Elm Street", 1)
    ]


async def test_everything_happens_once_however_often_it_is_told(platform, ada, project):
    staging_id = new_id()
    for _ in range(3):
        await hold(platform, ada, project, staging_id)
    for _ in range(3):
        await settle(platform, staging_id)
        await release(platform, staging_id)
        await hold(platform, ada, project, staging_id)
    assert await balances(platform, ada) == (FREE - PRICE, 0)
    assert await platform.database.fetchval("select count(*) from ledger_entries") == 3


async def test_a_released_staging_tried_again_is_held_again(platform, ada, project):
    staging_id = new_id()
    for _ in range(2):
        await hold(platform, ada, project, staging_id)
        await release(platform, staging_id)
    await hold(platform, ada, project, staging_id)
    await settle(platform, staging_id)
    assert await balances(platform, ada) == (FREE - PRICE, 0)
    turns = await platform.database.fetch("select reference from ledger_entries where kind = 'hold' order by id")
    assert [row["reference"].rpartition(":")[2] for row in turns] == ["1", "2", "3"]


async def test_fifty_at_once_never_spend_what_is_not_there(platform, ada, project):
    stagings = [new_id() for _ in range(50)]
    outcomes = await asyncio.gather(*(hold(platform, ada, project, one) for one in stagings))
    assert [type(one) for one in outcomes].count(type(None)) == FREE // PRICE
    assert {type(one) for one in outcomes} == {type(None), PaymentRequired}
    assert await balances(platform, ada) == (FREE % PRICE, FREE - FREE % PRICE)


async def test_racing_endings_move_money_once(platform, ada, project):
    stagings = [new_id() for _ in range(10)]
    for one in stagings:
        await hold(platform, ada, project, one)
    endings = [end(platform, one) for one in stagings for end in (settle, release, settle, release)]
    random.Random(1).shuffle(endings)
    await asyncio.gather(*endings)
    available, held = await balances(platform, ada)
    earned = await platform.database.fetchval("select count(*) from holds where state = 'settled'")
    assert (available, held) == (FREE - earned * PRICE, 0)


async def test_the_plan_grants_once_a_month(platform, ada):
    await asyncio.gather(*(usage(platform, ada) for _ in range(10)))
    assert await balances(platform, ada) == (FREE, 0)
    async with transaction(platform) as work:
        await service.set_plan(work, ada.account.id, "pro", given=True)
    assert (await usage(platform, ada)).available_usd == Decimal("2.50")
    platform.clock.now = datetime(2026, 12, 1, tzinfo=UTC)
    assert (await usage(platform, ada)).available_usd == Decimal("25.00")


async def test_an_operator_grants_once_for_each_reference(platform, ada):
    async with transaction(platform) as work:
        assert await service.grant(work, ada.account.id, 5 * money.DOLLAR, "apology-7", "we were slow")
        assert not await service.grant(work, ada.account.id, 5 * money.DOLLAR, "apology-7", "we were slow")
    assert await balances(platform, ada) == (5 * money.DOLLAR, 0)


async def test_nothing_is_given_to_nobody(platform):
    for give in (
        lambda work: service.grant(work, new_id(), money.DOLLAR, "gift", ""),
        lambda work: service.set_plan(work, new_id(), "pro", given=True),
    ):
        with pytest.raises(NotFound):
            async with transaction(platform) as work:
                await give(work)


async def test_a_budget_warns_and_then_stops(platform, ada, project):
    async with transaction(platform) as work:
        await budgets.set_budget(work, ada, Budget(Decimal("1.25")))
    for _ in range(5):
        await hold(platform, ada, project, new_id())
    assert isinstance(await hold(platform, ada, project, new_id()), BudgetReached)
    assert await told(platform) == [80, 100]
    assert (await usage(platform, ada)).alerts == [80, 100]
    platform.clock.now = datetime(2027, 12, 1, tzinfo=UTC)
    await hold(platform, ada, project, new_id())


async def told(platform):
    rows = await platform.database.fetch("select data from events where kind = $1 order by id", "billing.budget_alert")
    return [row["data"]["percent"] for row in rows]


async def test_racing_holds_stop_at_the_budget_and_warn_once_each(platform, ada, project):
    async with transaction(platform) as work:
        await budgets.set_budget(work, ada, Budget(Decimal("1.25")))
    with capture_logs() as lines:
        holds = (hold(platform, ada, project, new_id()) for _ in range(40))
        outcomes = await asyncio.gather(*holds)
    assert Counter(type(one) for one in outcomes) == {type(None): 5, BudgetReached: 35}
    assert await balances(platform, ada) == (FREE - 5 * PRICE, 5 * PRICE)
    assert await told(platform) == [80, 100]
    logged = [line["percent"] for line in lines if line["event"] == "budget_alert" and line["log_level"] == "warning"]
    # A refused hold, undone as a whole, may have said so before; what is kept is told once.
    assert set(logged) == {80, 100}


async def test_a_stop_below_the_whole_budget_is_told_as_well(platform, ada, project):
    async with transaction(platform) as work:
        await budgets.set_budget(work, ada, Budget(Decimal("1.10")))
    for _ in range(4):
        await hold(platform, ada, project, new_id())
    assert await told(platform) == [80]
    for _ in range(2):
        assert isinstance(await hold(platform, ada, project, new_id()), BudgetReached)
    assert await told(platform) == [80, 100]


async def test_a_budget_lowered_below_what_is_spent_warns_at_once(platform, ada, project):
    for _ in range(2):
        await hold(platform, ada, project, new_id())
    async with transaction(platform) as work:
        usage_now = await budgets.set_budget(work, ada, Budget(Decimal("0.60")))
    assert (usage_now.alerts, await told(platform)) == ([80], [80])
    async with transaction(platform) as work:
        await budgets.set_budget(work, ada, Budget(Decimal("0.50")))
        await budgets.set_budget(work, ada, Budget(Decimal("5.00")))
        await budgets.set_budget(work, ada, Budget(Decimal("0.40")))
    assert await told(platform) == [80, 100]


async def test_what_is_released_can_be_spent_again_within_the_budget(platform, ada, project):
    async with transaction(platform) as work:
        await budgets.set_budget(work, ada, Budget(Decimal("0.50")))
    first, second = new_id(), new_id()
    await hold(platform, ada, project, first)
    await hold(platform, ada, project, second)
    await release(platform, first)
    await hold(platform, ada, project, new_id())
    assert isinstance(await hold(platform, ada, project, new_id()), BudgetReached)
    assert await told(platform) == [80, 100]


async def test_a_refused_hold_leaves_nothing_behind(platform, ada, project):
    async with transaction(platform) as work:
        await budgets.set_budget(work, ada, Budget(Decimal(0)))
        staging_id = new_id()
        refused = await service.hold(work, ada, order(project, [staging_id]))
    assert isinstance(refused, BudgetReached)
    assert await platform.database.fetchval("select count(*) from holds") == 0
    assert await balances(platform, ada) == (FREE, 0)


async def test_several_are_held_together_or_not_at_all(platform, ada, project):
    async with transaction(platform) as work:
        too_many = order(project, [new_id() for _ in range(11)])
        assert isinstance(await service.hold(work, ada, too_many), PaymentRequired)
    assert await platform.database.fetchval("select count(*) from holds") == 0
    async with transaction(platform) as work:
        await service.hold(work, ada, order(project, [new_id() for _ in range(10)]))
    assert await balances(platform, ada) == (0, FREE)


async def test_each_order_is_held_or_refused_on_its_own(platform, ada, project):
    orders = [
        order(project, [new_id() for _ in range(count)], cost)
        for cost, count in [(PAID, 6), (PAID, 5), (CostClass.OWN_MACHINES, 3), (PAID, 4)]
    ]
    async with transaction(platform) as work:
        refused = await service.hold_each(work, ada, orders)
    assert [type(one) for one in refused] == [type(None), PaymentRequired, type(None), type(None)]
    held = await platform.database.fetch("select staging_id from holds")
    assert {row["staging_id"] for row in held} == {*orders[0].staging_ids, *orders[3].staging_ids}
    assert await balances(platform, ada) == (0, FREE)


async def test_our_own_machines_are_free(platform, ada, project):
    async with transaction(platform) as work:
        await service.hold(work, ada, order(project, [new_id()], CostClass.OWN_MACHINES))
    assert await platform.database.fetchval("select count(*) from ledger_accounts") == 0


async def test_entries_are_never_changed(platform, ada):
    await usage(platform, ada)
    for change in ("update ledger_entries set amount = 1", "delete from ledger_entries"):
        with pytest.raises(asyncpg.RaiseError, match="append-only"):
            await platform.database.execute(change)
    with pytest.raises(asyncpg.CheckViolationError, match="a hold never takes"):
        await platform.database.execute("update ledger_accounts set available = -1, held = held + 1")
