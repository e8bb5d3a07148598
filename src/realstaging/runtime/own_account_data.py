"""What the runtime keeps of accounts: jobs, events, answers to requests (decision 105)."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from realstaging.runtime.account_data import AccountData, Counts
from realstaging.runtime.database import count_of
from realstaging.runtime.work import Work


async def erase(work: Work, account_id: UUID, most: int) -> Counts:
    """Whoever still runs one of its jobs finds the row gone at the next heartbeat, and stops."""
    counts = {
        "idempotency_keys": await work.connection.execute(
            """delete from idempotency_keys where (account_id, key) in (
                 select account_id, key from idempotency_keys where account_id = $1 order by key limit $2 for update)""",
            account_id,
            most,
        ),
        "jobs": await work.connection.execute(
            "delete from jobs where id in (select id from jobs where account_id = $1 order by id limit $2 for update)",
            account_id,
            most,
        ),
        "lane_turns": await work.connection.execute("delete from lane_turns where account_id = $1", account_id),
        "events": await work.connection.execute(
            """delete from events where id in (select id from events where account_id = $1
                 and id < (select max(id) from events) order by id limit $2)""",
            account_id,
            most,
        ),
    }
    # The newest of all events stays, so that their ids go on; it tells nothing any more.
    await work.connection.execute("update events set data = 'null' where account_id = $1", account_id)
    gone = {table: count_of(told) for table, told in counts.items()}
    return {table: count for table, count in gone.items() if count}


DATA: Final = AccountData(
    tables=frozenset({"jobs", "lane_turns", "events", "idempotency_keys"}),
    erase=erase,
)
