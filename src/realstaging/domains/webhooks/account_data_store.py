"""Every statement by which endpoints and what they were told are exported and erased."""

from __future__ import annotations

from uuid import UUID

from realstaging.runtime.account_data import Exported
from realstaging.runtime.database import Connection, count_of, structs_of


async def exported_endpoints(connection: Connection, account_id: UUID, after: str | None, most: int) -> list[Exported]:
    rows = await connection.fetch(
        """select id::text as at, to_jsonb(webhook_endpoints) - array['secret', 'previous_secret', 'runner'] as said
           from webhook_endpoints where account_id = $1 and ($2::text is null or id > $2::text::uuid) order by id limit $3""",
        account_id,
        after,
        most,
    )
    return structs_of(Exported, rows)


async def exported_deliveries(connection: Connection, account_id: UUID, after: str | None, most: int) -> list[Exported]:
    rows = await connection.fetch(
        """select webhook_deliveries.id::text as at, to_jsonb(webhook_deliveries) || jsonb_build_object('attempts', coalesce((
             select jsonb_agg(to_jsonb(webhook_attempts) order by webhook_attempts.id) from webhook_attempts
             where delivery_id = webhook_deliveries.id), '[]')) as said
           from webhook_deliveries join webhook_endpoints on webhook_endpoints.id = endpoint_id
           where account_id = $1 and ($2::text is null or webhook_deliveries.id > $2::text::uuid)
           order by webhook_deliveries.id limit $3""",
        account_id,
        after,
        most,
    )
    return structs_of(Exported, rows)


async def erase(connection: Connection, account_id: UUID, most: int) -> int:
    """Delete endpoints with all they were told; how many."""
    told: str = await connection.execute(
        """delete from webhook_endpoints where id in (
             select id from webhook_endpoints where account_id = $1 order by id limit $2 for update)""",
        account_id,
        most,
    )
    return count_of(told)
