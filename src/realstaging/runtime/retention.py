"""What is forgotten with time, so that tables stay small: told events, finished jobs, old idempotency keys."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from realstaging.runtime import ended_sessions
from realstaging.runtime.platform import Platform

# A browser that was away longer than an hour looks anew anyway; the rest is kept to be looked into.
EVENTS: Final = timedelta(days=7)
JOBS: Final = timedelta(days=30)
KEYS: Final = timedelta(days=2)
# Of accounts that have had no job for so long nobody needs to know whose turn was last.
TURNS: Final = timedelta(days=1)


async def forget(platform: Platform) -> None:
    """Delete what is past its time. Dead jobs stay until they are replayed."""
    now = platform.clock()
    await platform.database.execute(
        "delete from events where created_at < $1 and id < (select max(id) from events)", now - EVENTS
    )
    await platform.database.execute("delete from jobs where state = 'done' and finished_at < $1", now - JOBS)
    await platform.database.execute("delete from idempotency_keys where created_at < $1", now - KEYS)
    await ended_sessions.forget(platform.database, now)
    await platform.database.execute("delete from lane_turns where served_at < $1", now - TURNS)
