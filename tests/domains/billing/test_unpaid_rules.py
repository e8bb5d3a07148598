"""What may be set aside for a request: pure, over all figures."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realstaging.domains.billing import rules
from realstaging.domains.billing.errors import UnpaidPaused, UnpaidReached
from realstaging.domains.billing.rules import Everybodys, Life, Limits, Unpaid, Wanted
from realstaging.runtime.unpaid import Caps

LIMITS = Limits(staging=60, tries=12, day=100, month=250, service=200)
amounts = st.integers(0, 300)


def wanted(price=4, most=12):
    return Wanted(UUID(int=1), "request_key", price, most)


@given(
    price=st.integers(1, 100), tries=st.integers(1, 9), earlier=amounts, day=amounts, more=amounts, at_stake=amounts,
    calls=st.integers(0, 15), others=amounts, others_at_stake=amounts,
)  # fmt: skip
def test_what_is_set_aside_fits_below_every_cap(
    price, tries, earlier, day, more, at_stake, calls, others, others_at_stake
):  # fmt: skip
    everybodys = Everybodys(day + others, at_stake + others_at_stake)
    life, unpaid = Life(earlier=earlier, tries=calls), Unpaid(day, day + more, at_stake, everybodys)
    try:
        stake = rules.stake(wanted(price, price * tries), life, unpaid, LIMITS)
    except UnpaidReached:
        # Only where there is no room though everything under way ends well.
        full = earlier + price > LIMITS.staging or day + price > LIMITS.day or day + more + price > LIMITS.month
        assert full or calls >= LIMITS.tries or everybodys.day + price > LIMITS.service
        return
    if stake == 0:
        assert everybodys.at_stake > 0
        return
    assert price <= stake <= price * tries
    assert earlier + stake <= LIMITS.staging
    assert day + at_stake + stake <= LIMITS.day
    assert everybodys.day + everybodys.at_stake + stake <= LIMITS.service
    assert day + more + at_stake + stake <= LIMITS.month


@given(stake=st.integers(1, 100), spent=amounts, price=st.integers(1, 100))
def test_further_attempts_fit_into_what_was_set_aside(stake, spent, price):
    life = Life(spent=spent, stake=stake)
    try:
        assert rules.stake(wanted(price), life, Unpaid(at_stake=1000), LIMITS) == stake
    except UnpaidReached:
        assert spent + price > min(stake, LIMITS.staging)
    else:
        assert spent + price <= stake


@pytest.mark.parametrize(
    ("life", "unpaid", "says"),
    [
        (Life(tries=12), Unpaid(), "tried 12 times"),
        (Life(earlier=600_000), Unpaid(), "has cost us US$ 0.60 at the provider"),
        (Life(), Unpaid(day=990_000), "US$ 0.99 today, and with your plan at most US$ 1.00"),
        (Life(), Unpaid(month=2_480_000), "US$ 2.48 this month, and with your plan at most US$ 2.50"),
        (Life(), Unpaid(everybodys=Everybodys(day=99_970_000)), "paused for everybody"),
    ],
)
def test_why_it_is_refused_is_told_with_what_to_do(life, unpaid, says):
    refused = rules.unpaid_refusal(40_000, life, unpaid, rules.limits(Caps(), "free"))
    assert says in refused.message
    assert "You were charged nothing." in " ".join(refused.message.split())
    assert isinstance(refused, UnpaidPaused) == ("everybody" in says)
    assert "an engine that costs nothing" in refused.message
    assert rules.unpaid_refusal(40_000, Life(), Unpaid(), rules.limits(Caps(), "free")) is None
