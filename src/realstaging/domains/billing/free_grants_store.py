"""Every statement on who was given the free plan's credit."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import msgspec

from realstaging.runtime.database import Connection, count_of


class NewGrant(msgspec.Struct, frozen=True):
    """Digests of who asks: without one of the network's address where that is our own."""

    account_id: UUID
    month: date
    mailbox: bytes
    address: bytes | None
    device: bytes | None
    now: datetime


async def lock(connection: Connection, new: NewGrant) -> None:
    """Grants of one mailbox, one address or one device are counted one after another."""
    await connection.execute(
        """select pg_advisory_xact_lock(key) from (
             select distinct hashtextextended(encode(digest, 'hex'), 4) as key from unnest($1::bytea[]) as digest order by key) as keys""",
        [digest for digest in (new.mailbox, new.address, new.device) if digest is not None],
    )


async def take(connection: Connection, new: NewGrant, most: tuple[int, int, int]) -> bool:
    """Write a grant down, where no more than so many are of its mailbox, its address, its device this month. Whether it was.

    Called with those locked (`lock`). Two at once for one mailbox would want the same place, and one of them had it.
    """
    return bool(
        await connection.fetchval(
            """insert into free_grants (account_id, month, mailbox, place, address, device, created_at)
               select $1, $2, $3, of_mailbox + 1, $4, $5, $6
               from (select count(*) filter (where mailbox = $3) as of_mailbox, count(*) filter (where address = $4) as of_address,
                       count(*) filter (where device = $5) as of_device
                     from free_grants where month = $2 and (mailbox = $3 or address = $4 or device = $5)) as counted
               where of_mailbox < $7 and of_address < $8 and of_device < $9
               on conflict do nothing returning true""",
            *msgspec.structs.astuple(new),
            *most,
        )
    )


async def forget(connection: Connection, month: date, most: int) -> int:
    """Forget some of those of months before the last one; how many."""
    told: str = await connection.execute(
        """delete from free_grants where (account_id, month) in (
             select account_id, month from free_grants where month < $1::date - interval '1 month' order by month limit $2)""",
        month,
        most,
    )
    return count_of(told)
