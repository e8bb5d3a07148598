"""Every statement on how long an account wants its things kept. The stores of those things read the same columns."""

from __future__ import annotations

from uuid import UUID

from realstaging.domains.accounts.keeping_rules import Chosen
from realstaging.runtime.database import Connection, one, struct_of

COLUMNS = "keep_photos_days as photos, keep_results_days as results, keep_uploads_days as uploads, keep_from"


async def chosen(connection: Connection, account_id: UUID) -> Chosen:
    return struct_of(
        Chosen, one(await connection.fetchrow(f"select {COLUMNS} from accounts where id = $1", account_id))
    )


async def lock(connection: Connection, account_id: UUID) -> Chosen:
    row = await connection.fetchrow(f"select {COLUMNS} from accounts where id = $1 for no key update", account_id)
    return struct_of(Chosen, one(row))


async def keep(connection: Connection, account_id: UUID, chosen: Chosen) -> None:
    await connection.execute(
        "update accounts set keep_photos_days = $2, keep_results_days = $3, keep_uploads_days = $4, keep_from = $5 where id = $1",
        account_id,
        chosen.photos,
        chosen.results,
        chosen.uploads,
        chosen.keep_from,
    )
