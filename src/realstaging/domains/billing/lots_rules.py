"""Decisions about lots of credit (decision 106). Pure; amounts in millionths of a US dollar."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID

import msgspec


class Source(StrEnum):
    """Where a lot is from. Of those that never lapse, the earlier named are used first."""

    PLAN = "plan"
    CREDIT_BACK = "credit_back"
    GRANT = "grant"
    OPENING = "opening"
    """What an account had before there were lots."""
    PACK = "pack"


class Paid(msgspec.Struct, frozen=True):
    """What was paid, in minor units of its currency (ISO 4217, lower case)."""

    amount_minor: int
    currency: str


class NewLot(msgspec.Struct, frozen=True):
    """Credit to be given, once for each reference of an account.

    ``reference``: what it is for, as `invoice:in_…`, `session:cs_…`; a part of several has `/` and its number at the end. ``begins_at``:
    when it can be used, now where that is None or past. ``expires_at``: when what is left of it lapses; None: never. ``kept_of``: the lot
    that others stood in for, whose credit this is.
    """

    source: Source
    reference: str
    amount: int
    expires_at: datetime | None = None
    paid: Paid | None = None
    note: str = ""
    begins_at: datetime | None = None
    kept_of: UUID | None = None


class Lot(msgspec.Struct, frozen=True):
    """A lot as it is kept. ``coming``: it has not begun."""

    id: UUID
    source: Source
    reference: str
    amount: int
    remaining: int
    coming: bool
    begins_at: datetime
    expires_at: datetime | None
    lapses: int


class OfPayment(msgspec.Struct, frozen=True):
    """A lot of a payment, and what may still be taken back of it: what neither lapsed nor was taken back before."""

    id: UUID
    reference: str
    coming: bool
    takeable: int


class Part(NamedTuple):
    """What an entry of the ledger (by its ``reference``) puts into a lot, or takes from it where that is negative."""

    reference: str
    lot_id: UUID
    amount: int


class Wanted(NamedTuple):
    """An amount to be taken for an entry; from the lot ``first`` before others, where one is named."""

    reference: str
    amount: int
    first: UUID | None = None


def taken(lots: Sequence[Lot], wants: Sequence[Wanted]) -> list[Part]:
    """What is taken from which lot for each want, in order; of lots, in their order. Less than wanted where there is no more."""
    left = {lot.id: lot.remaining for lot in lots if lot.remaining}
    parts = []
    for want in wants:
        missing = want.amount
        for lot_id in sorted(left, key=lambda one: one != want.first):
            part = min(left[lot_id], missing)
            missing -= part
            left[lot_id] -= part
            if part:
                parts.append(Part(want.reference, lot_id, -part))
            if not left[lot_id]:
                del left[lot_id]
            if not missing:
                break
    return parts


def put(parts: Sequence[Part], owed: int) -> list[Part]:
    """What comes into lots of what is given, in their order, once ``owed`` is paid from it."""
    kept = []
    for part in parts:
        paid = min(owed, part.amount)
        owed -= paid
        if part.amount > paid:
            kept.append(part._replace(amount=part.amount - paid))
    return kept


def to_take_back(payment: Sequence[OfPayment], amount: int | None) -> tuple[list[UUID], list[tuple[UUID, int]]]:
    """The lots that never begin, and what is taken back of others; of ``payment``'s lots, in their order. What has not begun goes
    first, as far as a whole lot fits into the amount.
    """
    left = sum(lot.takeable for lot in payment) if amount is None else amount
    canceled = []
    for lot in payment:
        if lot.coming and lot.takeable <= left:
            canceled.append(lot.id)
            left -= lot.takeable
    backs = []
    for lot in payment:
        if not lot.coming and (part := min(lot.takeable, left)):
            backs.append((lot.id, part))
            left -= part
    return canceled, backs


def lives_until(begins_at: datetime, expires_at: datetime | None, now: datetime) -> datetime | None:
    """When a lot that is given again lapses: as it would have; where that is past, after as long as it was to last."""
    if expires_at is None or expires_at > now:
        return expires_at
    return now + (expires_at - begins_at)


class GivenAgain(NamedTuple):
    """Of what was taken back of a lot and is given again: what others had stood in for, which does not lapse, and the lot's own."""

    kept: int
    own: int


def given_again(taken: int, own: int, stood: int) -> GivenAgain:
    """``taken``: back; ``own``: of the lot itself; ``stood``: what others stood in for and have not again."""
    kept = min(taken - own, max(stood, 0))
    return GivenAgain(kept, taken - kept)


CREDIT_BACK_LASTS: Final = timedelta(days=30)
"""At least, though what had paid lapses sooner: who gives a picture back on a month's last day can ask for another."""


def stood_in_for(lots: Sequence[Lot], stood: Mapping[UUID, int]) -> UUID | None:
    """The lot that paid for a picture and was taken back since, so that others had to stand in for all that it had paid."""
    return next((lot.id for lot in lots if lot.expires_at and stood.get(lot.id, 0) >= lot.amount), None)


def credit_back_lapses(lots: Sequence[Lot], now: datetime) -> datetime | None:
    """When the price of a picture that is given back lapses: with the last of the lots that had paid it."""
    days = [lot.expires_at for lot in lots if lot.expires_at is not None]
    return max([*days, now + CREDIT_BACK_LASTS]) if days and len(days) == len(lots) else None


def begins(lot: NewLot, now: datetime) -> datetime:
    """When a new lot begins; one that comes too late begins when it lapses."""
    begins_at = lot.begins_at or now
    return begins_at if lot.expires_at is None else min(begins_at, lot.expires_at)


def over(lot: Lot, now: datetime) -> bool:
    """Whether what is left of the lot lapses now."""
    return lot.remaining > 0 and lot.expires_at is not None and lot.expires_at <= now


def due(lot: Lot, now: datetime) -> bool:
    """Whether the lot begins now."""
    return lot.coming and lot.begins_at <= now


MOST_MONTHS: Final = 60


def months_later(day: datetime, months: int) -> datetime:
    """The same day so many months later, or that month's last where it has no such day: 31 January, 28 February, 31 March."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))


def monthly(lot: NewLot, first_day: datetime, months: int) -> Iterator[NewLot]:
    """The lots of a payment for several months: one for each, of the lot's whole amount, which lapses when the next begins. What was
    paid is told of the first.
    """
    for month in range(min(months, MOST_MONTHS)):
        yield msgspec.structs.replace(
            lot,
            reference=f"{lot.reference}/{month + 1:02}",
            begins_at=months_later(first_day, month),
            expires_at=months_later(first_day, month + 1),
            paid=lot.paid if month == 0 else None,
        )
