"""What holds of money at any moment, each as a query that finds nothing (docs/explanation/money.md names them).

`realstaging operate ledger check` asks them, and every fault test does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

import msgspec

from realstaging.domains.billing.lots_store import STOOD
from realstaging.runtime.database import Connection, structs_of

# What an entry does to the account's three balances.
SUMS: Final = """select account_id,
    coalesce(sum(amount) filter (where credit = 'available'), 0) - coalesce(sum(amount) filter (where debit = 'available'), 0) as available,
    coalesce(sum(amount) filter (where credit = 'held'), 0) - coalesce(sum(amount) filter (where debit = 'held'), 0) as held,
    coalesce(sum(amount) filter (where credit = 'earned'), 0) - coalesce(sum(amount) filter (where debit = 'earned'), 0) as earned
  from ledger_entries group by account_id"""
# Each finds rows of an account and what is wrong with it.
INVARIANTS: Final[Mapping[str, str]] = {
    "balances_are_their_entries": f"""
      select account_id, format('available %s and held %s, by the entries %s and %s', balances.available, balances.held, sums.available, sums.held)
        as told
      from ledger_accounts as balances left join ({SUMS}) as sums using (account_id)
      where (balances.available, balances.held) is distinct from (coalesce(sums.available, 0), coalesce(sums.held, 0))""",
    "holds_are_their_entries": f"""
      select account_id, format('held %s and earned %s, by the holds %s and %s', sums.held, sums.earned, open.held, open.earned) as told
      from ({SUMS}) as sums full join (
        select account_id, coalesce(sum(amount) filter (where state = 'held'), 0) as held,
          coalesce(sum(amount) filter (where state = 'settled'), 0) as earned from holds group by account_id) as open using (account_id)
      where (coalesce(sums.held, 0), coalesce(sums.earned, 0)) is distinct from (coalesce(open.held, 0), coalesce(open.earned, 0))""",
    "lots_are_the_balance": """
      select account_id, format('available %s, in lots %s', available, coalesce(sum(remaining), 0)) as told
      from ledger_accounts left join lots using (account_id) group by account_id
      having greatest(available, 0) <> coalesce(sum(remaining), 0)""",
    "lots_are_their_entries": """
      select lots.account_id, format('lot %s has %s left, by its entries %s', lots.id, remaining,
        case source when 'opening' then lots.amount else 0 end + coalesce(sum(part.amount), 0)) as told
      from lots left join lot_entries as part on lot_id = lots.id group by lots.id
      having remaining <> case source when 'opening' then lots.amount else 0 end + coalesce(sum(part.amount), 0)""",
    "entries_fit_their_lots": """
      select entry.account_id, format('entry %s (%s) of %s moves %s in lots', entry.id, kind, entry.amount, coalesce(sum(part.amount), 0)) as told
      from ledger_entries as entry left join lot_entries as part on entry_id = entry.id
      where in_lots group by entry.id
      having case
        when kind in ('hold', 'lapse') then coalesce(sum(part.amount), 0) <> -entry.amount
        when kind = 'take_back' then coalesce(sum(part.amount), 0) not between -entry.amount and 0
        when kind = 'settle' then count(part.amount) > 0
        when kind = 'keep' then coalesce(sum(part.amount), 0) <> 0
        else coalesce(sum(part.amount), 0) not between 0 and entry.amount end""",
    "lots_are_given_once": """
      select lots.account_id, format('lot %s, %s, was given %s times, %s', lots.id, state, count(entry.id), coalesce(sum(entry.amount), 0)) as told
      from lots left join ledger_entries as entry on entry.account_id = lots.account_id
        and (lot_id = lots.id and kind in ('grant', 'give_again', 'credit_back', 'keep')
          or kind = 'grant' and entry.reference = lots.reference and not in_lots)
      where source <> 'opening'
      group by lots.id
      having (count(entry.id), coalesce(sum(entry.amount), 0)) is distinct from
        case state when 'begun' then (1::bigint, lots.amount::numeric) else (0::bigint, 0::numeric) end""",
    "nothing_is_taken_back_twice": """
      select lots.account_id, format('of lot %s of %s, %s were taken back or lapsed before', lots.id, lots.amount, sum(entry.amount)) as told
      from lots join ledger_entries as entry on lot_id = lots.id
        and (kind = 'take_back' or kind = 'lapse' and entry.id < (select max(back.id) from ledger_entries as back
          where back.lot_id = lots.id and back.kind = 'take_back'))
      group by lots.id having sum(entry.amount) > lots.amount""",
    "nothing_lapses_that_others_paid": f"""
      select lots.account_id, format('lot %s lapsed with entry %s, though others had stood in for %s of it', lots.id, entry.id, found.stood) as told
      from ledger_entries as entry join lots on lots.id = entry.lot_id
        cross join lateral (select ({STOOD.format(before="entry.id")})::bigint as stood) as found
      where kind = 'lapse' and exists (select from ledger_entries as back where back.lot_id = lots.id and back.kind = 'take_back')
        and found.stood > 0""",
    "holds_end_once": """
      select holds.account_id, format('hold of staging %s, %s, was begun %s times and ended %s', staging_id, state,
        count(*) filter (where kind = 'hold'), count(*) filter (where kind in ('settle', 'release'))) as told
      from holds left join ledger_entries as entry on entry.account_id = holds.account_id and kind in ('hold', 'settle', 'release')
        and entry.reference = staging_id || ':' || turn
      group by staging_id
      having (count(*) filter (where kind = 'hold'), count(*) filter (where kind = 'settle'), count(*) filter (where kind = 'release'))
        is distinct from case state when 'held' then (1::bigint, 0::bigint, 0::bigint) when 'released' then (1::bigint, 0::bigint, 1::bigint)
          else (1::bigint, 1::bigint, 0::bigint) end""",
    "credited_back_is_what_was_paid": """
      select holds.account_id, format('staging %s, %s of %s, was credited back %s', staging_id, state, holds.amount, coalesce(entry.amount, 0)) as told
      from holds left join ledger_entries as entry on entry.account_id = holds.account_id and kind = 'credit_back'
        and entry.reference = staging_id::text
      where coalesce(entry.amount, 0) <> case state when 'credited' then holds.amount else 0 end""",
    "who_pays_has_a_result": """
      select account_id, format('staging %s is %s, its hold %s', staging_id, stagings.state, holds.state) as told
      from holds join stagings on stagings.id = staging_id
      where holds.state in ('settled', 'credited') and stagings.state <> case holds.state when 'settled' then 'ready' else 'withdrawn' end""",
    "nothing_is_held_for_what_is_over": """
      select account_id, format('staging %s is %s, and %s are held', staging_id, stagings.state, holds.amount) as told
      from holds join stagings on stagings.id = staging_id
      where holds.state = 'held' and stagings.state not in ('queued', 'running')""",
}
CHECK: Final = " union all ".join(
    f"select '{name}' as invariant, account_id, told from ({query}) as found" for name, query in INVARIANTS.items()
)


class Disagreement(msgspec.Struct, frozen=True):
    """An account of which an invariant does not hold, and what is wrong."""

    invariant: str
    account_id: UUID
    told: str


async def disagreements(connection: Connection) -> list[Disagreement]:
    """All that does not hold. Always empty."""
    return structs_of(Disagreement, await connection.fetch(CHECK))
