"""What is refunded or disputed: whose credit it takes, what is owed, what is given again."""

from datetime import UTC, datetime, timedelta

from realstaging.domains.billing import invariants_store, lots, rules, service
from realstaging.domains.billing.lots_rules import (
    given_again,
    lives_until,
    months_later,
)
from realstaging.domains.billing.service import (
    GiveAgain,
    NewLot,
    PaymentRequired,
    Source,
    TakeBack,
)
from realstaging.engines.engine import CostClass
from realstaging.runtime.work import transaction
from tests.domains.billing.test_ledger import release, settle

PRICE = rules.price(CostClass.PROVIDERS_PICTURE)
FREE = rules.monthly_grant("free")
MONTH = "plan:2026-11"


async def test_what_was_spent_of_a_refund_is_owed_and_spending_stops(bank):
    await bank.does(service.set_plan, "pro", given=False)
    await bank.give(Source.PACK, "session:cs_1", 4 * PRICE)
    first, second, third = await bank.held(3)
    await settle(bank.platform, first)
    refund = TakeBack("session:cs_1", "refund:re_1", note="refunded")
    assert await bank.does(service.take_back, refund) == 4 * PRICE
    assert await bank.does(service.take_back, refund) == 0
    assert await bank.balance() == -3 * PRICE
    refused = await bank.held()
    assert isinstance(refused, PaymentRequired)
    assert "below zero" in refused.message
    assert not await bank.does(service.take_back, TakeBack("session:cs_1", "refund:re_2"))
    # What comes back, and what is given, pays it first.
    await release(bank.platform, second)
    assert await bank.balance() == -2 * PRICE
    await bank.give(Source.GRANT, "gift", 3 * PRICE)
    assert (await bank.balance(), await bank.remaining()) == (PRICE, {"session:cs_1": 0, "gift": PRICE})
    await release(bank.platform, third)
    assert await bank.remaining() == {"session:cs_1": PRICE, "gift": PRICE}
    assert len(await bank.held(2)) == 2


async def test_what_a_pack_stood_in_for_does_not_lapse_with_the_month_that_was_refunded(bank):
    await bank.give(Source.PACK, "session:cs_1", 2 * PRICE)
    one, other, third = await bank.held(3)
    await settle(bank.platform, third)
    # What is held of the month is paid back by the pack; when it comes back it is the pack's, though the month is over.
    assert await bank.does(service.take_back, TakeBack(MONTH, "refund:re_1", amount=FREE - PRICE)) == FREE - PRICE
    assert await bank.remaining() == {"session:cs_1": 0, MONTH: 0}
    await release(bank.platform, one)
    assert await bank.remaining() == {"session:cs_1": 0, MONTH: PRICE}
    bank.later(days=31)
    await lots.lapse(bank.platform)
    assert (await bank.kinds())[-1] == "keep"
    await release(bank.platform, other)
    assert (await bank.kinds())[-2:] == ["release", "keep"]
    kept = {f"kept:{MONTH}:{number}": PRICE for number in (1, 2)}
    assert await bank.remaining() == {"session:cs_1": 0, MONTH: 0, **kept}
    # What was not refunded was used. A refund of that too is made up for by what is there.
    assert await bank.does(service.take_back, TakeBack(MONTH, "refund:re_2")) == PRICE
    assert await bank.does(service.take_back, TakeBack(MONTH, "refund:re_3")) == 0
    bank.later(days=400)
    await lots.lapse(bank.platform)
    assert await bank.balance() == PRICE


async def test_of_a_month_that_was_refunded_in_part_only_what_a_pack_stood_in_for_is_kept(bank):
    await bank.give(Source.PACK, "session:cs_1", PRICE)
    both = await bank.held(2)
    assert await bank.does(service.take_back, TakeBack(MONTH, "refund:re_1", amount=FREE - PRICE)) == FREE - PRICE
    for one in both:
        await release(bank.platform, one)
    assert await bank.remaining() == {"session:cs_1": 0, MONTH: 2 * PRICE}
    bank.later(days=31)
    await lots.lapse(bank.platform)
    assert await bank.remaining() == {"session:cs_1": 0, MONTH: 0, f"kept:{MONTH}:1": PRICE}


async def test_a_pack_that_paid_what_was_owed_for_a_month_has_it_again(bank):
    await bank.does(service.set_plan, "pro", given=False)
    until = bank.platform.clock.now + timedelta(days=30)
    await bank.give(Source.PLAN, "invoice:in_1", 2 * PRICE, expires_at=until)
    one, other = await bank.held(2)
    assert await bank.does(service.take_back, TakeBack("invoice:in_1", "refund:re_1")) == 2 * PRICE
    # Half of what is owed is paid by what comes back itself, half by a pack.
    await release(bank.platform, one)
    await bank.give(Source.PACK, "session:cs_1", 3 * PRICE)
    assert await bank.remaining() == {"invoice:in_1": 0, "session:cs_1": 2 * PRICE}
    bank.later(days=31)
    await release(bank.platform, other)
    assert await bank.remaining() == {
        "invoice:in_1": 0,
        "session:cs_1": 2 * PRICE,
        "kept:invoice:in_1:1": PRICE,
    }
    assert await bank.balance() == 3 * PRICE


async def test_a_picture_that_a_pack_paid_for_in_the_end_is_given_back_for_good(bank):
    """Its price lapses as what paid for it: a month does, a pack does not, nor a month that was refunded and a pack stood in for."""
    await bank.does(service.set_plan, "pro", given=False)
    now = bank.platform.clock.now
    await bank.give(Source.PLAN, "invoice:in_1", 3 * PRICE, expires_at=now + timedelta(days=30))
    await bank.give(Source.PACK, "session:cs_1", 2 * PRICE)
    by_month, by_month_too, last_of_month, by_pack = await bank.held(4)
    for one in (by_month, by_month_too, last_of_month, by_pack):
        await settle(bank.platform, one)

    async def given_back(one):
        async with transaction(bank.platform) as work:
            assert await service.credit_back(work, bank.ada.account.id, one) == PRICE
        return await bank.platform.database.fetchval(
            "select expires_at from lots where reference = $1", f"credit_back:{one}"
        )

    assert await given_back(by_pack) is None
    assert await given_back(by_month) == now + timedelta(days=30)
    assert await bank.does(service.take_back, TakeBack("invoice:in_1", "refund:re_1", amount=PRICE)) == PRICE
    assert await given_back(by_month_too) is None
    # Once for what was taken back, and no more.
    assert await given_back(last_of_month) == now + timedelta(days=30)
    assert await invariants_store.disagreements(bank.platform.database) == []


async def test_a_dispute_that_is_won_gives_a_pack_again_what_it_stood_in_for(bank):
    await bank.does(service.set_plan, "pro", given=False)
    now = bank.platform.clock.now
    await bank.give(Source.PLAN, "invoice:in_1", 3 * PRICE, expires_at=now + timedelta(days=30))
    await bank.give(Source.PACK, "session:cs_1", PRICE)
    first, _ = await bank.held(2)
    await bank.does(service.take_back, TakeBack("invoice:in_1", "dispute:du_1"))
    assert await bank.balance() == -PRICE
    # One is owed still, one the pack paid: both are given again and do not lapse, and what is owed is paid of them.
    assert await bank.does(service.give_again, GiveAgain("dispute:du_1", "dispute:du_1:won")) == 3 * PRICE
    left = {name: amount for name, amount in (await bank.remaining()).items() if amount}
    won = "invoice:in_1/dispute:du_1:won"
    assert left == {won: PRICE, f"{won}/kept": PRICE}
    bank.later(days=31)
    await release(bank.platform, first)
    await lots.lapse(bank.platform)
    left = {name: amount for name, amount in (await bank.remaining()).items() if amount}
    assert left == {f"{won}/kept": PRICE}


async def test_a_dispute_that_is_won_gives_again_for_as_long(bank):
    await bank.does(service.set_plan, "pro", given=False)
    now = bank.platform.clock.now
    await bank.give(Source.PLAN, "invoice:in_1", 4 * PRICE, expires_at=now + timedelta(days=30))
    await bank.held()
    disputed = TakeBack("invoice:in_1", "dispute:du_1", amount=3 * PRICE)
    assert [await bank.does(service.take_back, disputed) for _ in range(2)] == [3 * PRICE, 0]
    assert await bank.does(service.take_back, TakeBack("invoice:in_1", "dispute:du_2", amount=3 * PRICE)) == PRICE
    assert await bank.balance() == -PRICE
    bank.later(days=60)
    won = GiveAgain("dispute:du_1", "dispute:du_1:won")
    assert await bank.does(service.give_again, won) == 3 * PRICE
    assert await bank.does(service.give_again, won) == 0
    assert await bank.does(service.left) == (2 * PRICE, None)
    bank.later(days=29)
    assert await bank.does(service.left) == (2 * PRICE, None)
    bank.later(days=1)
    assert await bank.does(service.left) == (0, None)
    assert await bank.does(service.give_again, GiveAgain("dispute:never", "dispute:never:won")) == 0


async def test_of_a_refunded_year_nothing_lapsed_is_taken_and_nothing_more_comes(bank):
    await bank.does(service.set_plan, "pro", given=False)
    began = bank.platform.clock.now
    await bank.does(
        service.grant_lots, list(service.monthly(NewLot(Source.PLAN, "invoice:in_1", 2 * PRICE), began, 12))
    )
    await bank.held()
    bank.platform.clock.now = months_later(began, 1)
    assert await bank.does(service.left) == (2 * PRICE, None)
    # 24: one lapsed, one was held and is owed, two are there, twenty have not begun.
    assert await bank.does(service.take_back, TakeBack("invoice:in_1", "refund:re_1")) == 23 * PRICE
    assert await bank.balance() == -PRICE
    assert await bank.does(service.take_back, TakeBack("invoice:in_1", "refund:re_1")) == 0
    bank.platform.clock.now = months_later(began, 2)
    assert await bank.does(service.left) == (-PRICE, None)
    assert await bank.does(service.give_again, GiveAgain("refund:re_1", "refund:re_1:canceled")) == 23 * PRICE
    assert await bank.does(service.left) == (4 * PRICE, None)
    assert await bank.does(service.give_again, GiveAgain("refund:re_1", "refund:re_1:canceled")) == 0


def test_what_is_given_again_is_of_those_that_stood_in_as_far_as_they_have_not_had_it():
    """And lasts as it would have; where that is past, as long again."""
    found = [given_again(10, own, stood) for own, stood in ((4, 2), (4, 6), (4, 9), (4, -3), (10, 9))]
    assert found == [(2, 8), (6, 4), (6, 4), (0, 10), (0, 10)]
    begun, now = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC)
    ends = [None, begun + timedelta(days=30), begun + timedelta(days=10)]
    assert [lives_until(begun, end, now) for end in ends] == [None, ends[1], now + timedelta(days=10)]
