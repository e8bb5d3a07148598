"""Compare Stripe's list with ours: what a lost event left is followed now, what differs is told.

What Stripe has and we have not, or otherwise, is read and written like everything else. What we have and Stripe has not cannot be
mended by us: it is told, for somebody to look.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

import msgspec
import structlog

from realstaging.domains.payments import following, payment_store, reconcile_store, records, rules, subscription_store
from realstaging.domains.payments.following import Follow
from realstaging.kit.errors import AppError
from realstaging.kit.ids import new_id
from realstaging.runtime.database import Connection
from realstaging.runtime.platform import Platform
from realstaging.runtime.telemetry import RECONCILED
from realstaging.stripe import objects as stripe
from realstaging.stripe.errors import NothingThere

if TYPE_CHECKING:
    from realstaging.stripe.client import Stripe

log = structlog.get_logger()
T = TypeVar("T", stripe.Invoice, stripe.Dispute)

EVERY: Final = timedelta(days=1)
LOOKED_BACK: Final = timedelta(days=35)
"""Stripe tells again what it told for 30 days at most; an outage of all workers is shorter."""
UNDER_WAY: Final = timedelta(minutes=20)
"""Twice what a chore may take: a comparison that is not over by then has failed, and is made again."""
MOST_TOLD: Final = 1000


class Difference(msgspec.Struct, frozen=True):
    """Something that was not the same here and there. ``mended``: it is now; else somebody has to look."""

    what: str
    id: str
    found: str
    mended: bool


async def daily(platform: Platform) -> None:
    """A chore: once a day, whichever worker comes first. Nothing to do where nothing can be paid."""
    if platform.payments is None:
        return
    now = platform.clock()
    number = new_id()
    if await reconcile_store.begin(platform.database, number, now, now - EVERY, now - UNDER_WAY):
        found = await reconcile(platform, now - LOOKED_BACK)
        await reconcile_store.end(platform.database, number, platform.clock(), found[:MOST_TOLD])


async def reconcile(platform: Platform, since: datetime) -> list[Difference]:
    """Everything that differs, of subscriptions, and of what was paid or given back since then, or is open here; once it is mended where it
    can be. What Stripe does not answer to at the moment keeps nothing else from it; the AppError is raised at the end.
    """
    at, found = following.client(platform), []
    unanswered: list[AppError] = []
    async for differs in _differences(platform.database, at, since, unanswered):
        try:
            one = await _mended(platform, differs)
        except AppError as error:
            log.warning("payments.not_compared", what=differs.what, id=differs.id, code=error.code)
            unanswered.append(error)
            continue
        if one:
            RECONCILED.labels(one.what, "mended" if one.mended else "left").inc()
            tell = log.warning if one.mended else log.error
            tell("payments.differed", what=one.what, id=one.id, found=one.found, mended=one.mended)
            found.append(one)
    if unanswered:
        raise unanswered[-1]
    return found


class Differs(NamedTuple):
    """What, its id, how it differs, and how it is followed."""

    what: str
    id: str
    found: str
    follow: Follow


async def _differences(
    database: Connection, at: Stripe, since: datetime, unanswered: list[AppError]
) -> AsyncIterator[Differs]:
    """In the order in which they belong: pages, subscriptions, invoices, what was given back. A list that is not told to its end, which is
    added to ``unanswered``, keeps none of the others from it.
    """
    for part in (_pages, _subscriptions, _invoices, _given_back):
        try:
            async for differs in part(database, at, since):
                yield differs
        except AppError as error:
            log.warning("payments.not_listed", part=part.__name__.strip("_"), code=error.code)
            unanswered.append(error)


async def _pages(database: Connection, at: Stripe, since: datetime) -> AsyncIterator[Differs]:
    async for page in at.checkout.since(since):
        paid = page.mode == "payment" and rules.session_state(page.status, page.payment_status) == "paid"
        if paid and await payment_store.state_of(database, f"session:{page.id}") != "paid":
            yield Differs("checkout page", page.id, "paid, and not here", following.session)


async def _subscriptions(database: Connection, at: Stripe, _since: datetime) -> AsyncIterator[Differs]:
    known = set()
    async for one in at.subscriptions.living():
        known.add(one.id)
        if found := await _subscription_differs(database, one):
            yield Differs("subscription", one.id, found, following.subscription)
    for missing in await reconcile_store.alive(database):
        if missing not in known:
            yield Differs("subscription", missing, "alive here, and not there", following.subscription)
    for extra in await subscription_store.extra_left(database):
        yield Differs("subscription", extra, "one too many, and not ended or not paid back", following.subscription)


async def _invoices(database: Connection, at: Stripe, since: datetime) -> AsyncIterator[Differs]:
    still_open = await reconcile_store.open_invoices(database)
    async for invoice in _and_open(at.invoices.since(since), still_open, at.invoices.one):
        if invoice.subscription and invoice.status not in {None, "draft"}:
            there = records.invoice_state(invoice)
            here = await payment_store.state_of(database, records.reference_of_invoice(invoice.id))
            if here != there:
                yield Differs("invoice", invoice.id, f"{there} there, {here or 'unknown'} here", following.invoice)


async def _given_back(database: Connection, at: Stripe, since: datetime) -> AsyncIterator[Differs]:
    async for refund in at.reversals.refunds_since(since):
        state = records.refund("", refund).state
        if await payment_store.give_back_state(database, refund.id) != state:
            yield Differs("refund", refund.id, f"{state} there", following.refund)
    still_open = await reconcile_store.open_disputes(database)
    async for dispute in _and_open(at.reversals.disputes_since(since), still_open, at.reversals.dispute):
        row = records.dispute("", dispute)
        if row and await payment_store.give_back_state(database, dispute.id) != row.state:
            yield Differs("dispute", dispute.id, f"{row.state} there", following.dispute)


async def _and_open(
    found: AsyncIterator[T], still_open: Sequence[str], one: Callable[[str], Awaitable[T]]
) -> AsyncIterator[T]:
    """What was found, and what is open here however old it is: most disputes are decided two months and more after their day."""
    known = set()
    async for each in found:
        known.add(each.id)
        yield each
    for missing in still_open:
        if missing not in known:
            with suppress(NothingThere):
                yield await one(missing)


async def _subscription_differs(database: Connection, one: stripe.Subscription) -> str | None:
    """In words; None where it is the same."""
    row = await reconcile_store.subscription(database, one.id)
    if row is None:
        return None if one.status in rules.OVER else "unknown here"
    if one.status in rules.OVER:
        return None if row.status == one.status else f"{one.status} there, {row.status} here"
    paused = one.pause_collection is not None
    there = (one.status, one.item.quantity, one.item.current_period_end, one.ends, one.schedule, paused)
    here = (row.status, row.seats, row.period_end, row.cancels_at is not None, row.schedule_id, row.paused)
    sold = records.sold(one.item.price)
    same_plan = not isinstance(sold, records.Sold) or (sold.plan.id, sold.every) == (row.plan, row.every)
    if there == here and same_plan:
        return None
    return f"{one.status}, {one.item.quantity} seats there; {row.status}, {row.seats} seats of {row.plan} here"


async def _mended(platform: Platform, differs: Differs) -> Difference | None:
    """Follow it; None for what is of nobody here: another service may be paid through the same account at Stripe."""
    try:
        outcome = await differs.follow(platform, differs.id)
    except AppError as error:
        if error.retry_after is not None:
            raise
        outcome = error.code
    if outcome == following.NOT_OURS:
        return None
    done = outcome == following.DONE
    found = differs.found if done else f"{differs.found}; {outcome}"
    return Difference(differs.what, differs.id, found, mended=done)
