"""What customers were charged and what providers took, by day: from the ledger and the attempts, which outlive what they are about."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from realstaging.runtime.database import Connection, structs_of


class CostRow(msgspec.Struct, frozen=True):
    """One day (UTC), engine and model; amounts in millionths of a dollar."""

    day: date
    engine: str
    model: str
    asked: int
    passed: int
    cost: int
    unpaid: int
    charged: int
    earned: int
    credited_back: int


async def by_day(connection: Connection, since: datetime, paid_engine: str, most: int) -> list[CostRow]:
    """The newest day first, of one day the dearest first.

    ``paid_engine``: whose the pictures were whose staging is deleted by now. What test keys were charged is no money.
    """
    rows = await connection.fetch(
        """select day, engine, model, sum(asked)::bigint as asked, sum(passed)::bigint as passed, sum(cost)::bigint as cost,
             sum(unpaid)::bigint as unpaid, sum(charged)::bigint as charged, sum(earned)::bigint as earned,
             sum(credited_back)::bigint as credited_back
           from (
             select (a.ended_at at time zone 'UTC')::date as day, coalesce(s.engine, $2) as engine, a.model, 1 as asked,
               (a.verdict is not distinct from 'passed')::int as passed, a.cost,
               case when h.state is distinct from 'settled' then a.cost else 0 end as unpaid, 0 as charged, 0 as earned, 0 as credited_back
             from attempts a left join stagings s on s.id = a.staging_id left join holds h on h.staging_id = a.staging_id
             where a.ended_at >= $1
             union all
             select (e.created_at at time zone 'UTC')::date, coalesce(s.engine, $2), coalesce(made.model, ''), 0, 0, 0, 0,
               (e.kind = 'settle')::int, case e.kind when 'settle' then e.amount else 0 end, case e.kind when 'credit_back' then e.amount else 0 end
             from ledger_entries e join accounts owner on owner.id = e.account_id and owner.test_of is null
               left join stagings s on s.id = split_part(e.reference, ':', 1)::uuid
               left join lateral (select model from attempts where staging_id = split_part(e.reference, ':', 1)::uuid and verdict = 'passed'
                                  order by created_at desc limit 1) made on true
             where (e.kind = 'settle' and e.created_at >= $1) or (e.kind = 'credit_back' and e.created_at >= $1)) moved
           group by day, engine, model order by day desc, sum(cost) desc, engine, model limit $3""",
        since,
        paid_engine,
        most,
    )
    return structs_of(CostRow, rows)
