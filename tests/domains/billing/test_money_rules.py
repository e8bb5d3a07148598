from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realstaging.domains.billing import rules
from realstaging.domains.billing.errors import BudgetReached, MemberLimitReached, PaymentRequired
from realstaging.kit import money
from realstaging.kit.errors import InvalidInput


@given(st.integers(0, 10**15))
def test_dollars_are_exact(amount):
    assert money.micro(money.dollars(amount)) == amount


@pytest.mark.parametrize("wrong", ["-1", "0.0000001"])
def test_no_amount_is_negative_or_too_fine(wrong):
    with pytest.raises(InvalidInput):
        money.micro(Decimal(wrong))


def refused(amounts, available, committed, budget, own=(0, None)):
    found = rules.refusals(amounts, available, rules.Month(committed, budget), rules.Month(*own))
    return [type(one) if one else None for one in found]


def test_a_hold_needs_credit_and_budget():
    assert refused([10], 10, 0, None) == [None]
    assert refused([10], 10, 90, 100) == [None]
    assert refused([11], 10, 0, None) == [PaymentRequired]
    assert refused([10], 1000, 91, 100) == [BudgetReached]


def test_what_is_held_first_leaves_less_for_what_follows():
    assert refused([6, 6, 0, 4], 10, 0, None) == [None, PaymentRequired, None, None]
    assert refused([6, 6, 0, 4], 100, 90, 100) == [None, BudgetReached, None, None]
    assert refused([6, 6, 0, 4], 100, 0, 100, (90, 100)) == [None, MemberLimitReached, None, None]
    assert refused([6], 100, 95, 100, (95, 100)) == [BudgetReached]
    assert refused([6], 5, 0, None, (0, 6)) == [PaymentRequired]


def test_what_costs_nothing_is_never_refused():
    assert refused([0], 0, 200, 100) == [None]


@pytest.mark.parametrize(("committed", "told"), [(79, ()), (80, (80,)), (99, (80,)), (100, (80, 100))])
def test_alerts(committed, told):
    assert rules.reached(committed, 100) == told
    assert rules.reached(committed, None) == ()


def test_the_month_is_that_of_utc():
    assert rules.month_of(datetime(2026, 11, 30, 23, 59, tzinfo=UTC)) == date(2026, 11, 1)


def test_an_unknown_plan_is_refused():
    with pytest.raises(InvalidInput):
        rules.monthly_grant("gold")
