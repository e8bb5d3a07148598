"""Follow what happens at Stripe: read an object there, then write what it says, and what that gives or takes, in one transaction.

    an event, a reconcile, somebody's own click
      → a ticket (what is read later wins)
      → the object as it is now, with what belongs to it
      → one transaction: the account's row locked · subscription, payment, what was given back · credit · plan and standing

Nothing is done by what an event says: it only tells where to look. Each payment grants once, by its own name (invoice or checkout
page); everything here may be done any number of times, in any order.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Final
from uuid import UUID

import msgspec
import structlog

from realstaging.domains.accounts import service as accounts
from realstaging.domains.billing.offers import OFFERS, Pack
from realstaging.domains.billing.service import NewLot, Paid, Source
from realstaging.domains.payments import (
    customers,
    granting,
    payment_store,
    periods,
    plans,
    records,
    rules,
    store,
    subscription_store,
)
from realstaging.domains.payments.errors import NoPayments
from realstaging.domains.payments.payloads import EndExtra, ForgetCustomer
from realstaging.domains.payments.payment_store import GiveBack, Payment
from realstaging.domains.payments.plans import News
from realstaging.domains.payments.records import Sold
from realstaging.domains.payments.rules import Status
from realstaging.kit.ids import id_of
from realstaging.runtime.platform import Platform
from realstaging.runtime.telemetry import PAYMENTS
from realstaging.runtime.work import Work, transaction
from realstaging.stripe import objects as stripe
from realstaging.stripe.errors import NothingThere

if TYPE_CHECKING:
    from realstaging.stripe.client import Stripe

log = structlog.get_logger()

Follow = Callable[[Platform, str], Awaitable[str]]
"""Reads an object by its id, and writes what it says; what became of that."""
DONE: Final = "done"
NOT_OURS: Final = "not ours"
"""Of nobody here: made by hand at Stripe, of another service on the same account there, or of an account that is erased."""
GONE: Final = "gone"
NOTHING: Final = "nothing to do"


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """What was read at Stripe, under one ticket."""

    ticket: int
    session: stripe.CheckoutSession | None = None
    subscription: stripe.Subscription | None = None
    invoice: stripe.Invoice | None = None
    schedule: stripe.Schedule | None = None
    prices: dict[str, Sold] = {}


async def session(platform: Platform, session_id: str) -> str:
    """A checkout page: what it sold is the account's once it is paid. What was told to be paid later grants nothing yet."""
    at, ticket = client(platform), await store.next_ticket(platform.database)
    found = await at.checkout.one(session_id)
    if found.subscription and found.status == "complete":
        read = await _subscription(at, found.subscription, ticket)
        return await _write(platform, msgspec.structs.replace(read, session=found))
    return await _write(platform, Read(ticket=ticket, session=found))


async def subscription(platform: Platform, subscription_id: str) -> str:
    """A subscription, with its newest invoice: what renews it."""
    at, ticket = client(platform), await store.next_ticket(platform.database)
    return await _write(platform, await _subscription(at, subscription_id, ticket))


async def ended_extra(platform: Platform, subscription_id: str) -> None:
    """One that was just ended as one too many. What cannot be paid back by us, as it was not paid through Stripe, stays for the daily
    comparison to tell of: to ask for it again at once would be the same again, without end.
    """
    at, ticket = client(platform), await store.next_ticket(platform.database)
    await _write(platform, await _subscription(at, subscription_id, ticket), extra_is_done=True)


async def invoice(platform: Platform, invoice_id: str) -> str:
    """An invoice, with its subscription; one of a pack is the paper of its checkout page."""
    at, ticket = client(platform), await store.next_ticket(platform.database)
    found = await at.invoices.one(invoice_id)
    if found.subscription:
        of = await at.subscriptions.one(found.subscription)
        return await _write(platform, await _with_prices(at, Read(ticket=ticket, subscription=of, invoice=found)))
    ours = records.checkout_of(found.metadata)
    page = await store.session_of(platform.database, ours) if ours else None
    if page is None or page.session_id is None:
        return NOT_OURS
    read = Read(ticket=ticket, session=await at.checkout.one(page.session_id), invoice=found)
    return await _write(platform, read)


async def refund(platform: Platform, refund_id: str) -> str:
    """What was paid back, or should have been."""
    at, ticket = client(platform), await store.next_ticket(platform.database)
    found = await at.reversals.one_refund(refund_id)
    payment = await _payment_of(platform, found.payment_intent)
    if payment is None:
        return NOT_OURS
    return await _write_back(platform, payment, records.refund(payment.reference, found), ticket)


async def dispute(platform: Platform, dispute_id: str) -> str:
    """What somebody's bank took back, or wants to. From its first day nothing new is paid for."""
    at, ticket = client(platform), await store.next_ticket(platform.database)
    found = await at.reversals.dispute(dispute_id)
    payment = await _payment_of(platform, found.payment_intent)
    if payment is None:
        return NOT_OURS
    new = records.dispute(payment.reference, found)
    return NOTHING if new is None else await _write_back(platform, payment, new, ticket)


async def customer(platform: Platform, customer_id: str) -> str:
    """A customer that was deleted is nobody's any more; what was paid stays."""
    if not await customers.is_gone(client(platform), customer_id):
        return NOTHING
    async with transaction(platform) as work:
        account_id = await store.lose_customer(work.connection, customer_id)
        if account_id:
            await store.ask_again(work.connection, await customers.as_now(work, account_id))
    log.warning("payments.customer_deleted", customer=customer_id, account=str(account_id))
    return DONE if account_id else NOT_OURS


def client(platform: Platform) -> Stripe:
    """The way to Stripe; a job that comes here without one waits for a worker that has it."""
    if platform.payments is None:
        raise NoPayments
    return platform.payments


async def _subscription(at: Stripe, subscription_id: str, ticket: int) -> Read:
    of = await at.subscriptions.one(subscription_id)
    newest = await at.invoices.one(of.latest_invoice) if of.latest_invoice else None
    return await _with_prices(at, Read(ticket=ticket, subscription=of, invoice=newest))


async def _with_prices(at: Stripe, read: Read) -> Read:
    """With what the prices are of that it names, in the subscription, on the invoice, and from the next period on."""
    assert read.subscription is not None
    of = read.subscription
    schedule = await at.subscriptions.schedule(of.schedule) if of.schedule else None
    known = {of.item.price.id: of.item.price}
    named = [line.price for line in read.invoice.lines.data] if read.invoice else []
    named += [item.price for phase in schedule.phases for item in phase.items] if schedule else []
    for price_id in named:
        if price_id and price_id not in known:
            known[price_id] = await at.catalogue.price(price_id)
    sold = {name: one for name, price in known.items() if isinstance(one := records.sold(price), Sold)}
    return msgspec.structs.replace(read, prices=sold, schedule=schedule)


async def _write(platform: Platform, read: Read, *, extra_is_done: bool = False) -> str:
    account_id = await _account(platform, read)
    if account_id is None:
        await _end_of_erased(platform, read)
        return NOT_OURS
    unknown = await _unknown_customers(platform, read)
    async with transaction(platform) as work:
        await _adopt(work, account_id, unknown)
        await store.lock_customer(work.connection, account_id)
        if read.session:
            await _write_session(work, account_id, read)
        if read.subscription:
            await _write_subscription(work, account_id, read)
        if read.invoice and read.subscription:
            await _write_invoice(work, account_id, read)
        if read.subscription and not extra_is_done:
            await _end_extra(work, account_id, read.subscription.id)
        await plans.apply(work, account_id, news=True)
    return DONE


async def _account(platform: Platform, read: Read) -> UUID | None:
    """Whose it is: by its customer, else by what we wrote on it; never somebody's who is erased."""
    objects = [one for one in (read.session, read.subscription, read.invoice) if one]
    for one in objects:
        if one.customer and (known := await store.account_of(platform.database, one.customer)):
            return known
    for one in objects:
        written = records.account_of(one.metadata)
        if written and await store.is_account(platform.database, written):
            return written
    return None


async def _end_of_erased(platform: Platform, read: Read) -> None:
    """A subscription of an account that is erased still renews: its customer was to be deleted, and is now. An account that was never
    here, as one of another installation on the same account at Stripe, is left alone.
    """
    of = read.subscription
    written = records.account_of(of.metadata) if of and of.status not in rules.OVER else None
    if of and written and await accounts.is_erased(platform.database, written):
        log.error("payments.erased_and_charged", account=str(written), subscription=of.id, customer=of.customer)
        async with transaction(platform) as work:
            work.enqueue(ForgetCustomer(of.customer))


async def _unknown_customers(platform: Platform, read: Read) -> list[str]:
    """Who bought this and is nobody's here. One that is deleted at Stripe stays nobody's: what is told of it comes in any order."""
    named = {one.customer for one in (read.session, read.subscription) if one and one.customer}
    unknown = [one for one in sorted(named) if await store.account_of(platform.database, one) is None]
    return [one for one in unknown if not await customers.is_gone(client(platform), one)]


async def _adopt(work: Work, account_id: UUID, unknown: Sequence[str]) -> None:
    """The link to the customer was lost: it is found again by what we wrote on what they bought."""
    for customer_id in unknown:
        if await store.account_of(work.connection, customer_id) is None:
            await store.adopt(work.connection, account_id, customer_id, work.now)
            log.warning("payments.customer_found_again", account=str(account_id), customer=customer_id)


async def _write_session(work: Work, account_id: UUID, read: Read) -> None:
    found = read.session
    assert found is not None
    ours = records.checkout_of(found.metadata)
    row = await store.session(work.connection, found.id) or (ours and await store.session_of(work.connection, ours))
    if row and row.account_id == account_id:
        named = msgspec.structs.replace(row, session_id=found.id)
        await store.set_session_state(
            work.connection, named, rules.session_state(found.status, found.payment_status), read.ticket
        )
    if found.mode == "payment" and rules.session_state(found.status, found.payment_status) == "paid":
        await _write_pack(work, account_id, read, row.pack if row else None)


async def _write_pack(work: Work, account_id: UUID, read: Read, asked: str | None) -> None:
    """The pack that was paid for: by the price that is on the page, else as it was asked for."""
    found = read.session
    assert found is not None
    lines = found.line_items.data if found.line_items else ()
    bought = next((one for line in lines if isinstance(one := records.sold(line.price), Pack)), None)
    bought = bought or OFFERS.pack(asked or "")
    if bought is None:
        log.error("payments.unknown_pack", session=found.id, account=str(account_id))
        return
    payment = records.pack(account_id, id_of(found.created), found, bought)
    await payment_store.write(work.connection, records.with_paper(payment, read.invoice), read.ticket)
    await store.fix_currency(work.connection, account_id, payment.currency)
    count = sum(line.quantity or 1 for line in lines) or 1
    paid = Paid(payment.paid_minor, payment.currency)
    lot = NewLot(Source.PACK, payment.reference, bought.credit * count, paid=paid, note=bought.id)
    await granting.grant(work, payment.reference, [lot])


async def _write_subscription(work: Work, account_id: UUID, read: Read) -> None:
    found = read.subscription
    assert found is not None
    what = read.prices.get(found.item.price.id)
    if what is None:
        log.error("payments.unknown_price", subscription=found.id, price=found.item.price.id)
        return
    row = records.subscription(account_id, found, what, work.now)
    row = records.with_next(row, read.schedule, read.prices)
    rows = await subscription_store.of_account(work.connection, account_id)
    before = next((one for one in rows if one.id == row.id), None)
    written = await subscription_store.write(work.connection, row, read.ticket)
    if written and row.status is Status.PAST_DUE and not (before and before.is_late_for(row.period_start)):
        plans.tell(work, News(account_id, "late", f"{row.id}:{row.period_start}", row))


async def _end_extra(work: Work, account_id: UUID, about: str) -> None:
    """An account has one plan: of two that were paid on two pages, the later one is ended and paid back, whichever we heard of first, and
    also where it is paid, or known to be, only after it has ended. ``about``: the one that was just read; whatever else is one too many was
    asked for when it was found so, and is not asked for again by each word about another.
    """
    rows = await subscription_store.of_account(work.connection, account_id)
    surplus = [one.id for one in rules.surplus([one.subscribed for one in rows])]
    found = await subscription_store.mark_extra(work.connection, account_id, surplus, work.now)
    left = await subscription_store.extra_left(work.connection, account_id)
    for extra in sorted({*found, about}.intersection(left)):
        log.warning("payments.second_subscription", account=str(account_id), subscription=extra)
        work.enqueue(EndExtra(extra), account_id=account_id)


async def _write_invoice(work: Work, account_id: UUID, read: Read) -> None:
    found, of = read.invoice, read.subscription
    assert found is not None
    assert of is not None
    if found.status in {None, "draft"}:
        return
    lines = records.lines(found, read.prices)
    payment = records.invoice(account_id, id_of(found.created), found, records.described(found, read.prices))
    await payment_store.write(work.connection, payment, read.ticket)
    if payment.state != "paid":
        return
    if payment.paid_minor:
        await store.fix_currency(work.connection, account_id, payment.currency)
    anchor = of.billing_cycle_anchor or of.item.current_period_start
    await granting.grant(work, payment.reference, granting.lots_of(payment, periods.grants(lines, anchor), work))


async def _payment_of(platform: Platform, payment_intent: str | None) -> Payment | None:
    """The payment that something was given back of. What was not told yet is looked for at Stripe, and followed first."""
    if payment_intent is None:
        return None
    if known := await payment_store.by_intent(platform.database, payment_intent):
        return known
    at = client(platform)
    for one in await at.invoices.paid_by(payment_intent):
        await invoice(platform, one.invoice)
    try:
        written = await at.reversals.payment(payment_intent)
    except NothingThere:
        return None
    ours = records.checkout_of(written.metadata)
    page = await store.session_of(platform.database, ours) if ours else None
    if page and page.session_id:
        await session(platform, page.session_id)
    return await payment_store.by_intent(platform.database, payment_intent)


async def _write_back(platform: Platform, payment: Payment, new: GiveBack, ticket: int) -> str:
    async with transaction(platform) as work:
        await store.lock_customer(work.connection, payment.account_id)
        before = await payment_store.give_back_state(work.connection, new.id)
        if await payment_store.write_give_back(work.connection, new, ticket):
            await granting.take_back(work, payment.reference)
            PAYMENTS.labels(f"{new.kind}_{new.state}").inc()
            if new.kind == "dispute" and new.state == "open" and before != "open":
                plans.tell(work, News(payment.account_id, "disputed", new.id))
        await plans.apply(work, payment.account_id, news=True)
    return DONE
