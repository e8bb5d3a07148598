"""What can be had and what it costs, as `offers.toml` beside this file says; checked where it is loaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from importlib.resources import files
from typing import Annotated, Final, Literal

import msgspec

from realstaging.kit import money
from realstaging.kit.errors import InvalidInput

Tax = Literal["exclusive", "inclusive"]
Every = Literal["month", "year"]
Amount = Annotated[int, msgspec.Meta(gt=0, le=99_999_999)]
"""Minor units of a currency; at most what Stripe takes (https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts)."""
Key = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
CurrencyCode = Annotated[str, msgspec.Meta(pattern="^[a-z]{3}$")]
Count = Annotated[int, msgspec.Meta(gt=0, le=1_000_000)]
HUNDREDTHS: Final = frozenset({"aud", "cad", "chf", "eur", "gbp", "usd"})
"""Currencies whose minor unit is a hundredth (https://docs.stripe.com/currencies#zero-decimal), as amounts here are read. More may be added."""


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A misspelt field is an error."""


class Currency(_Strict, frozen=True):
    """``tax``: whether tax is added to prices or within them."""

    tax: Tax


class PlanLimits(_Strict, frozen=True):
    """What an account on the plan may have at once (`runtime.quotas.Resource`). ``storage_gb``: of 10^9 bytes. ``members``: with
    invitations; for a plan with seats, as many as seats were bought, and at most this.
    """

    storage_gb: Count
    photos: Count
    projects: Count
    uploads: Count
    stagings_in_flight: Count
    members: Count
    event_streams: Count
    event_streams_per_token: Count


class Seats(_Strict, frozen=True):
    """How many may be bought of a plan."""

    least: Count
    most: Count


ONE_SEAT: Final = Seats(least=1, most=1)


class Term(_Strict, frozen=True):
    """How often a plan is paid, and what for each seat then. ``lookup_key`` finds its price at Stripe in every currency."""

    every: Every
    lookup_key: Key
    amounts: Mapping[CurrencyCode, Amount]


class Plan(_Strict, frozen=True):
    """``monthly_credit_usd``: granted each month for each seat, whatever the term, at list price; it lapses with the month.

    A plan without terms costs nothing. ``overage``: whether stagings go on without credit and are charged later; nothing charges them, so no.
    """

    id: Key
    name: str
    summary: str
    monthly_credit_usd: Decimal
    limits: PlanLimits
    seats: Seats = ONE_SEAT
    terms: Sequence[Term] = ()
    overage: bool = False

    @property
    def monthly_credit(self) -> int:
        """For each seat, in millionths of a US dollar."""
        return money.micro(self.monthly_credit_usd)

    def grant(self, seats: int | None = None) -> int:
        """What so many seats are granted each month, in millionths of a US dollar; the fewest seats where none are said."""
        return self.monthly_credit * max(seats or 0, self.seats.least)


class Pack(_Strict, frozen=True):
    """Credit that is bought once and never expires."""

    id: Key
    name: str
    credit_usd: Decimal
    lookup_key: Key
    amounts: Mapping[CurrencyCode, Amount]

    @property
    def credit(self) -> int:
        """In millionths of a US dollar."""
        return money.micro(self.credit_usd)


class Offers(_Strict, frozen=True):
    """All of it, in the order in which it is shown."""

    currencies: Mapping[CurrencyCode, Currency]
    plans: Sequence[Plan]
    packs: Sequence[Pack]

    def plan(self, plan_id: str) -> Plan | None:
        return next((plan for plan in self.plans if plan.id == plan_id), None)

    def pack(self, pack_id: str) -> Pack | None:
        return next((pack for pack in self.packs if pack.id == pack_id), None)

    def sold(self, lookup_key: str) -> tuple[Plan, Term] | Pack | None:
        """What a price at Stripe is of; None for a key that is no longer, or never was, one of ours."""
        for plan in self.plans:
            for term in plan.terms:
                if term.lookup_key == lookup_key:
                    return plan, term
        return next((pack for pack in self.packs if pack.lookup_key == lookup_key), None)


class BadOffers(ValueError):
    """The table of offers contradicts itself."""


def load(text: bytes) -> Offers:
    """The offers of a table in TOML. BadOffers says everything that is wrong with it."""
    try:
        offers = msgspec.toml.decode(text, type=Offers)
        found = list(_faults(offers))
    except (msgspec.DecodeError, InvalidInput) as error:
        raise BadOffers(str(error)) from error
    if found:
        raise BadOffers(" ".join(found))
    return offers


def _faults(offers: Offers) -> Iterator[str]:
    if not offers.currencies:
        yield "There is no currency."
    for currency in sorted(set(offers.currencies) - HUNDREDTHS):
        yield f"{currency} is none of the currencies known to have hundredths ({', '.join(sorted(HUNDREDTHS))})."
    yield from _doubled("id", [*(plan.id for plan in offers.plans), *(pack.id for pack in offers.packs)])
    priced: list[Term | Pack] = [*(term for plan in offers.plans for term in plan.terms), *offers.packs]
    yield from _doubled("lookup key", [one.lookup_key for one in priced])
    for one in priced:
        if set(one.amounts) != set(offers.currencies):
            yield f"{one.lookup_key} has amounts in {', '.join(sorted(one.amounts))}, not in {', '.join(sorted(offers.currencies))}."
    for plan in offers.plans:
        yield from _faults_of_plan(plan)
    for pack in offers.packs:
        if pack.credit <= 0:
            yield f"{pack.id} grants nothing."
    if [plan.id for plan in offers.plans if not plan.terms] != [FREE]:
        yield f"There must be one plan that costs nothing, {FREE}."


def _faults_of_plan(plan: Plan) -> Iterator[str]:
    if plan.monthly_credit <= 0:
        yield f"{plan.id} grants nothing."
    if plan.overage:
        yield f"{plan.id} goes on without credit, and nothing would charge it."
    if plan.seats.least > plan.seats.most:
        yield f"{plan.id} has more seats at least than at most."
    if plan.seats != ONE_SEAT and plan.seats.most > plan.limits.members:
        yield f"{plan.id} sells more seats than it holds members."
    yield from _doubled(f"term of {plan.id}", [term.every for term in plan.terms])


def _doubled(what: str, values: Sequence[str]) -> Iterator[str]:
    for value in sorted({value for value in values if values.count(value) > 1}):
        yield f"The {what} {value} is there twice."


FREE: Final = "free"
"""The plan of everybody who has no other."""
OFFERS: Final = load(files(__package__).joinpath("offers.toml").read_bytes())
