"""What Stripe must have for the offers to be sold: products, prices, the portal's configuration, the webhook endpoint. Where it differs, and
making it so. Nothing is deleted, and no amount is changed: a price with another amount is a new one, and takes the lookup key.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import msgspec

from realstaging.domains.billing.offers import Offers, Pack, Plan, Term
from realstaging.kit import addresses
from realstaging.stripe.notices import WebhookEndpoint
from realstaging.stripe.objects import CurrencyOption, PortalConfiguration, Price, Product
from realstaging.stripe.version import API_VERSION
from realstaging.stripe.webhooks import EVENTS

if TYPE_CHECKING:
    from realstaging.stripe.catalogue import NewPrice, NewProduct
    from realstaging.stripe.client import Stripe

MARK: Final = "realstaging"
"""The name in the metadata by which we know what is ours."""
TAX_CODE: Final = "txcd_10103001"
"""Software as a service, for business use (https://docs.stripe.com/tax/tax-codes)."""
HOOK: Final = "/api/v1/webhooks/stripe"
PORTAL: Final[Mapping[str, Any]] = {
    # Another e-mail address than the one that people sign in with would lead letters elsewhere.
    "customer_update": {"enabled": True, "allowed_updates": ["name", "address", "tax_id"]},
    "invoice_history": {"enabled": True},
    "payment_method_update": {"enabled": True},
    "subscription_cancel": {"enabled": True, "mode": "at_period_end", "proration_behavior": "none"},
    # Plans and seats are changed here, where it is said first what it costs and who would lose access.
    "subscription_update": {"enabled": False},
}


class Difference(msgspec.Struct, frozen=True):
    """One thing that is not as it should be: in words, and what mends it. ``mend`` tells what people have to know of it, if anything."""

    told: str
    mend: Callable[[], Awaitable[str]] | None = None


class Sold(msgspec.Struct, frozen=True):
    """What one lookup key has to lead to."""

    product: str
    lookup_key: str
    name: str
    amounts: Mapping[str, int]
    every: str | None = None


def sold(offers: Offers) -> Iterator[Sold]:
    """Everything with a price."""
    for plan in offers.plans:
        for term in plan.terms:
            yield _of_term(plan, term)
    for pack in offers.packs:
        yield Sold(product_id(pack), pack.lookup_key, pack.name, pack.amounts)


def _of_term(plan: Plan, term: Term) -> Sold:
    return Sold(product_id(plan), term.lookup_key, f"{plan.name}, by the {term.every}", term.amounts, term.every)


def product_id(of: Plan | Pack) -> str:
    return f"realstaging_{of.id}"


async def differences(stripe: Stripe, offers: Offers, public_url: str) -> list[Difference]:
    """Everything at Stripe that is not as the offers say, in the order in which it is mended; nothing where all is well."""
    compared = _Comparison(stripe, offers, public_url)
    return [*await compared.products(), *await compared.prices(), *await compared.portal(), *await compared.endpoint()]


class _Comparison:
    def __init__(self, stripe: Stripe, offers: Offers, public_url: str) -> None:
        self._stripe, self._offers, self._public_url = stripe, offers, public_url.rstrip("/")
        # What is compared first is done once; a key that was used in another run would answer with what was true then.
        self._run = uuid4().hex

    def _key(self, what: str) -> str:
        return f"sync:{self._run}:{what}"

    async def products(self) -> list[Difference]:
        has = {one.id: one for one in await self._stripe.catalogue.products()}
        return [found for new in self._wanted_products() if (found := self._product(new, has.get(new.id)))]

    def _wanted_products(self) -> Iterator[NewProduct]:
        from realstaging.stripe.catalogue import NewProduct  # noqa: PLC0415 - the SDK is loaded where it is asked

        for plan in self._offers.plans:
            if plan.terms:
                yield NewProduct(
                    product_id(plan),
                    f"Real Staging {plan.name}",
                    plan.summary,
                    TAX_CODE,
                    {MARK: "plan", "plan": plan.id},
                )
        for pack in self._offers.packs:
            words = "Credit that never expires."
            yield NewProduct(product_id(pack), pack.name, words, TAX_CODE, {MARK: "pack", "pack": pack.id})

    def _product(self, new: NewProduct, has: Product | None) -> Difference | None:
        catalogue = self._stripe.catalogue
        if has is None:

            async def make() -> str:
                await catalogue.create_product(new, self._key(new.id))
                return ""

            return Difference(f"product {new.id} is missing", make)
        found = (has.name, has.description, has.tax_code, dict(has.metadata), has.active)
        if found == (new.name, new.description, new.tax_code, dict(new.metadata), True):
            return None

        async def describe() -> str:
            await catalogue.describe_product(new, self._key(new.id))
            return ""

        return Difference(f"product {new.id} is described otherwise, or not sold", describe)

    async def prices(self) -> list[Difference]:
        has = await self._stripe.catalogue.prices()
        wanted = {one.lookup_key: one for one in sold(self._offers)}
        ours = {one.product for one in wanted.values()}
        by_key = {price.lookup_key: price for price in has if price.lookup_key}
        found = [self._price(one, by_key.get(key)) for key, one in wanted.items()]
        # Left behind by a sync that was cut short, or no longer offered.
        stale = [price for price in has if price.product in ours and price.lookup_key not in wanted]
        return [*(one for one in found if one), *(self._stale(price) for price in stale)]

    def _price(self, one: Sold, has: Price | None) -> Difference | None:
        new = self._new_price(one)
        if has and _same(new, has):
            return None

        async def make() -> str:
            made = await self._stripe.catalogue.create_price(new, self._key(one.lookup_key))
            if has:
                await self._stripe.catalogue.stop_selling(has.id, self._key(f"stop:{has.id}"))
            return f"{one.lookup_key} is {made.id}" + (f", {has.id} stays with who has it" if has else "")

        return Difference(f"price {one.lookup_key} " + ("has other amounts" if has else "is missing"), make)

    def _new_price(self, one: Sold) -> NewPrice:
        from realstaging.stripe.catalogue import Money, NewPrice  # noqa: PLC0415 - as above

        amounts = {code: Money(one.amounts[code], currency.tax) for code, currency in self._offers.currencies.items()}
        return NewPrice(one.product, one.lookup_key, one.name, amounts, one.every, {MARK: one.lookup_key})

    def _stale(self, price: Price) -> Difference:
        async def stop() -> str:
            await self._stripe.catalogue.stop_selling(price.id, self._key(f"stop:{price.id}"))
            return ""

        return Difference(f"price {price.id} of {price.product} is sold, and nobody offers it", stop)

    async def portal(self) -> list[Difference]:
        marked = [one for one in await self._stripe.catalogue.portals() if (one.metadata or {}).get(MARK) == "portal"]
        has = marked[0] if marked else None
        if has and within(PORTAL, has.features):
            return []

        async def make() -> str:
            catalogue, key = self._stripe.catalogue, self._key("portal")
            if has:
                await catalogue.change_portal(has.id, dict(PORTAL), {MARK: "portal"}, key)
            else:
                await catalogue.create_portal(dict(PORTAL), {MARK: "portal"}, key)
            return ""

        return [Difference("the portal's configuration " + ("allows other things" if has else "is missing"), make)]

    async def endpoint(self) -> list[Difference]:
        url = self._public_url + HOOK
        if self._stripe.live and not addresses.is_encrypted(url):
            return [Difference(f"no webhook endpoint can be made: PUBLIC_URL ({self._public_url}) is not https")]
        if not addresses.is_encrypted(url) and not await self._is_known(url):
            # Stripe does not reach this machine: `stripe listen` does, or the sandbox, which has its endpoint.
            return []
        at = [one for one in await self._stripe.catalogue.endpoints() if one.url == url]
        has = next((one for one in at if one.api_version == API_VERSION), None)
        if has is None:
            return [Difference(f"the webhook endpoint {url} {_whose(at)}", self._make_endpoint(url))]
        if has.status == "enabled" and (set(EVENTS) <= set(has.enabled_events) or "*" in has.enabled_events):
            return []

        async def change() -> str:
            await self._stripe.catalogue.change_endpoint(has.id, EVENTS, self._key("endpoint"))
            return ""

        return [Difference(f"the webhook endpoint {url} is not told everything, or disabled", change)]

    async def _is_known(self, url: str) -> bool:
        return any(one.url == url for one in await self._stripe.catalogue.endpoints())

    def _make_endpoint(self, url: str) -> Callable[[], Awaitable[str]]:
        async def make() -> str:
            made = await self._stripe.catalogue.create_endpoint(url, EVENTS, {MARK: "webhook"}, self._key("endpoint"))
            return f"set STRIPE_WEBHOOK_SECRET={made.secret} (it is told this once)"

        return make


def _whose(at: Sequence[WebhookEndpoint]) -> str:
    if not at:
        return "is missing"
    spoken = ", ".join(one.api_version or "the account's own version" for one in at)
    return f"speaks {spoken}, not {API_VERSION}: set the new one's secret, then disable the old one at Stripe"


def _same(new: NewPrice, has: Price) -> bool:
    """Whether a price is what a new one would be: an amount cannot be changed, so that everything of it counts."""
    amounts = {
        code: (option.unit_amount, option.tax_behavior)
        for code, option in {**_main(has), **has.currency_options}.items()
        if code in new.amounts
    }
    wanted = {code: (money.amount, money.tax_behavior) for code, money in new.amounts.items()}
    every = has.recurring.interval if has.recurring and has.recurring.interval_count == 1 else None
    return (amounts, every, has.product) == (wanted, new.every, new.product)


def _main(has: Price) -> dict[str, CurrencyOption]:
    return {has.currency: CurrencyOption(has.unit_amount, has.tax_behavior)}


def within(wanted: Any, has: Any) -> bool:
    """Whether everything that is wanted is there: Stripe tells more than it was given, and lists in an order of its own."""
    if isinstance(wanted, Mapping):
        return isinstance(has, Mapping) and all(within(value, has.get(name)) for name, value in wanted.items())
    if isinstance(wanted, list):
        return isinstance(has, list) and sorted(map(str, wanted)) == sorted(map(str, has))
    return bool(wanted == has)


def portal_of(found: Sequence[PortalConfiguration]) -> str | None:
    """The id of our configuration of the portal, where it was made."""
    return next((one.id for one in found if (one.metadata or {}).get(MARK) == "portal"), None)
