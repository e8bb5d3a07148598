"""Every statement that reads the audit trail, and the one that forgets. It is written by `runtime.work`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from realstaging.runtime.account_data import Exported
from realstaging.runtime.database import Connection, count_of, structs_of
from realstaging.runtime.trail import Action


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


async def newest_of(
    connection: Connection, account_id: UUID, actions: Sequence[Action], since: datetime
) -> Action | None:
    """Which of these was done last to an account, since then."""
    found: str | None = await connection.fetchval(
        """select action from audit_entries where account_id = $1 and action = any($2) and created_at >= $3
           order by id desc limit 1""",
        account_id,
        list(actions),
        since,
    )
    return Action(found) if found else None


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


async def exported(connection: Connection, account_id: UUID, after: str | None, most: int) -> list[Exported]:
    rows = await connection.fetch(
        """select id::text as at, to_jsonb(audit_entries) as said from audit_entries
           where account_id = $1 and ($2::text is null or id > $2::text::uuid) order by id limit $3""",
        account_id,
        after,
        most,
    )
    return structs_of(Exported, rows)


async def exported_of(connection: Connection, person_id: UUID, after: str | None, most: int) -> list[Exported]:
    """What a person did, in accounts that they are in."""
    rows = await connection.fetch(
        """select audit_entries.id::text as at, to_jsonb(audit_entries) as said
           from members join audit_entries on audit_entries.account_id = members.account_id and actor_id = members.id
           where person_id = $1 and removed_at is null and ($2::text is null or audit_entries.id > $2::text::uuid)
           order by audit_entries.id limit $3""",
        person_id,
        after,
        most,
    )
    return structs_of(Exported, rows)


async def erase(connection: Connection, account_id: UUID, most: int) -> int:
    """Delete entries of an account that is being erased; of any other the database keeps them."""
    told: str = await connection.execute(
        """delete from audit_entries where id in (select id from audit_entries where account_id = $1 order by id limit $2)""",
        account_id,
        most,
    )
    return count_of(told)
