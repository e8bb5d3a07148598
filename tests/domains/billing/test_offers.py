"""The table of offers: as it stands it is whole, and every contradiction in it is refused with its name."""

import pytest

from realstaging.domains.billing import offers, rules
from realstaging.domains.billing.offers import OFFERS, BadOffers, Plan

TABLE = b"""
[currencies.usd]
tax = "exclusive"
[currencies.eur]
tax = "inclusive"
[[plans]]
id = "free"
name = "Free"
summary = "Nothing to pay."
monthly_credit_usd = "2.50"
limits = { storage_gb = 1, photos = 1, projects = 1, uploads = 1, stagings_in_flight = 1, members = 9, event_streams = 1, event_streams_per_token = 1 }
[[plans]]
id = "office"
name = "Office"
summary = "Seats."
monthly_credit_usd = "12.50"
seats = { least = 2, most = 9 }
limits = { storage_gb = 1, photos = 1, projects = 1, uploads = 1, stagings_in_flight = 1, members = 9, event_streams = 1, event_streams_per_token = 1 }
terms = [{ every = "month", lookup_key = "office_month", amounts = { usd = 990, eur = 1_190 } }]
[[packs]]
id = "pack_20"
name = "20 stagings"
credit_usd = "5.00"
lookup_key = "pack_20"
amounts = { usd = 790, eur = 890 }
"""


def test_todays_grants_stay_as_they_are_and_keys_lead_to_what_is_sold():
    assert {plan: rules.monthly_grant(plan) for plan in rules.PLANS} == {
        "free": 2_500_000,
        "pro": 25_000_000,
        "business": 125_000_000,
    }
    business = OFFERS.plan("business")
    assert business
    assert business.grant(12) == 150_000_000
    assert business.grant(3) == business.grant(), "fewer seats than are sold grant no less"
    for plan in OFFERS.plans:
        for term in plan.terms:
            assert OFFERS.sold(term.lookup_key) == (plan, term)
    for pack in OFFERS.packs:
        assert OFFERS.sold(pack.lookup_key) == pack == OFFERS.pack(pack.id)
    assert OFFERS.sold("pro_decade") is None
    assert OFFERS.plan("gold") is None


def test_a_year_and_a_larger_pack_are_no_dearer_and_a_pack_is_no_cheaper_than_a_plan():
    for code in OFFERS.currencies:
        paid = [plan for plan in OFFERS.plans if plan.terms]
        month, year = ({plan.id: price(plan, every, code) for plan in paid} for every in ("month", "year"))
        assert all(year[plan] < 12 * month[plan] for plan in month)
        each = [pack.amounts[code] / pack.credit for pack in OFFERS.packs]
        assert each == sorted(each, reverse=True)
        assert each[-1] > max(month[plan.id] / plan.monthly_credit for plan in paid)


def price(plan: Plan, every: str, code: str) -> int:
    return next(term.amounts[code] for term in plan.terms if term.every == every)


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        (b'lookup_key = "pack_20"', b'lookup_key = "office_month"', "The lookup key office_month is there twice."),
        (b'id = "pack_20"', b'id = "office"', "The id office is there twice."),
        (b"usd = 790, eur = 890", b"usd = 790", "pack_20 has amounts in usd, not in eur, usd."),
        (b"usd = 790", b"usd = 0", ">= 1"),
        (b"usd = 790", b"usd = -790", ">= 1"),
        (b"usd = 990", b"usd = 9.90", "Expected `int`"),
        (b'credit_usd = "5.00"', b'credit_usd = "0.00"', "pack_20 grants nothing."),
        (b'credit_usd = "5.00"', b'credit_usd = "0.0000001"', "at most six decimals"),
        (b"least = 2, most = 9", b"least = 2, most = 10", "office sells more seats than it holds members."),
        (b"least = 2, most = 9", b"least = 9, most = 2", "office has more seats at least than at most."),
        (b'"inclusive"', b'"none"', "Invalid enum value 'none'"),
        (b"eur", b"jpy", "jpy is none of the currencies"),
        (b'id = "free"', b'id = "gratis"', "There must be one plan that costs nothing, free."),
        (b"summary", b"sumary", "unknown field `sumary`"),
        (b"seats = {", b"overage = true\nseats = {", "office goes on without credit"),
        (b"[[plans]]", b"[[plan", "Expected"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(was, becomes, told):
    assert offers.load(TABLE).plan("office")
    with pytest.raises(BadOffers) as refused:
        offers.load(TABLE.replace(was, becomes))
    assert told in str(refused.value)
