"""Who may use what, and how a change is made: decided by rows and the clock alone."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realstaging.domains.payments.rules import (
    Entitled,
    Held,
    Payment,
    Status,
    Subscribed,
    Trouble,
    When,
    checked,
    currency_of,
    entitled,
    most_members,
    owed,
    trouble,
    when,
)
from realstaging.kit.errors import InvalidInput

NOW = datetime(2027, 3, 15, tzinfo=UTC)
GRACE = timedelta(days=7)
PRO, PRO_YEAR, OFFICE = Held("pro", "month", 1), Held("pro", "year", 1), Held("business", "month", 20)


def one(status, held=PRO, **more):
    given = {"period_start": NOW - timedelta(days=20), "period_end": NOW + timedelta(days=10), **more}
    return Subscribed(id="sub_1", held=held, status=status, created_at=NOW - timedelta(days=90), **given)


@pytest.mark.parametrize(
    ("subscription", "plan"),
    [
        (one(Status.ACTIVE), "pro"),
        (one(Status.TRIALING), "pro"),
        # Stripe has been silent since the period ended: for days of grace the plan stays, and no longer.
        (one(Status.ACTIVE, period_end=NOW - timedelta(days=6)), "pro"),
        (one(Status.ACTIVE, period_end=NOW - timedelta(days=7)), "free"),
        (one(Status.PAST_DUE, late_since=NOW - timedelta(days=6)), "pro"),
        (one(Status.PAST_DUE, late_since=NOW - timedelta(days=7)), "free"),
        (one(Status.ACTIVE, paused_at=NOW + timedelta(days=1)), "pro"),
        (one(Status.ACTIVE, paused_at=NOW), "free"),
        *(
            (one(status), "free")
            for status in Status
            if status not in {Status.ACTIVE, Status.TRIALING, Status.PAST_DUE}
        ),
        (one(Status.PAST_DUE, period_start=NOW - timedelta(days=8)), "free"),
    ],
)
def test_what_an_account_may_use_follows_from_its_subscription(subscription, plan):
    assert entitled([subscription], NOW, GRACE).plan == plan


def test_of_several_subscriptions_the_newest_that_is_good_counts():
    old = one(Status.ACTIVE)
    new = Subscribed(
        id="sub_2",
        held=OFFICE,
        status=Status.ACTIVE,
        period_start=NOW,
        period_end=NOW + timedelta(days=31),
        created_at=NOW,
    )
    assert entitled([old, new], NOW, GRACE) == Entitled("business", 20, new.period_end + GRACE)
    assert entitled([], NOW, GRACE) == Entitled("free", 1, None)


def test_late_payments_are_in_trouble_for_days_of_grace_and_disputes_until_decided():
    late = one(Status.PAST_DUE, late_since=NOW - timedelta(days=1))
    assert trouble([late], 0, NOW, GRACE) is Trouble.LATE
    assert trouble([late], 0, NOW + GRACE, GRACE) is None
    assert trouble([late], 1, NOW, GRACE) is Trouble.DISPUTED
    assert trouble([one(Status.ACTIVE)], 0, NOW, GRACE) is None


@pytest.mark.parametrize(
    ("held", "wanted", "at"),
    [
        (PRO, PRO, None),
        (PRO, OFFICE, When.NOW),
        (OFFICE, PRO, When.PERIOD_END),
        (PRO, PRO_YEAR, When.NOW),
        (PRO_YEAR, PRO, When.PERIOD_END),
        (OFFICE, Held("business", "month", 21), When.NOW),
        (OFFICE, Held("business", "month", 19), When.PERIOD_END),
        # A larger plan for shorter: what the year was paid for is used up first.
        (PRO_YEAR, OFFICE, When.PERIOD_END),
        (PRO, Held("business", "year", 10), When.NOW),
        (OFFICE, Held("business", "year", 19), When.PERIOD_END),
    ],
)
def test_more_is_had_at_once_and_less_when_the_period_ends(held, wanted, at):
    assert when(held, wanted) is at


def test_what_is_not_sold_is_refused_with_what_is():
    assert checked(OFFICE).lookup_key == "business_month"
    for wanted, said in [
        (Held("free", "month", 1), "costs nothing"),
        (Held("huge", "month", 1), "There is no plan huge"),
        (Held("business", "month", 9), "10 to 500 seats"),
        (Held("pro", "month", 2), "1, and no more"),
    ]:
        with pytest.raises(InvalidInput, match=said):
            checked(wanted)


def test_an_account_pays_in_the_currency_of_its_first_payment():
    assert currency_of(None, None) == "usd"
    assert currency_of("eur", None) == "eur"
    assert currency_of(None, "eur") == currency_of("eur", "eur") == "eur"
    for asked, fixed in (("usd", "eur"), ("gbp", None)):
        with pytest.raises(InvalidInput):
            currency_of(asked, fixed)


def test_seats_are_members_where_they_are_sold():
    assert (most_members("business", 12), most_members("pro", 1), most_members("free", 1)) == (12, 10, 5)


@given(st.integers(1, 10**6), st.integers(0, 10**9), st.lists(st.integers(1, 10**5), max_size=8))
def test_what_is_given_back_takes_its_share_of_the_credit_and_all_of_it_takes_all(paid, granted, backs):
    taken = back = 0
    for amount in backs:
        back += amount
        more = owed(Payment(paid, granted, back, taken))
        assert more >= 0
        taken += more
        assert taken <= granted * min(back, paid) / paid
    if back >= paid:
        assert taken == granted
    assert owed(Payment(paid, granted, 0, taken)) == -taken
    assert owed(Payment(0, granted, back, 0)) == 0
