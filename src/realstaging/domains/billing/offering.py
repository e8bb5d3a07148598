"""The offers as they are told to the world."""

from __future__ import annotations

from functools import cache

from realstaging.domains.billing import rules
from realstaging.domains.billing.offers import OFFERS, Pack, Plan
from realstaging.domains.billing.plans import QUOTAS
from realstaging.domains.billing.schemas import Offered, OfferedPack, OfferedPlan, OfferedTerm
from realstaging.engines.engine import CostClass
from realstaging.kit import money


@cache
def offered() -> Offered:
    return Offered(
        staging_usd=money.dollars(rules.price(CostClass.PROVIDERS_PICTURE)),
        tax={code: currency.tax for code, currency in OFFERS.currencies.items()},
        plans=[_plan(plan) for plan in OFFERS.plans],
        packs=[_pack(pack) for pack in OFFERS.packs],
    )


def stagings(credit: int) -> int:
    """How many stagings by a paid engine a credit (millionths of a US dollar) is enough for."""
    return credit // rules.price(CostClass.PROVIDERS_PICTURE)


def _plan(plan: Plan) -> OfferedPlan:
    return OfferedPlan(
        id=plan.id,
        name=plan.name,
        summary=plan.summary,
        monthly_credit_usd=money.dollars(plan.monthly_credit),
        monthly_stagings=stagings(plan.monthly_credit),
        least_seats=plan.seats.least,
        most_seats=plan.seats.most,
        limits={str(resource): most for resource, most in QUOTAS[plan.id].items()},
        terms=[OfferedTerm(term.every, term.lookup_key, dict(term.amounts)) for term in plan.terms],
    )


def _pack(pack: Pack) -> OfferedPack:
    return OfferedPack(
        id=pack.id,
        name=pack.name,
        credit_usd=money.dollars(pack.credit),
        stagings=stagings(pack.credit),
        lookup_key=pack.lookup_key,
        amounts_minor=dict(pack.amounts),
    )
