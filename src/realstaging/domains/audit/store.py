"""Every statement that reads the audit trail, and the one that forgets. It is written by `runtime.work`."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from realstaging.runtime.database import Connection, structs_of


class Wanted(msgspec.Struct, frozen=True):
    """Which entries: of an account, or of all accounts and the platform; and of those, where more is said."""

    account_id: UUID | None
    everything: bool = False
    action: str | None = None
    person: UUID | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None


class Row(msgspec.Struct, frozen=True):
    id: UUID
    created_at: datetime
    account_id: UUID | None
    action: str
    subject: str | None
    actor_kind: str
    actor_id: UUID | None
    actor_name: str
    address: str
    device: str
    details: dict[str, Any]


MATCHING = """($2 or account_id = $1) and ($3::text is null or action = $3) and ($4::uuid is null or actor_id = $4)
  and ($5::text is null or subject = $5) and ($6::timestamptz is null or created_at >= $6)
  and ($7::timestamptz is null or created_at < $7)"""


async def page(connection: Connection, wanted: Wanted, before: UUID | None, limit: int) -> list[Row]:
    """Newest first."""
    rows = await connection.fetch(
        f"select * from audit_entries where {MATCHING} and ($8::uuid is null or id < $8) order by id desc limit $9",
        *_matching(wanted),
        before,
        limit,
    )
    return structs_of(Row, rows)


async def count(connection: Connection, wanted: Wanted, most: int) -> int:
    """How many there are; not counted any further than ``most``."""
    found: int = await connection.fetchval(
        f"select count(*) from (select from audit_entries where {MATCHING} limit $8) as found",
        *_matching(wanted),
        most,
    )
    return found


def _matching(wanted: Wanted) -> tuple[object, ...]:
    return (
        wanted.account_id,
        wanted.everything,
        wanted.action,
        wanted.person,
        wanted.subject,
        wanted.since,
        wanted.until,
    )


async def forget(connection: Connection, before: datetime, most: int) -> int:
    """Take entries away that are older; how many. The database lets nobody else do it, and none go that is younger than 30 days."""
    gone: int = await connection.fetchval("select forget_audit($1, $2)", before, most)
    return gone
