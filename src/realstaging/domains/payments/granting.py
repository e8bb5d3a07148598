"""What a payment gives in credit, and what is taken back of that when the payment was given back. Each once, whatever it is read for."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import structlog

from realstaging.domains.billing import service as billing
from realstaging.domains.billing.service import GiveAgain, NewLot, Paid, Source, TakeBack
from realstaging.domains.payments import payment_store, periods, rules
from realstaging.domains.payments.payment_store import Payment
from realstaging.runtime.telemetry import PAYMENTS
from realstaging.runtime.work import Work

log = structlog.get_logger()


def lots_of(payment: Payment, granted: Sequence[periods.Grant], work: Work) -> list[NewLot]:
    """One lot for each month that the invoice is for; those to come begin when their month does."""
    paid = Paid(payment.paid_minor, payment.currency)
    several = len(granted) > 1
    return [
        NewLot(
            Source.PLAN,
            f"{payment.reference}/{number:02}" if several else payment.reference,
            one.amount,
            expires_at=periods.lapses_at(one, work.now),
            paid=paid if number == 1 else None,
            note=payment.description,
            begins_at=one.due_at,
        )
        for number, one in enumerate(granted, 1)
    ]


async def grant(work: Work, reference: str, lots: Sequence[NewLot]) -> None:
    """Give what a payment pays for, once; then take back what was given back of it before it was known."""
    payment = await payment_store.lock(work.connection, reference)
    if payment is None or payment.state != "paid":
        return
    if not payment.granted and lots:
        await billing.grant_lots(work, payment.account_id, lots)
        granted = sum(lot.amount for lot in lots)
        await payment_store.set_granted(work.connection, reference, granted)
        PAYMENTS.labels("granted").inc()
        log.info("payments.granted", account=str(payment.account_id), payment=reference, lots=len(lots), amount=granted)
    await take_back(work, reference)


async def take_back(work: Work, reference: str) -> None:
    """Take back the share of the credit that was given back of the payment; give again what was not given back after all."""
    payment = await payment_store.lock(work.connection, reference)
    if payment is None or not payment.granted:
        return
    counted = taken = 0
    given_back = await payment_store.give_backs(work.connection, reference)
    for one in given_back:
        name = f"{one.kind}:{one.id}"
        if one.state == "undone" and one.credit:
            again = GiveAgain(taken=name, reference=f"again:{one.id}", note=one.reason)
            await billing.give_again(work, payment.account_id, again)
            await payment_store.set_taken(work.connection, msgspec.structs.replace(one, credit=0))
        elif one.state != "undone" and one.credit:
            counted, taken = counted + one.amount_minor, taken + one.credit
    for one in given_back:
        if one.state == "undone" or one.credit:
            continue
        counted += one.amount_minor
        share = rules.owed(rules.Payment(payment.paid_minor, payment.granted, counted, taken))
        if share > 0:
            name = f"{one.kind}:{one.id}"
            await billing.take_back(work, payment.account_id, TakeBack(reference, name, share, one.reason))
            await payment_store.set_taken(work.connection, msgspec.structs.replace(one, credit=share))
            taken += share
