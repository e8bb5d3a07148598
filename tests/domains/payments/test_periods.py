"""What a payment grants, month by month: whole terms, the 31st, 29 February, changes in the middle of a period."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from realstaging.domains.payments.periods import Grant, Line, grants, lapses_at, month_of, months_after, rest_until

MONTHLY = 25_000_000


def at(year, month, day, hour=0):
    return datetime(year, month, day, hour, tzinfo=UTC)


def days(granted):
    return [(f"{one.due_at:%m-%d}", f"{one.expires_at:%m-%d}", one.amount) for one in granted]


def test_a_month_is_one_grant_that_lapses_with_it():
    line = Line(MONTHLY, at(2027, 1, 31), at(2027, 2, 28))
    assert grants([line], at(2027, 1, 31)) == [Grant(at(2027, 1, 31), at(2027, 2, 28), MONTHLY)]
    after = Line(MONTHLY, at(2027, 2, 28), at(2027, 3, 31))
    assert days(grants([after], at(2027, 1, 31))) == [("02-28", "03-31", MONTHLY)]


def test_a_year_is_twelve_grants_on_the_days_of_its_anchor():
    year = grants([Line(MONTHLY, at(2027, 1, 31), at(2028, 1, 31))], at(2027, 1, 31))
    begin = ["01-31", "02-28", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30", "12-31"]
    assert [f"{one.due_at:%m-%d}" for one in year] == begin
    assert {one.amount for one in year} == {MONTHLY}
    assert all(one.expires_at == after.due_at for one, after in pairwise(year))
    leap = grants([Line(MONTHLY, at(2028, 2, 29), at(2029, 2, 28))], at(2028, 2, 29))
    assert len(leap) == 12
    assert [f"{one.due_at:%m-%d}" for one in leap[:2]] == ["02-29", "03-29"]
    assert leap[-1].expires_at == at(2029, 2, 28)
    second = grants([Line(MONTHLY, at(2029, 2, 28), at(2030, 2, 28))], at(2028, 2, 29))
    assert [f"{one.due_at:%m-%d}" for one in second[:2]] == ["02-28", "03-29"]
    assert len(second) == 12
    assert {one.amount for one in second} == {MONTHLY}


def test_an_upgrade_grants_the_difference_of_what_is_left():
    anchor, change, end = at(2027, 4, 1), at(2027, 4, 16), at(2027, 5, 1)
    [granted] = grants([Line(-MONTHLY, change, end), Line(5 * MONTHLY, change, end)], anchor)
    assert granted == Grant(change, end, 2 * MONTHLY)
    # Of a year: half of this month, then whole months.
    lines = [Line(-MONTHLY, change, at(2028, 4, 1)), Line(5 * MONTHLY, change, at(2028, 4, 1))]
    amounts = [one.amount for one in grants(lines, anchor)]
    assert amounts == [2 * MONTHLY] + [4 * MONTHLY] * 11


def test_from_months_to_a_year_what_is_left_of_the_month_is_taken_off():
    change, end = at(2027, 4, 16), at(2027, 5, 1)
    granted = grants([Line(-MONTHLY, change, end), Line(MONTHLY, change, at(2028, 4, 16))], change)
    assert len(granted) == 12
    assert sum(one.amount for one in granted) == 12 * MONTHLY - MONTHLY // 2
    assert granted[1].amount == MONTHLY


def test_less_than_nothing_grants_nothing():
    change, end = at(2027, 4, 16), at(2027, 5, 1)
    assert grants([Line(-5 * MONTHLY, change, end), Line(MONTHLY, change, end)], at(2027, 4, 1)) == []


def test_what_is_granted_after_its_month_has_as_long_from_then():
    grant = Grant(at(2027, 1, 1), at(2027, 2, 1), MONTHLY)
    assert lapses_at(grant, at(2027, 1, 20)) == at(2027, 2, 1)
    assert lapses_at(grant, at(2027, 2, 10)) == at(2027, 2, 10) + timedelta(days=31)


MOMENTS = st.integers(0, 10 * 365 * 24 * 60).map(lambda minutes: at(2026, 1, 1) + timedelta(minutes=minutes))


@given(MOMENTS, st.integers(0, 60), st.sampled_from([1, 12]), st.integers(1, 500))
def test_every_term_grants_its_months_to_the_last_millionth(anchor, before, months, seats):
    start, end = months_after(anchor, before), months_after(anchor, before + months)
    granted = grants([Line(12_500_000 * seats, start, end)], anchor)
    assert [one.amount for one in granted] == [12_500_000 * seats] * months
    assert (granted[0].due_at, granted[-1].expires_at) == (start, end)
    assert month_of(anchor, start) == before


@given(MOMENTS, st.integers(1, 360), st.integers(1, 100), st.integers(1, 100))
def test_a_change_never_grants_more_than_the_larger_plan_for_what_is_left(anchor, after, seats, more):
    end, change = months_after(anchor, 12), anchor + timedelta(days=after)
    if change >= end:
        return
    small, large = Line(-1000 * seats, change, end), Line(1000 * (seats + more), change, end)
    added = sum(one.amount for one in grants([small, large], anchor))
    whole = sum(one.amount for one in grants([large._replace(monthly=1000 * more)], anchor))
    assert abs(added - whole) <= 13


def test_a_pause_ends_before_a_period_of_the_anchors_begins():
    anchor = datetime(2027, 1, 31, 9, tzinfo=UTC)
    short = datetime(2027, 2, 28, 9, tzinfo=UTC)
    assert rest_until(anchor, short, 1) == datetime(2027, 3, 31, 8, tzinfo=UTC)
    assert rest_until(anchor, anchor, 1) == datetime(2027, 2, 28, 8, tzinfo=UTC)
    assert rest_until(anchor, datetime(2027, 12, 31, 9, tzinfo=UTC), 2) == datetime(2028, 2, 29, 8, tzinfo=UTC)
