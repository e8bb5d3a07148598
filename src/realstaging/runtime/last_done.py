"""When something that others do for the service was last done, such as a backup: they say so, and alerts ask."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from realstaging.runtime.database import Connection  # the command line names what may be done without loading it


class Done(StrEnum):
    """What is written down."""

    BACKUP = "backup"
    """A backup was written and looked at."""
    RESTORE_REHEARSAL = "restore_rehearsal"
    """A backup was put back into a new database and looked at."""
    PROBE = "probe"
    """`realstaging probe` went well."""
    INVENTORY = "inventory"
    """`realstaging operate storage check` held every file against its row."""


async def note(connection: Connection, what: Done, at: datetime, details: Mapping[str, int] | None = None) -> None:
    """It was done at that moment, and came to this. One that comes late does not undo a later one."""
    await connection.execute(
        """insert into last_done (what, done_at, details) values ($1, $2, $3)
           on conflict (what) do update set done_at = excluded.done_at, details = excluded.details
             where last_done.done_at <= excluded.done_at""",
        what,
        at,
        details or {},
    )


async def all_of_them(connection: Connection) -> dict[str, datetime]:
    """What was done, and when."""
    rows = await connection.fetch("select what, done_at from last_done")
    return {row["what"]: row["done_at"] for row in rows}
