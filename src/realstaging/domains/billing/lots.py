"""Lots of credit: given, begun, lapsed, taken back, given again. Called with, or taking, the lock of the account's row.

Whatever is given pays first what is owed, so that an account either owes something or has something: what its lots have left is
what it has available, or nothing where that is below zero (decision 106).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple
from uuid import UUID

import msgspec

from realstaging.domains.billing import free_grants, lots_rules, lots_store, rules, store
from realstaging.domains.billing.lots_rules import Lot, NewLot, Paid, Part, Source, Wanted, monthly
from realstaging.domains.billing.lots_store import Entry
from realstaging.domains.billing.offers import FREE
from realstaging.kit import money
from realstaging.kit.errors import InvalidInput, NotFound
from realstaging.runtime.platform import Platform
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work, transaction

__all__ = ["GiveAgain", "Lot", "NewLot", "Paid", "Source", "TakeBack", "monthly"]

MOST_AT_ONCE: Final = 200
"""Accounts that a turn of the chore looks at."""
MOST_LOTS: Final = 100
"""Given at once."""
KEPT: Final = "other credit had paid for it"
LARGEST: Final = 1_000_000 * money.DOLLAR
"""Of one lot."""


class TakeBack(msgspec.Struct, frozen=True):
    """Credit of a payment that was refunded or is disputed. ``reference``: names this, once for each account, as `refund:re_…`.

    ``lot_reference``: the lot's, or what stands before `/` in those of its parts. ``amount``: None for all of it.
    """

    lot_reference: str
    reference: str
    amount: int | None = None
    note: str = ""


class GiveAgain(msgspec.Struct, frozen=True):
    """What a `TakeBack` took is the account's after all. ``taken``: that one's reference; ``reference``: this one's."""

    taken: str
    reference: str
    note: str = ""


class Credit(NamedTuple):
    """What an account has: its balances, and its lots in the order in which they are used."""

    balances: store.Balances
    lots: list[Lot]
    withheld: str = ""
    """Why the free grant of this month is not given, in words."""

    @property
    def owed(self) -> int:
        """What was taken back and spent already."""
        return -min(self.balances.available, 0)


async def credit(work: Work, account_id: UUID) -> Credit:
    """What the account has, locked: what is due has begun, what is over has lapsed, and the grant of this month is there."""
    month = rules.month_of(work.now)
    granted = f"plan:{month:%Y-%m}"
    found = await bring_up_to_date(work, account_id, granted)
    plan = found.balances.plan
    if found.balances.calendar_grants and not any(lot.reference == granted for lot in found.lots):
        if plan == FREE and (why := await free_grants.withheld(work, account_id)):
            return found._replace(withheld=why)
        lot = NewLot(Source.PLAN, granted, rules.monthly_grant(plan), rules.end_of_month(month), note=plan)
        if await _give(work, account_id, [lot], found.owed):
            found = await _read(work, account_id, granted)
    return found


async def _read(work: Work, account_id: UUID, granted: str) -> Credit:
    balances = await store.lock(work.connection, account_id)
    return Credit(balances, await lots_store.stock(work.connection, account_id, work.now, granted))


async def bring_up_to_date(work: Work, account_id: UUID, granted: str = "") -> Credit:
    """What the account has, locked: what is due has begun, what is over has lapsed. ``granted``: a lot to be read as well."""
    found = await _read(work, account_id, granted)
    if due := [lot for lot in found.lots if lots_rules.due(lot, work.now)]:
        entries = [Entry(lot.amount, lot.reference, "", lot.id) for lot in due]
        await _begin(work, account_id, "grant", entries, found.owed)
        found = await _read(work, account_id, granted)
    if over := [lot for lot in found.lots if lots_rules.over(lot, work.now)]:
        await _lapse(work, account_id, over)
        found = await _read(work, account_id, granted)
    return found


async def _lapse(work: Work, account_id: UUID, over: Sequence[Lot]) -> None:
    """What is left of these lots lapses; but what others stood in for when they were taken back is kept, as a lot that does not lapse."""
    stood = await lots_store.stood_in(work.connection, [lot.id for lot in over])
    kept = {lot.id: min(lot.remaining, stood.get(lot.id, 0)) for lot in over}
    if new := [
        NewLot(Source.CREDIT_BACK, f"kept:{lot.reference}:{lot.lapses + 1}", kept[lot.id], note=KEPT, kept_of=lot.id)
        for lot in over
        if kept[lot.id]
    ]:
        ids = await lots_store.insert(work.connection, account_id, new, work.now)
        entries = [Entry(lot.amount, lot.reference, lot.note, ids[lot.reference]) for lot in new]
        away = [Part(lot.reference, lot.kept_of, -lot.amount) for lot in new if lot.kept_of]
        await lots_store.begin(work.connection, list(ids.values()))
        await lots_store.post(work.connection, account_id, "keep", entries, [*away, *_parts(entries)])
    entries = [
        Entry(lot.remaining - kept[lot.id], f"{lot.id}:{lot.lapses + 1}", "", lot.id)
        for lot in over
        if lot.remaining > kept[lot.id]
    ]
    if entries:
        await lots_store.post(work.connection, account_id, "lapse", entries, _parts(entries, -1))


def _parts(entries: Sequence[Entry], sign: int = 1) -> list[Part]:
    """All that entries say, each of its own lot."""
    return [Part(entry.reference, entry.lot_id, sign * entry.amount) for entry in entries if entry.lot_id]


async def _begin(work: Work, account_id: UUID, kind: str, entries: Sequence[Entry], owed: int) -> None:
    """Have lots given: each entry's own."""
    await lots_store.begin(work.connection, [entry.lot_id for entry in entries if entry.lot_id])
    await lots_store.post(work.connection, account_id, kind, entries, lots_rules.put(_parts(entries), owed))


async def _give(work: Work, account_id: UUID, lots: Sequence[NewLot], owed: int) -> list[NewLot]:
    """Give what was not given before; which that was."""
    ids = await lots_store.insert(work.connection, account_id, lots, work.now)
    new = [lot for lot in lots if lot.reference in ids]
    begun = [lot for lot in new if lots_rules.begins(lot, work.now) <= work.now]
    if begun:
        entries = [Entry(lot.amount, lot.reference, lot.note, ids[lot.reference]) for lot in begun]
        await _begin(work, account_id, "grant", entries, owed)
    return new


async def grant_lots(work: Work, account_id: UUID, lots: Sequence[NewLot]) -> int:
    """Give lots, each once for its reference; how many were new. NotFound where there is no such account."""
    if len(lots) > MOST_LOTS or not all(0 < lot.amount <= LARGEST for lot in lots):
        raise InvalidInput(f"A grant must be positive, and at most US$ {money.dollars(LARGEST)}.")
    await require_account(work, account_id)
    owed = -min((await store.lock(work.connection, account_id)).available, 0)
    new = await _give(work, account_id, lots, owed)
    for lot in new:
        usd = money.dollars(lot.amount)
        paid = f"{lot.paid.amount_minor} {lot.paid.currency}" if lot.paid else None
        work.record(
            account_id,
            Action.CREDIT_GRANTED,
            lot.reference,
            amount_usd=usd,
            note=lot.note,
            source=lot.source,
            paid=paid,
            expires_at=lot.expires_at,
        )
    return len(new)


async def grant_lot(work: Work, account_id: UUID, lot: NewLot) -> bool:
    """Give a lot, once for its reference; whether it was new. NotFound where there is no such account."""
    return await grant_lots(work, account_id, [lot]) > 0


async def take_back(work: Work, account_id: UUID, back: TakeBack) -> int:
    """Take credit back that was refunded or is disputed; how much, 0 where that was done before.

    What lapsed is not taken, what has not begun never will. What is spent already is owed: the balance goes below zero, and nothing can be
    spent until what is given has made up for it. NotFound where no lot has the reference.
    """
    if back.amount is not None and back.amount <= 0:
        raise InvalidInput("What is taken back must be positive.")
    await store.lock(work.connection, account_id)
    if await lots_store.backs(work.connection, account_id, "take_back", back.reference):
        return 0
    payment = await lots_store.of_payment(work.connection, account_id, back.lot_reference)
    if not payment:
        raise NotFound(f"This account was given nothing for {back.lot_reference}.")
    never, parts = lots_rules.to_take_back(payment, back.amount)
    canceled = await lots_store.cancel(work.connection, never, back.reference) if never else 0
    entries = [
        Entry(part, reference, back.note, lot_id)
        for (lot_id, part), reference in zip(parts, _references(back.reference, len(parts)), strict=True)
    ]
    taken = canceled + sum(entry.amount for entry in entries)
    if entries:
        lots = await lots_store.stock(work.connection, account_id, work.now, "")
        wanted = [Wanted(entry.reference, entry.amount, entry.lot_id) for entry in entries]
        await lots_store.post(work.connection, account_id, "take_back", entries, lots_rules.taken(lots, wanted))
    if taken:
        usd = money.dollars(taken)
        work.record(
            account_id, Action.CREDIT_TAKEN_BACK, back.reference, amount_usd=usd, lot=back.lot_reference, note=back.note
        )
    return taken


async def give_again(work: Work, account_id: UUID, again: GiveAgain) -> int:
    """Give again what a `TakeBack` took, in lots of their own that lapse as the first would have, or after as long where that is past;
    how much, 0 where that was done before or nothing was taken. What other lots had stood in for does not lapse: it is theirs.
    """
    balances = await store.lock(work.connection, account_id)
    if await lots_store.backs(work.connection, account_id, "give_again", again.reference):
        return 0
    given = await lots_store.revive(work.connection, account_id, again.taken, work.now)
    taken = await lots_store.backs(work.connection, account_id, "take_back", again.taken)
    if lots := await _given_again(work, taken, again):
        ids = await lots_store.insert(work.connection, account_id, lots, work.now)
        entries = [
            Entry(lot.amount, reference, again.note, ids[lot.reference])
            for lot, reference in zip(lots, _references(again.reference, len(lots)), strict=True)
        ]
        await _begin(work, account_id, "give_again", entries, -min(balances.available, 0))
        given += sum(lot.amount for lot in lots)
    if given:
        work.record(
            account_id,
            Action.CREDIT_GIVEN_AGAIN,
            again.reference,
            amount_usd=money.dollars(given),
            taken=again.taken,
            note=again.note,
        )
    return given


async def _given_again(work: Work, taken: Sequence[lots_store.Back], again: GiveAgain) -> list[NewLot]:
    """The lots of what was taken back: first what others had stood in for, since that pays first what is owed still."""
    stood = await lots_store.stood_in(work.connection, [back.lot_id for back in taken])
    kept: list[NewLot] = []
    own: list[NewLot] = []
    for back in taken:
        parts = lots_rules.given_again(back.amount, back.own, stood.get(back.lot_id, 0))
        reference = f"{back.lot_reference}/{again.reference}"
        if parts.kept:
            kept.append(
                NewLot(Source.CREDIT_BACK, f"{reference}/kept", parts.kept, note=again.note, kept_of=back.lot_id)
            )
        if parts.own:
            until = lots_rules.lives_until(back.begins_at, back.expires_at, work.now)
            own.append(NewLot(back.source, reference, parts.own, until, note=again.note))
    return [*kept, *own]


def _references(reference: str, count: int) -> list[str]:
    """One for each entry of so many."""
    return [reference] if count == 1 else [f"{reference}/{number + 1:02}" for number in range(count)]


async def require_account(work: Work, account_id: UUID) -> None:
    if not await store.exists(work.connection, account_id):
        raise NotFound(f"There is no account {account_id}.")


async def give_back(work: Work, account_id: UUID, reference: str, amount: int) -> None:
    """A hold is released: each lot has again what was taken of it, once what is owed is paid. What lapsed meanwhile lapses again."""
    balances = await store.lock(work.connection, account_id)
    lots = await lots_store.taken_for(work.connection, account_id, reference)
    parts = [Part(reference, lot.id, lot.amount) for lot in lots]
    put = lots_rules.put(parts, -min(balances.available, 0))
    await lots_store.post(work.connection, account_id, "release", [Entry(amount, reference)], put)
    if any(lot.expires_at is not None and lot.expires_at <= work.now for lot in lots):
        await bring_up_to_date(work, account_id)


async def credit_back(work: Work, account_id: UUID, staging_id: UUID) -> int:
    """The price of a staging that was paid for is the account's again, as a lot of its own; how much, 0 where nothing was paid or that was
    given back before.
    """
    balances = await store.lock(work.connection, account_id)
    closed = await store.credit_hold(work.connection, staging_id)
    if closed is None:
        return 0
    paid_by = await lots_store.taken_for(work.connection, account_id, f"{staging_id}:{closed.turn}")
    stood = await lots_store.stood_in(work.connection, [lot.id for lot in paid_by])
    kept_of = lots_rules.stood_in_for(paid_by, stood)
    until = None if kept_of else lots_rules.credit_back_lapses(paid_by, work.now)
    lot = NewLot(Source.CREDIT_BACK, f"credit_back:{staging_id}", closed.amount, until, kept_of=kept_of)
    ids = await lots_store.insert(work.connection, account_id, [lot], work.now)
    entry = Entry(closed.amount, str(staging_id), "", ids[lot.reference])
    await _begin(work, account_id, "credit_back", [entry], -min(balances.available, 0))
    return closed.amount


async def lapse(platform: Platform) -> None:
    """Have lapse what is over, and begin what is due, of everybody: a chore. Whoever uses their credit before it sees no difference."""
    after = UUID(int=0)
    while accounts := await lots_store.with_something_due(platform.database, platform.clock(), after, MOST_AT_ONCE):
        for account_id in accounts:
            async with transaction(platform) as work:
                await bring_up_to_date(work, account_id)
        after = accounts[-1]
