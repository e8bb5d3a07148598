"""docs/reference/offers.md: what can be bought, read from the table that Stripe's prices are made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from realstaging.domains.billing.offering import offered, stagings
from realstaging.domains.billing.offers import OFFERS, Plan
from realstaging.domains.billing.plans import QUOTAS
from realstaging.kit import money
from realstaging.runtime.quotas import amount

SIGNS = {"usd": "US$ ", "eur": "€ "}
TAX = {"exclusive": "tax is added", "inclusive": "VAT is within"}


def page() -> str:
    return "\n".join([*_head(), *_plans(), *_limits(), *_packs()])


def _head() -> Iterator[str]:
    yield "# Plans and packs\n"
    yield (
        "What people can have and what it costs, from `src/realstaging/domains/billing/offers.toml`, the one table: `GET /api/v1/offers` and the "
        "pricing page tell it, `realstaging operate stripe sync` makes Stripe's products and prices from it. Written by `make fix`.\n"
    )
    yield (
        f"One staging by a paid engine takes US$ {offered().staging_usd} of credit; our own engine takes none. What a plan grants lapses at the end of the "
        "month; packs never expire and are used after it. Nothing is ever charged beyond what was bought: without credit, paid stagings wait.\n"
    )
    told = (f"in {code.upper()} {TAX[currency.tax]}" for code, currency in OFFERS.currencies.items())
    yield f"Tax: {', '.join(told)}.\n"


def _plans() -> Iterator[str]:
    yield "## Plans\n"
    yield "| plan | each seat, each month | seats | price | lookup key |\n|---|---|---|---|---|"
    for plan in OFFERS.plans:
        grant = f"US$ {money.dollars(plan.monthly_credit)}: {stagings(plan.monthly_credit)} stagings"
        seats = f"{plan.seats.least}–{plan.seats.most}" if plan.seats.most > 1 else "1"
        head = f"| **{plan.name}** | {grant} | {seats} "
        if not plan.terms:
            yield f"{head}| nothing | |"
        for term in plan.terms:
            yield f"{head}| {_prices(term.amounts)} a {term.every}{_each(plan)} | `{term.lookup_key}` |"
    yield ""


def _each(plan: Plan) -> str:
    return " and seat" if plan.seats.most > 1 else ""


def _limits() -> Iterator[str]:
    yield "## What a plan holds\n"
    yield f"| | {' | '.join(plan.name for plan in OFFERS.plans)} |\n|---|{'---|' * len(OFFERS.plans)}"
    for resource in next(iter(QUOTAS.values())):
        yield f"| `{resource}` | {' | '.join(amount(resource, limits[resource]) for limits in QUOTAS.values())} |"
    yield ""


def _packs() -> Iterator[str]:
    yield "## Packs\n"
    yield "| pack | credit | price | lookup key |\n|---|---|---|---|"
    for pack in OFFERS.packs:
        credit = f"US$ {money.dollars(pack.credit)}: {stagings(pack.credit)} stagings"
        yield f"| **{pack.name}** | {credit} | {_prices(pack.amounts)} | `{pack.lookup_key}` |"
    yield ""


def _prices(amounts: Mapping[str, int]) -> str:
    return " or ".join(f"{SIGNS[code]}{minor // 100}.{minor % 100:02}" for code, minor in amounts.items())
