"""Which processes of the service live: each says so in a row, every few seconds.

By the database's clock: a process whose own is wrong neither lives longer than others nor takes them for dead.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Final

import msgspec

from realstaging.runtime.chores import Chore
from realstaging.runtime.database import Connection, structs_of
from realstaging.runtime.platform import Platform
from realstaging.runtime.release import INSTANCE, release

EVERY: Final = 10.0
"""Seconds between two heartbeats."""
SILENT_AFTER: Final = timedelta(seconds=45)
"""Who has said nothing for so long is taken for dead."""
KEPT: Final = timedelta(hours=1)


class Alive(msgspec.Struct, frozen=True):
    """Processes of one kind that live, and when the last of them was heard."""

    process: str
    count: int
    heard_at: datetime


async def beat(platform: Platform, process: str) -> None:
    """Say that this process lives (``process``: api or worker), and forget those that have been silent for long."""
    await platform.database.execute(
        """insert into heartbeats (instance, process, release, began_at, beat_at) values ($1, $2, $3, now(), now())
           on conflict (instance, process) do update set beat_at = excluded.beat_at, release = excluded.release""",
        INSTANCE,
        process,
        release().version,
    )
    await platform.database.execute("delete from heartbeats where beat_at < now() - $1::interval", KEPT)


def beating(process: str) -> Chore:
    """What each process does."""
    return Chore("beat", EVERY, partial(beat, process=process))


async def alive(connection: Connection) -> list[Alive]:
    """By kind; one of which none lives is not there."""
    rows = await connection.fetch(
        """select process, count(*), max(beat_at) as heard_at from heartbeats where beat_at >= now() - $1::interval
           group by process""",
        SILENT_AFTER,
    )
    return structs_of(Alive, rows)
