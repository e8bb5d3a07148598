"""What is kept of whom, in files, as rows say it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from realstaging.domains.operations.schemas import StoredKind
from realstaging.runtime.database import Connection, struct_of, structs_of
from realstaging.runtime.last_done import Done


async def kinds(connection: Connection) -> list[StoredKind]:
    """Photos as they were sent, results, archives, and files that were announced and are no photo yet."""
    rows = await connection.fetch(
        """select 'originals' as kind, count(*) as count, coalesce(sum(size), 0)::bigint as bytes from originals where freed_at is null
           union all
           select 'results', count(*), coalesce(sum(stored_bytes), 0)::bigint from stagings where stored_bytes > 0 and deleted_at is null
           union all
           select 'archives', count(*), coalesce(sum(size), 0)::bigint from archives where state = 'ready'
           union all
           select 'uploads', count(*), coalesce(sum(size), 0)::bigint from uploads where photo_id is null"""
    )
    return structs_of(StoredKind, rows)


class AccountRow(msgspec.Struct, frozen=True):
    """What an account keeps, in bytes."""

    account_id: UUID
    account: str
    originals: int
    results: int


async def largest_accounts(connection: Connection, most: int) -> list[AccountRow]:
    """Those that keep most."""
    rows = await connection.fetch(
        """with kept as (
             select account_id, sum(size)::bigint as originals, 0::bigint as results from originals where freed_at is null group by 1
             union all
             select account_id, 0, sum(stored_bytes)::bigint from stagings join projects on projects.id = project_id
             where stored_bytes > 0 and stagings.deleted_at is null group by 1)
           select account_id, accounts.name as account, sum(originals)::bigint as originals, sum(results)::bigint as results
           from kept join accounts on accounts.id = account_id
           group by 1, 2 order by sum(originals) + sum(results) desc, 1 limit $1""",
        most,
    )
    return structs_of(AccountRow, rows)


class LastInventory(msgspec.Struct, frozen=True):
    """When files and rows were last held against each other, and what that came to (`files.service.Found`)."""

    done_at: datetime
    details: dict[str, int]


async def last_inventory(connection: Connection) -> LastInventory | None:
    """None where it never was."""
    row = await connection.fetchrow("select done_at, details from last_done where what = $1", Done.INVENTORY)
    return struct_of(LastInventory, row)
