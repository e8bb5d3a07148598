"""Credit in lots: what is used first, what lapses, what is taken back and given again."""

import asyncio
import itertools
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from msgspec.structs import replace

from realstaging.domains.billing import budgets, invariants_store, lots, rules, service
from realstaging.domains.billing.lots_rules import (
    Wanted,
    credit_back_lapses,
    put,
    taken,
    to_take_back,
)
from realstaging.domains.billing.service import (
    NewLot,
    Paid,
    PaymentRequired,
    Source,
    SpendingStopped,
    Standing,
    TakeBack,
)
from realstaging.engines.engine import CostClass
from realstaging.kit.errors import InvalidInput, NotFound
from realstaging.kit.ids import new_id
from realstaging.runtime import migrations
from realstaging.runtime.work import transaction
from tests.domains.billing.test_ledger import hold, release, settle

PRICE = rules.price(CostClass.PROVIDERS_PICTURE)
FREE = rules.monthly_grant("free")
MONTH = "plan:2026-11"


async def test_what_lapses_soonest_is_used_first_and_comes_back_to_where_it_was(bank):
    soon = bank.platform.clock.now + timedelta(days=2)
    await bank.give(Source.PACK, "session:cs_1", 2 * PRICE, paid=Paid(790, "usd"))
    await bank.give(Source.GRANT, "apology", PRICE)
    await bank.give(Source.GRANT, "soon", PRICE // 2, expires_at=soon)
    first = await bank.held(FREE // PRICE + 2)
    assert await bank.remaining() == {"session:cs_1": 3 * PRICE // 2, "apology": 0, "soon": 0, MONTH: 0}
    await release(bank.platform, first[-1])
    assert await bank.remaining() == {"session:cs_1": 2 * PRICE, "apology": PRICE // 2, "soon": 0, MONTH: 0}
    # The first was taken from `soon` and from the month's grant. It comes back when one of them has lapsed: that part lapses again.
    bank.later(days=3)
    await release(bank.platform, first[0])
    assert await bank.remaining() == {"session:cs_1": 2 * PRICE, "apology": PRICE // 2, "soon": 0, MONTH: PRICE // 2}
    assert (await bank.kinds())[-2:] == ["release", "lapse"]
    await settle(bank.platform, first[1])
    assert await invariants_store.disagreements(bank.platform.database) == []


async def test_a_months_grant_lapses_with_it_and_a_pack_does_not(bank):
    await bank.give(Source.PACK, "session:cs_1", PRICE)
    assert isinstance(await bank.held(FREE // PRICE + 2), PaymentRequired)
    [one] = await bank.held()
    bank.platform.clock.now = datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)
    assert await bank.does(service.left) == (FREE, None)
    bank.platform.clock.now = datetime(2026, 12, 1, tzinfo=UTC)
    # Without anybody using it: the chore. What was set aside stays so.
    await lots.lapse(bank.platform)
    assert await bank.balance() == PRICE
    assert await bank.does(service.left) == (FREE + PRICE, None)
    await release(bank.platform, one)
    assert await bank.balance() == FREE + PRICE
    assert await bank.kinds() == ["grant", "grant", "hold", "lapse", "grant", "release", "lapse"]
    await asyncio.gather(*(lots.lapse(bank.platform) for _ in range(4)))
    assert len(await bank.kinds()) == 7


async def test_a_plan_that_is_paid_for_is_granted_by_its_payments_alone(bank):
    await bank.does(service.set_plan, "pro", given=False)
    assert await bank.does(service.left) == (0, None)
    until = bank.platform.clock.now + timedelta(days=30)
    for _ in range(2):
        await bank.give(Source.PLAN, "invoice:in_1", 25 * PRICE, expires_at=until, paid=Paid(2_700, "eur"))
    assert await bank.does(service.left) == (25 * PRICE, None)
    late = bank.platform.clock.now - timedelta(days=1)
    assert await bank.give(Source.PLAN, "invoice:in_0", PRICE, expires_at=late)
    assert not await bank.give(Source.PLAN, "invoice:in_0", PRICE, expires_at=late)
    assert await bank.does(service.left) == (25 * PRICE, None)
    await bank.does(service.set_plan, "free", given=False)
    assert await bank.does(service.left) == (25 * PRICE + FREE, None)


async def test_a_year_is_granted_month_by_month(bank):
    await bank.does(service.set_plan, "pro", given=False)
    began = bank.platform.clock.now = datetime(2027, 8, 31, 10, tzinfo=UTC)
    year = list(service.monthly(NewLot(Source.PLAN, "invoice:in_1", PRICE, paid=Paid(24_000, "usd")), began, 12))
    assert await bank.does(service.grant_lots, year) == 12
    assert await bank.does(service.grant_lots, year) == 0
    assert [lot.begins_at.strftime("%m-%d") for lot in year[5:8]] == ["01-31", "02-29", "03-31"]
    assert all(one.expires_at == other.begins_at for one, other in itertools.pairwise(year))
    found = []
    for when in (
        "2027-08-31T10",
        "2027-09-30T09",
        "2027-09-30T10",
        "2028-02-29T09",
        "2028-02-29T10",
        "2028-08-31T09",
        "2028-08-31T10",
    ):
        bank.platform.clock.now = datetime.fromisoformat(f"{when}:00+00:00")
        await bank.does(service.left)
        found.append((when[5:], [name[-2:] for name, left in (await bank.remaining()).items() if left]))
    assert found == [
        ("08-31T10", ["01"]), ("09-30T09", ["01"]), ("09-30T10", ["02"]), ("02-29T09", ["06"]), ("02-29T10", ["07"]), ("08-31T09", ["12"]),
        ("08-31T10", []),
    ]  # fmt: skip


async def test_who_is_stopped_spends_nothing_and_is_told_why(bank):
    await bank.does(service.set_standing, Standing("grace", "Your last payment failed. Pay by 3 December."))
    [one] = await bank.held()
    await bank.does(service.set_standing, Standing("stopped", "Your payment is disputed. Ask us."))
    for _ in range(2):
        refused = await bank.held()
        assert isinstance(refused, SpendingStopped)
        assert refused.message == "Your payment is disputed. Ask us."
    await settle(bank.platform, one)
    async with transaction(bank.platform) as work:
        usage = await budgets.usage(work, bank.ada)
    assert (usage.standing, usage.standing_reason) == ("stopped", "Your payment is disputed. Ask us.")
    assert [(one.source, str(one.remaining_usd)) for one in usage.credit] == [("plan", "2.25")]
    await bank.does(service.set_standing, Standing())
    assert len(await bank.held()) == 1
    told = await bank.platform.database.fetch(
        "select details->>'after' as after from audit_entries where action = 'standing.changed' order by id"
    )
    assert [row["after"] for row in told] == ["grace", "stopped", "good"]


async def test_racing_payments_refunds_and_holds_keep_the_books(bank):
    await bank.does(service.set_plan, "pro", given=False)
    payments = [NewLot(Source.PACK, f"session:cs_{number % 5}", 4 * PRICE) for number in range(15)]

    async def given(lot):
        async with transaction(bank.platform) as work:
            return await service.grant_lot(work, bank.ada.account.id, lot)

    async def refunded(number):
        async with transaction(bank.platform) as work:
            return await service.take_back(
                work, bank.ada.account.id, TakeBack(f"session:cs_{number % 2}", f"refund:{number % 2}")
            )

    assert sum(await asyncio.gather(*(given(lot) for lot in payments))) == 5
    outcomes = await asyncio.gather(
        *(refunded(number) for number in range(6)),
        *(hold(bank.platform, bank.ada, bank.project, new_id()) for _ in range(25)),
    )
    assert sorted(outcomes[:6])[-2:] == [4 * PRICE, 4 * PRICE]
    assert sum(outcomes[:6]) == 8 * PRICE
    held = sum(one is None for one in outcomes[6:])
    assert await bank.balance() == 12 * PRICE - held * PRICE
    assert await invariants_store.disagreements(bank.platform.database) == []


async def test_what_cannot_be_is_refused(bank):
    for amount in (0, -1, lots.LARGEST + 1):
        with pytest.raises(InvalidInput):
            await bank.give(Source.GRANT, "a", amount)
    with pytest.raises(InvalidInput):
        await bank.does(service.take_back, TakeBack("a", "b", amount=0))
    with pytest.raises(NotFound):
        await bank.does(service.take_back, TakeBack("never", "refund:re_1"))
    await bank.give(Source.GRANT, "a", PRICE)
    for change in ("update lot_entries set amount = 1", "delete from lot_entries"):
        with pytest.raises(asyncpg.RaiseError, match="append-only"):
            await bank.platform.database.execute(change)


async def test_every_invariant_finds_what_it_is_for(bank):
    """Each is broken in a transaction that is undone."""
    await bank.give(Source.PACK, "session:cs_1", 4 * PRICE)
    stagings = await bank.held(2)
    await settle(bank.platform, stagings[0])
    account = bank.ada.account.id
    entry = f"insert into ledger_entries (account_id, kind, debit, credit, amount, reference, in_lots, lot_id) values ('{account}'"
    lot = f"(select id from lots where reference = '{MONTH}')"
    broken = {
        "balances_are_their_entries": "update ledger_accounts set held = held + 1",
        "holds_are_their_entries": "update holds set amount = amount + 1",
        "lots_are_the_balance": "update ledger_accounts set available = available + 1",
        "lots_are_their_entries": "update lots set remaining = remaining - 1 where remaining > 0",
        "entries_fit_their_lots": f"{entry}, 'lapse', 'available', 'lapsed', 5, 'x', true, {lot})",
        "lots_are_given_once": f"{entry}, 'grant', 'granted', 'available', 5, 'x', true, {lot})",
        "nothing_is_taken_back_twice": f"{entry}, 'take_back', 'available', 'granted', {FREE + 1}, 'x', true, {lot})",
        "nothing_lapses_that_others_paid": f"{entry}, 'take_back', 'available', 'granted', {FREE}, 'x', true, {lot});"
        f"{entry}, 'lapse', 'available', 'lapsed', 5, 'x', true, {lot})",
        "holds_end_once": "update holds set turn = 2",
        "credited_back_is_what_was_paid": "update holds set state = 'credited' where state = 'settled'",
    }
    async with bank.platform.database.acquire() as connection:
        for name, change in broken.items():
            undone = connection.transaction()
            await undone.start()
            await connection.execute(change)
            assert name in {found.invariant for found in await invariants_store.disagreements(connection)}, name
            await undone.rollback()
    assert set(invariants_store.INVARIANTS) - set(broken) == {
        "who_pays_has_a_result",
        "nothing_is_held_for_what_is_over",
    }


def test_owed_is_paid_from_what_lapses_soonest():
    one, other = new_id(), new_id()
    parts = [("a", one, 10), ("a", other, 20)]
    assert put([lots.Part(*part) for part in parts], 15) == [("a", other, 15)]
    assert put([lots.Part(*part) for part in parts], 40) == []
    lot = lots.Lot(one, Source.PACK, "r", 30, 30, False, datetime(2026, 1, 1, tzinfo=UTC), None, 0)
    second = lots.Lot(other, Source.PACK, "s", 30, 10, False, datetime(2026, 1, 1, tzinfo=UTC), None, 0)
    assert taken([lot, second], [Wanted("a", 5, other), Wanted("b", 33), Wanted("c", 9)]) == [
        ("a", other, -5), ("b", one, -30), ("b", other, -3), ("c", other, -2),
    ]  # fmt: skip
    payment = [lots_of(3, coming=True), lots_of(3, coming=True), lots_of(3), lots_of(2)]
    never, backs = to_take_back(payment, 5)
    assert (never, [amount for _, amount in backs]) == ([payment[0].id], [2])
    never, backs = to_take_back(payment, None)
    assert (len(never), [amount for _, amount in backs]) == (2, [3, 2])


def test_the_price_of_a_picture_given_back_lasts_thirty_days_at_least():
    now = datetime(2026, 11, 30, 23, tzinfo=UTC)
    lot = lots.Lot(new_id(), Source.PLAN, "r", 1, 0, False, now, now + timedelta(hours=1), 0)
    long, never = replace(lot, expires_at=now + timedelta(days=60)), replace(lot, expires_at=None)
    paid_by = [[lot], [lot, long], [lot, never], []]
    assert [credit_back_lapses(one, now) for one in paid_by] == [now + timedelta(days=30), long.expires_at, None, None]


def lots_of(takeable, *, coming=False):
    return lots.lots_rules.OfPayment(new_id(), "r", coming, takeable)


async def test_balances_are_the_same_before_and_after_the_migration(database_url):
    """0030: one lot `opening`, for what there is and what is set aside; and what the release before writes is put into lots."""
    await migrations.downgrade(database_url, "0029")
    connection = await asyncpg.connect(database_url)
    account, project, stagings = new_id(), new_id(), [new_id() for _ in range(4)]

    async def moved(kind, debit, credit, amount, reference):
        """As release 0029 does it."""
        await connection.execute(
            "insert into ledger_entries (account_id, kind, debit, credit, amount, reference) values ($1, $2, $3, $4, $5, $6)",
            account, kind, debit, credit, amount, reference,
        )  # fmt: skip
        sign = {"available": 0, "held": 1}
        change = [0, 0]
        if credit in sign:
            change[sign[credit]] += amount
        if debit in sign:
            change[sign[debit]] -= amount
        await connection.execute(
            "update ledger_accounts set available = available + $2, held = held + $3 where account_id = $1",
            account,
            *change,
        )

    async def held(staging, turn=1):
        await connection.execute(
            """insert into holds (staging_id, account_id, project_id, amount, state) values ($1, $2, $3, $4, 'held')
               on conflict (staging_id) do update set state = 'held', turn = holds.turn + 1""",
            staging, account, project, PRICE,
        )  # fmt: skip
        await moved("hold", "available", "held", PRICE, f"{staging}:{turn}")

    async def ended(staging, state, kind, credit):
        await connection.execute("update holds set state = $2 where staging_id = $1", staging, state)
        await moved(kind, "held", credit, PRICE, f"{staging}:1")

    try:
        await connection.execute("insert into accounts (id, name) values ($1, 'Ada')", account)
        await connection.execute("insert into ledger_accounts (account_id) values ($1)", account)
        await moved("grant", "granted", "available", FREE, MONTH)
        for staging in stagings[:3]:
            await held(staging)
        await ended(stagings[0], "settled", "settle", "earned")
        await ended(stagings[1], "released", "release", "available")
        before = tuple(await connection.fetchrow("select available, held from ledger_accounts"))
        await migrations.upgrade(database_url)
        assert tuple(await connection.fetchrow("select available, held from ledger_accounts")) == before
        assert await invariants_store.disagreements(connection) == []
        # The release before goes on meanwhile.
        await held(stagings[3])
        await held(stagings[1], 2)
        await ended(stagings[2], "released", "release", "available")
        await moved("grant", "granted", "available", FREE, "plan:2026-12")
        assert await invariants_store.disagreements(connection) == []
        rows = await connection.fetch(
            "select source, amount, remaining, expires_at from lots order by created_at, source"
        )
        assert [tuple(row) for row in rows] == [
            ("opening", FREE - PRICE, FREE - 3 * PRICE, None),
            ("plan", FREE, FREE, datetime(2027, 1, 1, tzinfo=UTC)),
        ]
        after = tuple(await connection.fetchrow("select available, held from ledger_accounts"))
        await migrations.downgrade(database_url, "0029")
        assert tuple(await connection.fetchrow("select available, held from ledger_accounts")) == after
        await migrations.upgrade(database_url)
        assert await invariants_store.disagreements(connection) == []
        assert await connection.fetchval("select sum(remaining) from lots") == after[0]
    finally:
        await connection.close()


async def test_what_the_ledger_before_granted_is_not_granted_again(bank):
    database = bank.platform.database
    await database.execute("insert into ledger_accounts (account_id) values ($1)", bank.ada.account.id)
    await database.execute("alter table ledger_entries disable trigger lots_of_the_release_before")
    await database.execute(
        """insert into ledger_entries (account_id, kind, debit, credit, amount, reference)
           values ($1, 'grant', 'granted', 'available', 100, $2)""",
        bank.ada.account.id,
        MONTH,
    )
    await database.execute("update ledger_accounts set available = 100")
    await database.execute(
        "insert into lots (id, account_id, source, reference, amount, remaining) values ($1, $2, 'opening', 'opening', 100, 100)",
        new_id(),
        bank.ada.account.id,
    )
    assert await bank.does(service.left) == (100, None)
    assert not await bank.give(Source.GRANT, MONTH, PRICE)


async def test_fifty_are_held_from_many_lots_with_as_many_statements_as_one(bank):
    for number in range(40):
        await bank.give(Source.PACK, f"session:cs_{number}", PRICE * 4 // 3)
    await bank.held()
    counts = []
    for count in (1, 40):
        asked = []
        async with bank.platform.database.acquire() as connection:
            with connection.query_logger(lambda record: asked.append(record.query)):  # noqa: B023 - called at once
                async with connection.transaction():
                    work = service.Work(bank.platform, connection)
                    orders = [
                        service.Order(bank.project, "an engine", [new_id()], CostClass.PROVIDERS_PICTURE)
                        for _ in range(count)
                    ]
                    assert await service.hold_each(work, bank.ada, orders) == [None] * count
        counts.append(len([one for one in asked if not one.strip().upper().startswith(("BEGIN", "COMMIT"))]))
    assert counts[0] == counts[1] <= 10
