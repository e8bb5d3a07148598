"""What an account has, pays and was charged, as its people are told. By rows; Stripe is asked for the next invoice alone, and not waited for."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final
from uuid import UUID

import structlog

from realstaging.domains.accounts import office
from realstaging.domains.accounts.service import Member
from realstaging.domains.billing import lots, offering
from realstaging.domains.billing import service as billing
from realstaging.domains.billing.lots import Lot
from realstaging.domains.payments import payment_store, reading_store, rules, store, subscription_store
from realstaging.domains.payments.payment_store import GiveBack, Payment
from realstaging.domains.payments.rules import Status
from realstaging.domains.payments.schemas import (
    Billing,
    Invoice,
    InvoicedStaging,
    InvoicedStagings,
    InvoiceLine,
    Invoices,
    LotKind,
    NextInvoice,
    NextPlan,
    Outcome,
    PaidBack,
    PaidPlan,
    PlanState,
)
from realstaging.domains.payments.subscription_store import Subscription
from realstaging.kit import cursors, money
from realstaging.kit.errors import AppError, NotFound
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import transaction

log = structlog.get_logger()

PATIENCE: Final = 3.0
"""Seconds that the page waits for Stripe to tell the next invoice; it is shown without it then."""


async def of(platform: Platform, caller: Member) -> Billing:
    """Everything of the billing page."""
    account_id = caller.account.id
    async with transaction(platform) as work:
        customer = await store.customer(work.connection, account_id)
        rows = await subscription_store.of_account(work.connection, account_id)
        used = (await office.details(platform, work.connection, caller)).seats_used
        credit = await lots.credit(work, account_id)
        held = await billing.plan_held(work.connection, account_id)
        kinds = _kinds(credit.lots)
    alive = next((one for one in rows if rules.is_alive(one.status)), None)
    return Billing(
        payable=platform.payments is not None and not caller.account.test,
        plan=held.plan,
        seats=held.seats,
        seats_used=used,
        currency=customer.currency if customer else None,
        standing=credit.balances.standing,
        standing_reason=credit.balances.standing_reason,
        withheld=credit.withheld,
        available_usd=money.dollars(credit.balances.available),
        stagings_left=max(0, offering.stagings(credit.balances.available)),
        credit=kinds,
        subscription=_paid_plan(alive, platform) if alive else None,
        next_invoice=await _next_invoice(platform, alive),
    )


def _kinds(found: Sequence[Lot]) -> list[LotKind]:
    """What is left, by where it is from, in the order in which it is used."""
    kinds = dict.fromkeys(lot.source for lot in found if lot.remaining)
    return [
        LotKind(
            str(kind),
            money.dollars(left),
            offering.stagings(left),
            min((lot.expires_at for lot in of_kind if lot.expires_at), default=None),
        )
        for kind in kinds
        if (of_kind := [lot for lot in found if lot.source is kind and lot.remaining])
        and (left := sum(lot.remaining for lot in of_kind))
    ]


def _paid_plan(row: Subscription, platform: Platform) -> PaidPlan:
    until = rules.entitled_until(row.subscribed, platform.paying.grace)
    ends = row.cancels_at or row.rests_from or (until if row.status is Status.PAST_DUE else None)
    following = row.next
    return PaidPlan(
        plan=row.plan,
        term=row.every,
        seats=row.seats,
        state=_state(row),
        currency=row.currency,
        period_start=row.period_start,
        period_end=row.period_end,
        renews_at=None if row.cancels_at or row.rests_from else row.period_end,
        ends_at=ends,
        trial_end=row.trial_end if row.status is Status.TRIALING else None,
        next=NextPlan(following.plan, following.every, following.seats, row.next_at)
        if following and row.next_at
        else None,
        resumes_at=row.resumes_at or (row.period_end if row.unpaid else None),
    )


def _state(row: Subscription) -> PlanState:
    if row.status in {Status.PAST_DUE, Status.UNPAID}:
        return PlanState.LATE
    if row.cancels_at:
        return PlanState.CANCELING
    if row.rests_from or row.status is Status.PAUSED:
        return PlanState.PAUSED
    return PlanState.TRIAL if row.status is Status.TRIALING else PlanState.ACTIVE


async def _next_invoice(platform: Platform, row: Subscription | None) -> NextInvoice | None:
    if row is None or platform.payments is None or row.cancels_at or row.rests_from:
        return None
    try:
        async with asyncio.timeout(PATIENCE):
            coming = await platform.payments.subscriptions.upcoming(row.id)
    except (AppError, TimeoutError) as error:
        log.warning("payments.next_invoice_unknown", subscription=row.id, error=repr(error))
        return None
    return NextInvoice(row.period_end, coming.total, coming.currency)


async def invoices(platform: Platform, caller: Member, cursor: str | None, most: int) -> Invoices:
    """Payments, newest first, with what was staged in their time."""
    account_id = caller.account.id
    found = await payment_store.page(platform.database, account_id, cursors.decode(cursor), most + 1)
    shown = found[:most]
    references = [one.reference for one in shown]
    back = await payment_store.give_backs_of(platform.database, references)
    lines = await reading_store.lines(platform.database, account_id, references)
    more = cursors.encode(shown[-1].id) if len(found) > most else None
    return Invoices([_invoice(one, back, lines) for one in shown], more)


def _invoice(row: Payment, back: Sequence[GiveBack], lines: Sequence[reading_store.Line]) -> Invoice:
    return Invoice(
        id=row.id,
        description=row.description,
        state=row.state,
        number=row.number,
        total_minor=row.total_minor,
        paid_minor=row.paid_minor,
        currency=row.currency,
        credit_usd=money.dollars(row.granted - row.taken),
        created_at=row.created_at,
        paid_at=row.paid_at,
        period_start=row.period_start,
        period_end=row.period_end,
        hosted_url=row.hosted_url,
        pdf_url=row.pdf_url,
        given_back=[
            PaidBack(one.kind, one.amount_minor, one.state == "undone", one.created_at)
            for one in back
            if one.reference == row.reference
        ],
        lines=[
            InvoiceLine(
                outcome(one.state, canceled=one.canceled),
                one.reason,
                one.engine,
                one.stagings,
                money.dollars(one.amount),
            )
            for one in lines
            if one.reference == row.reference
        ],
    )


def outcome(state: str, *, canceled: bool) -> Outcome:
    """Of a hold, in people's words."""
    match state:
        case "settled":
            return Outcome.CHARGED
        case "held":
            return Outcome.UNDER_WAY
        case "credited":
            return Outcome.GIVEN_BACK
    return Outcome.CANCELED if canceled else Outcome.FAILED


async def staged(
    platform: Platform, caller: Member, payment_id: UUID, cursor: str | None, most: int
) -> InvoicedStagings:
    """What was staged in the time of one invoice, line by line."""
    account_id = caller.account.id
    if not await reading_store.is_payment(platform.database, account_id, payment_id):
        raise NotFound
    found = await reading_store.staged(platform.database, account_id, payment_id, cursors.decode(cursor), most + 1)
    shown = found[:most]
    items = [
        InvoicedStaging(
            one.staging_id,
            one.project_id,
            one.at,
            outcome(one.state, canceled=one.canceled),
            one.reason,
            one.engine,
            money.dollars(one.amount),
        )
        for one in shown
    ]
    return InvoicedStagings(items, cursors.encode(shown[-1].staging_id) if len(found) > most else None)
