"""Every statement on lots and on the entries of the ledger. The account's row is locked by whoever calls (decision 106)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

import msgspec

from realstaging.domains.billing import lots_rules
from realstaging.domains.billing.lots_rules import Lot, NewLot, OfPayment, Part, Source
from realstaging.kit.ids import new_id
from realstaging.runtime.account_data import Exported
from realstaging.runtime.database import Connection, structs_of

KINDS: Final = {
    "grant": ("granted", "available"),
    "hold": ("available", "held"),
    "settle": ("held", "earned"),
    "release": ("held", "available"),
    "lapse": ("available", "lapsed"),
    "take_back": ("available", "granted"),
    "give_again": ("granted", "available"),
    "credit_back": ("earned", "available"),
    "keep": ("available", "available"),
}
"""By kind of entry, what it debits and what it credits."""
BALANCES: Final = {"available": (1, 0), "held": (0, 1)}
"""The balances that an account's row keeps."""
# Those that lapse soonest, then as `lots_rules.Source` has them. The trigger of migration 0030 says the same.
IN_ORDER: Final = """lots.expires_at nulls last, array_position(array['plan', 'credit_back', 'grant', 'opening', 'pack'], lots.source),
  lots.created_at, lots.reference"""
LOT: Final = "id, source, reference, amount, remaining, state = 'coming' as coming, begins_at, expires_at, lapses"


class Entry(NamedTuple):
    """An entry to be written. ``reference``: what it is for, once for each kind. ``lot_id``: the lot it is about, if one."""

    amount: int
    reference: str
    note: str = ""
    lot_id: UUID | None = None


class Back(msgspec.Struct, frozen=True):
    """What an entry took back of a lot, or gave again; ``own``: what of that the lot itself had."""

    amount: int
    own: int
    lot_id: UUID
    source: Source
    lot_reference: str
    begins_at: datetime
    expires_at: datetime | None


async def post(
    connection: Connection, account_id: UUID, kind: str, entries: Sequence[Entry], parts: Sequence[Part] = ()
) -> int:
    """Write entries of one kind with what they put into lots or take from them, and move all balances; how many were new.

    What the kind has a reference for already is done, and its parts are left out with it.
    """
    debit, credit = KINDS[kind]
    came, went = BALANCES.get(credit, (0, 0)), BALANCES.get(debit, (0, 0))
    return int(
        await connection.fetchval(
            """with entries as (
                 insert into ledger_entries (account_id, kind, debit, credit, amount, reference, note, lot_id, in_lots)
                 select $1, $2, $3, $4, amount, reference, note, lot_id, true
                 from unnest($5::bigint[], $6::text[], $7::text[], $8::uuid[]) as new (amount, reference, note, lot_id)
                 on conflict do nothing returning id, reference, amount),
               parts as (
                 select entries.id as entry_id, lot_id, part.amount
                 from unnest($9::text[], $10::uuid[], $11::bigint[]) as part (reference, lot_id, amount) join entries using (reference)),
               written as (insert into lot_entries (entry_id, lot_id, amount) select entry_id, lot_id, amount from parts),
               moved as (
                 update lots set remaining = remaining + total.amount,
                   lapses = lapses + ($2 in ('lapse', 'keep') and total.amount < 0)::int
                 from (select lot_id, sum(amount)::bigint as amount from parts group by lot_id) as total where lots.id = total.lot_id),
               balanced as (
                 update ledger_accounts set available = available + $12 * total.amount, held = held + $13 * total.amount
                 from (select sum(amount)::bigint as amount from entries) as total where account_id = $1 and total.amount is not null)
               select count(*) from entries""",
            account_id,
            kind,
            debit,
            credit,
            [entry.amount for entry in entries],
            [entry.reference for entry in entries],
            [entry.note for entry in entries],
            [entry.lot_id for entry in entries],
            [part.reference for part in parts],
            [part.lot_id for part in parts],
            [part.amount for part in parts],
            came[0] - went[0],
            came[1] - went[1],
        )
    )


async def stock(connection: Connection, account_id: UUID, now: datetime, reference: str) -> list[Lot]:
    """The account's lots with something left, in the order in which they are used; those that begin now, and the one of the reference."""
    rows = await connection.fetch(
        f"""select {LOT} from lots where account_id = $1 and (remaining > 0 or (state = 'coming' and begins_at <= $2) or reference = $3)
            order by {IN_ORDER}""",
        account_id,
        now,
        reference,
    )
    return structs_of(Lot, rows)


async def insert(connection: Connection, account_id: UUID, lots: Sequence[NewLot], now: datetime) -> dict[str, UUID]:
    """New lots with nothing in them yet, all coming: the id of each by its reference. What was given before is left out."""
    rows = await connection.fetch(
        """insert into lots (id, account_id, source, reference, amount, state, begins_at, expires_at, paid_minor, paid_currency, note, kept_of,
             created_at)
           select new.id, $1, source, new.reference, new.amount, 'coming', begins_at, expires_at, paid_minor, paid_currency, new.note, kept_of, $2
           from unnest($3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::timestamptz[], $8::timestamptz[], $9::bigint[], $10::text[],
             $11::text[], $12::uuid[]) as new (id, source, reference, amount, begins_at, expires_at, paid_minor, paid_currency, note, kept_of)
           where not exists (select from ledger_entries as given
             where given.account_id = $1 and given.kind = 'grant' and given.reference = new.reference)
           on conflict do nothing returning id, reference""",
        account_id,
        now,
        [new_id() for _ in lots],
        [lot.source for lot in lots],
        [lot.reference for lot in lots],
        [lot.amount for lot in lots],
        [lots_rules.begins(lot, now) for lot in lots],
        [lot.expires_at for lot in lots],
        [lot.paid and lot.paid.amount_minor for lot in lots],
        [lot.paid and lot.paid.currency for lot in lots],
        [lot.note for lot in lots],
        [lot.kept_of for lot in lots],
    )
    return {row["reference"]: row["id"] for row in rows}


async def begin(connection: Connection, lot_ids: Sequence[UUID]) -> None:
    await connection.execute("update lots set state = 'begun' where id = any($1) and state = 'coming'", list(lot_ids))


async def taken_for(connection: Connection, account_id: UUID, reference: str) -> list[Lot]:
    """The lots that a hold took from, each with what it took as ``amount``, in the order in which they are used."""
    rows = await connection.fetch(
        f"""select lots.id, source, lots.reference, -part.amount as amount, remaining, false as coming, begins_at, expires_at, lapses
            from ledger_entries as hold join lot_entries as part on part.entry_id = hold.id join lots on lots.id = part.lot_id
            where hold.account_id = $1 and hold.kind = 'hold' and hold.reference = $2 order by {IN_ORDER}""",
        account_id,
        reference,
    )
    return structs_of(Lot, rows)


async def of_payment(connection: Connection, account_id: UUID, reference: str) -> list[OfPayment]:
    """The lots of a payment, the latest first: the one of the reference, and its parts."""
    rows = await connection.fetch(
        """select lots.id, lots.reference, state = 'coming' as coming,
             case when state = 'canceled' then 0 else greatest(lots.amount - coalesce(sum(entries.amount), 0), 0) end::bigint as takeable
           from lots left join ledger_entries as entries on lot_id = lots.id and kind in ('lapse', 'take_back')
           where lots.account_id = $1 and (lots.reference = $2 or starts_with(lots.reference, $2 || '/'))
           group by lots.id order by begins_at desc, lots.reference""",
        account_id,
        reference,
    )
    return structs_of(OfPayment, rows)


async def cancel(connection: Connection, lot_ids: Sequence[UUID], reference: str) -> int:
    """Lots that have not begun never do, for what the reference names; what they would have given."""
    return int(
        await connection.fetchval(
            """with gone as (update lots set state = 'canceled', canceled_by = $2
                 where id = any($1) and state = 'coming' returning amount)
               select coalesce(sum(amount), 0) from gone""",
            list(lot_ids),
            reference,
        )
    )


async def revive(connection: Connection, account_id: UUID, reference: str, now: datetime) -> int:
    """Lots canceled for what the reference names come after all, for as long as they would have; what they give."""
    return int(
        await connection.fetchval(
            """with back as (update lots set state = 'coming', canceled_by = null, begins_at = greatest(begins_at, $3),
                   expires_at = expires_at + (greatest(begins_at, $3) - begins_at)
                 where account_id = $1 and canceled_by = $2 returning amount)
               select coalesce(sum(amount), 0) from back""",
            account_id,
            reference,
            now,
        )
    )


async def backs(connection: Connection, account_id: UUID, kind: str, reference: str) -> list[Back]:
    """What entries of this kind did to which lots for a reference, that itself or its parts."""
    rows = await connection.fetch(
        """select entries.amount, -coalesce(part.amount, 0) as own, lots.id as lot_id, source, lots.reference as lot_reference, begins_at, expires_at
           from ledger_entries as entries join lots on lots.id = entries.lot_id
             left join lot_entries as part on entry_id = entries.id and part.lot_id = lots.id
           where entries.account_id = $1 and kind = $2 and (entries.reference = $3 or starts_with(entries.reference, $3 || '/'))
           order by entries.id""",
        account_id,
        kind,
        reference,
    )
    return structs_of(Back, rows)


# What others stood in for: of what was taken back of a lot, what it did not have itself. What its releases paid of what was owed
# since then it had itself, and what was kept of it others have again. Of entries as far as {before}.
STOOD: Final = """coalesce((select sum(back.amount + coalesce(part.amount, 0))
    from ledger_entries as back left join lot_entries as part on entry_id = back.id and part.lot_id = lots.id
    where back.lot_id = lots.id and back.kind = 'take_back' and back.id <= {before}), 0)
  - coalesce((select sum(-used.amount - coalesce(part.amount, 0))
    from lot_entries as used join ledger_entries as hold on hold.id = used.entry_id and hold.kind = 'hold'
      join ledger_entries as release on release.account_id = hold.account_id and release.kind = 'release'
        and release.reference = hold.reference and release.id <= {before}
      left join lot_entries as part on part.entry_id = release.id and part.lot_id = lots.id
    where used.lot_id = lots.id), 0)
  - coalesce((select sum(kept.amount) from lots as kept join ledger_entries as given on given.lot_id = kept.id
      and given.kind in ('keep', 'give_again', 'credit_back') and given.id <= {before}
    where kept.kept_of = lots.id), 0)"""
LATEST: Final = 2**63 - 1


async def stood_in(connection: Connection, lot_ids: Sequence[UUID]) -> dict[UUID, int]:
    """For which of these lots others stood in, and with how much."""
    rows = await connection.fetch(
        f"""select id, ({STOOD.format(before=LATEST)})::bigint as stood from lots where id = any($1)
              and exists (select from ledger_entries as back where back.lot_id = lots.id and kind = 'take_back')""",
        list(lot_ids),
    )
    return {row["id"]: row["stood"] for row in rows if row["stood"] > 0}


async def with_something_due(connection: Connection, now: datetime, after: UUID, most: int) -> list[UUID]:
    """Accounts, later than ``after``, with a lot that lapses or begins now."""
    rows = await connection.fetch(
        """select account_id from lots where remaining > 0 and expires_at <= $1 and account_id > $2
           union select account_id from lots where state = 'coming' and begins_at <= $1 and account_id > $2
           order by account_id limit $3""",
        now,
        after,
        most,
    )
    return [row["account_id"] for row in rows]


async def exported(connection: Connection, account_id: UUID, after: str | None, most: int) -> list[Exported]:
    rows = await connection.fetch(
        """select id::text as at, to_jsonb(lots) as said from lots
           where account_id = $1 and ($2::text is null or id > $2::text::uuid) order by id limit $3""",
        account_id,
        after,
        most,
    )
    return structs_of(Exported, rows)
