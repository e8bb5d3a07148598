"""Use cases of buying: a page at Stripe for a plan or a pack, and the portal for what was bought.

Nothing is bought here: what is paid on the page comes back as an event, or is looked at when the buyer returns (`following`).
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID

import structlog
from msgspec import structs

from realstaging.domains.accounts.service import Member
from realstaging.domains.billing import at_stripe
from realstaging.domains.billing.offers import OFFERS, Pack
from realstaging.domains.payments import (
    customers,
    following,
    payment_store,
    plans,
    records,
    rules,
    store,
    subscription_store,
)
from realstaging.domains.payments.errors import (
    AlreadySubscribed,
    NothingBought,
    PaymentDisputed,
    TestAccountsPayNothing,
    TooManyCheckouts,
)
from realstaging.domains.payments.rules import Held
from realstaging.domains.payments.schemas import Checkout, CheckoutState, NewCheckout, Portal
from realstaging.domains.payments.store import Session
from realstaging.kit.errors import InvalidInput, NotFound, Unavailable
from realstaging.kit.ids import new_id
from realstaging.runtime.platform import Platform
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work, transaction
from realstaging.stripe.errors import NothingThere, StripeRefused
from realstaging.stripe.objects import CheckoutSession, Price

if TYPE_CHECKING:
    from realstaging.stripe import checkout as pages
    from realstaging.stripe.client import Stripe

log = structlog.get_logger()


class _Bought:
    """What a page is for: a plan for a term, or a pack."""

    def __init__(self, asked: NewCheckout) -> None:
        if (asked.plan is None) == (asked.pack is None):
            raise InvalidInput("Name a plan or a pack, and one of them.")
        self.held: Held | None = None
        self.pack: Pack | None = None
        if asked.plan is not None:
            least = rules.plan_of(asked.plan).seats.least
            self.held = Held(asked.plan, asked.term, least if asked.seats is None else asked.seats)
            self.lookup_key = rules.checked(self.held).lookup_key
        else:
            self.pack = OFFERS.pack(asked.pack or "")
            if self.pack is None:
                raise InvalidInput(
                    f"There is no pack {asked.pack}. There are: {', '.join(one.id for one in OFFERS.packs)}."
                )
            self.lookup_key = self.pack.lookup_key

    def session(self, account_id: UUID, currency: str, work: Work) -> Session:
        held = self.held
        return Session(
            id=new_id(),
            account_id=account_id,
            session_id=None,
            plan=held.plan if held else None,
            every=held.every if held else None,
            seats=held.seats if held else None,
            pack=self.pack.id if self.pack else None,
            currency=currency,
            state="open",
            url=None,
            created_at=work.now,
            expires_at=work.now + rules.SESSION_LASTS,
        )

    def metadata(self, session: Session) -> dict[str, str]:
        """What everything that comes of the page is marked with."""
        marks = {records.ACCOUNT: str(session.account_id), records.CHECKOUT: str(session.id)}
        if self.pack:
            return {**marks, records.PACK: self.pack.id}
        assert self.held
        return {
            **marks,
            records.PLAN: self.held.plan,
            records.TERM: self.held.every,
            records.SEATS: str(self.held.seats),
        }


async def open_page(platform: Platform, caller: Member, asked: NewCheckout) -> Checkout:
    """A page on which this is paid. Pages for plans that are open are closed first: one plan is bought, not two."""
    at = following.client(platform)
    bought = _Bought(asked)
    async with transaction(platform) as work:
        session, others, trial = await _begin(work, caller, bought, asked.currency)
    for other in others:
        with suppress(StripeRefused):
            # A key of this try: under one of the page alone a failure would be told again for a day.
            await at.checkout.expire(other.session_id or "", f"expire:{other.id}:{session.id}")
    customer_id = await customers.of(platform, at, caller.account.id)
    sold = await price(at, bought.lookup_key)
    page = _page(platform, bought, session, (customer_id, sold.id), trial=trial)
    key = f"checkout:{session.id}"
    made = await _made(platform, at, page, key, subscribes=bought.held is not None)
    async with transaction(platform) as work:
        await store.set_session(work.connection, structs.replace(session, session_id=made.id, url=made.url))
    return Checkout(session.id, made.url or "", made.expires_at)


async def _begin(
    work: Work, caller: Member, bought: _Bought, currency: str | None
) -> tuple[Session, list[Session], int]:
    """The page's row, other pages of plans that are open, and the days of a trial."""
    account_id = caller.account.id
    if caller.account.test:
        raise TestAccountsPayNothing
    locked = await store.ask_customer(work.connection, await customers.as_now(work, account_id))
    if await payment_store.disputes(work.connection, account_id):
        raise PaymentDisputed
    subscriptions = await subscription_store.of_account(work.connection, account_id)
    if bought.held and any(rules.is_alive(one.status) for one in subscriptions):
        raise AlreadySubscribed
    since = work.now - rules.SESSIONS_COUNTED
    if await store.sessions_since(work.connection, account_id, since) >= rules.MOST_SESSIONS_A_DAY:
        raise TooManyCheckouts
    session = bought.session(account_id, rules.currency_of(currency, locked.currency), work)
    others = await store.open_plan_sessions(work.connection, account_id, work.now) if bought.held else []
    await store.insert_session(work.connection, session)
    what = bought.pack.id if bought.pack else session.plan
    work.record(account_id, Action.CHECKOUT_OPENED, session.id, what=what, term=session.every, seats=session.seats)
    trial = work.platform.paying.trial_days if bought.held and not subscriptions else 0
    return session, others, trial


async def price(at: Stripe, lookup_key: str) -> Price:
    """What is sold under this key. Unavailable where Stripe has it not: the offers were not synchronised."""
    found = await at.catalogue.prices([lookup_key])
    if not found:
        log.error("payments.price_missing", lookup_key=lookup_key)
        raise Unavailable(
            "This cannot be had at the moment: its price is not at the payment service. We have been told."
        )
    return found[0]


def _page(
    platform: Platform, bought: _Bought, session: Session, of: tuple[str, str], *, trial: int
) -> pages.NewCheckout:
    from realstaging.stripe import checkout as pages  # noqa: PLC0415 - the SDK is loaded where people can pay

    home, (customer_id, price_id) = platform.public_url.rstrip("/") + plans.PATH, of
    return pages.NewCheckout(
        customer=customer_id,
        price=price_id,
        currency=session.currency,
        success_url=f"{home}?paid={session.id}",
        cancel_url=f"{home}?left={session.id}",
        reference=str(session.account_id),
        metadata=bought.metadata(session),
        expires_at=session.expires_at,
        quantity=bought.held.seats if bought.held else 1,
        trial_days=trial or None,
    )


async def _made(
    platform: Platform, at: Stripe, page: pages.NewCheckout, key: str, *, subscribes: bool
) -> CheckoutSession:
    """The page at Stripe. A customer that is gone there is let go, so that the next try makes another."""
    make = at.checkout.subscribe if subscribes else at.checkout.buy
    try:
        return await make(page, key)
    except NothingThere as error:
        if error.param == "customer":
            await following.customer(platform, page.customer)
        raise Unavailable from error


async def look(platform: Platform, caller: Member, session_id: UUID) -> CheckoutState:
    """What has become of a page: asked at Stripe where it is open, so that the buyer who comes back waits for no event."""
    row = await store.session_of(platform.database, session_id)
    if row is None or row.account_id != caller.account.id:
        raise NotFound
    if row.state in {"open", "waiting"} and row.session_id and platform.payments:
        await following.session(platform, row.session_id)
        row = await store.session_of(platform.database, session_id) or row
    return CheckoutState(row.id, row.state, row.plan, row.pack)


async def portal(platform: Platform, caller: Member) -> Portal:
    """A page for cards, addresses, tax ids and invoices."""
    at = following.client(platform)
    row = await store.customer(platform.database, caller.account.id)
    if row is None or row.customer_id is None:
        raise NothingBought
    configuration = at_stripe.portal_of(await at.catalogue.portals())
    if configuration is None:
        log.error("payments.portal_missing")
        raise Unavailable("The portal is not set up at the payment service. We have been told.")
    home = platform.public_url.rstrip("/") + plans.PATH
    page = await at.checkout.portal(row.customer_id, configuration, home, f"portal:{new_id()}")
    async with transaction(platform) as work:
        work.record(caller.account.id, Action.PORTAL_OPENED, caller.account.id)
    return Portal(page.url)
