"""What is forgotten with time, so that tables stay small: told events, finished jobs, old idempotency keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from realstaging.kit.ids import id_of
from realstaging.runtime import ended_sessions
from realstaging.runtime.database import FORGOTTEN_AT_ONCE, Connection, count_of, in_parts
from realstaging.runtime.platform import Platform

# A browser that was away longer than an hour looks anew anyway; the rest is kept to be looked into.
EVENTS: Final = timedelta(days=7)
JOBS: Final = timedelta(days=30)
KEYS: Final = timedelta(days=2)
# Of accounts that have had no job for so long nobody needs to know whose turn was last.
TURNS: Final = timedelta(days=1)

# Events have ascending ids, and jobs' tell when they were made: the oldest are found without an index on their age.
OLD_EVENTS: Final = """delete from events where id in (select id from events order by id limit $1)
  and created_at < $2 and id < (select max(id) from events)"""
OLD_JOBS: Final = """delete from jobs where id in
  (select id from jobs where id < $3 and state = 'done' and finished_at < $2 order by id limit $1)"""
OLD_KEYS: Final = """delete from idempotency_keys where (account_id, key) in
  (select account_id, key from idempotency_keys where created_at < $2 order by created_at limit $1)"""
OLD_TURNS: Final = """delete from lane_turns where (lane, account_id) in
  (select lane, account_id from lane_turns where served_at < $2 order by lane, account_id limit $1)"""


async def forget(platform: Platform, at_once: int = FORGOTTEN_AT_ONCE) -> None:
    """Delete what is past its time. Dead jobs stay until they are replayed. A table that cannot be tidied now keeps no other from it."""
    delete, now = partial(_delete, platform.database), platform.clock()
    failed: list[Exception] = []
    for some in (
        partial(delete, OLD_EVENTS, [now - EVENTS]),
        partial(delete, OLD_JOBS, [now - JOBS, id_of(now - JOBS)]),
        partial(delete, OLD_KEYS, [now - KEYS]),
        partial(ended_sessions.forget, platform.database, now),
        partial(delete, OLD_TURNS, [now - TURNS]),
    ):
        try:
            await in_parts(some, at_once)
        except Exception as error:  # noqa: BLE001 - told below, with those of other tables
            failed.append(error)
    if failed:
        raise ExceptionGroup("Some tables could not be tidied.", failed)


async def _delete(database: Connection, statement: str, past: Sequence[datetime | UUID], most: int) -> int:
    told: str = await database.execute(statement, most, *past)
    return count_of(told)
