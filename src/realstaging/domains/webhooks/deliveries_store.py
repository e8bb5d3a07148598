"""Every statement on deliveries and their attempts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from realstaging.domains.webhooks.schemas import DeliveryState
from realstaging.runtime.database import Connection, struct_of, structs_of


class DeliveryRow(msgspec.Struct, frozen=True):
    """A message to an endpoint. ``tries`` since it was made or replayed."""

    id: UUID
    endpoint_id: UUID
    type: str
    body: str
    state: DeliveryState
    tries: int
    next_at: datetime | None
    created_at: datetime
    finished_at: datetime | None
    status: int | None = None


DELIVERY = """webhook_deliveries.id, endpoint_id, type, body, state, tries, next_at, webhook_deliveries.created_at, finished_at"""
NEWEST_STATUS = """(select status from webhook_attempts where delivery_id = webhook_deliveries.id order by id desc limit 1) as status"""


class AttemptRow(msgspec.Struct, frozen=True):
    at: datetime
    url: str
    status: int | None
    answer: str
    error: str | None
    milliseconds: int


class NewDelivery(msgspec.Struct, frozen=True):
    id: UUID
    endpoint_id: UUID
    type: str
    body: str


async def insert_deliveries(connection: Connection, rows: Sequence[NewDelivery], at: datetime) -> None:
    await connection.execute(
        """insert into webhook_deliveries (id, endpoint_id, type, body, next_at, created_at)
           select *, $5, $5 from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[])""",
        [row.id for row in rows],
        [row.endpoint_id for row in rows],
        [row.type for row in rows],
        [row.body for row in rows],
        at,
    )


async def due(connection: Connection, endpoint_id: UUID, by: datetime, most: int) -> list[DeliveryRow]:
    """What is to be sent to an endpoint, oldest first; nothing while it is paused or disabled."""
    rows = await connection.fetch(
        f"""select {DELIVERY} from webhook_deliveries join webhook_endpoints on webhook_endpoints.id = endpoint_id
            where endpoint_id = $1 and state = 'waiting' and next_at <= $2 and enabled and coalesce(paused_until <= $2, true)
            order by next_at, webhook_deliveries.id limit $3""",
        endpoint_id,
        by,
        most,
    )
    return structs_of(DeliveryRow, rows)


class Outcome(msgspec.Struct, frozen=True):
    """What becomes of a delivery after its try number ``tries``."""

    delivery_id: UUID
    tries: int
    state: DeliveryState
    next_at: datetime | None
    finished_at: datetime | None


async def end_try(connection: Connection, outcome: Outcome) -> bool:
    """False where another run has written this try, or the delivery is gone or over."""
    return bool(
        await connection.fetchval(
            """update webhook_deliveries set tries = $2, state = $3, next_at = $4, finished_at = $5
               where id = $1 and state = 'waiting' and tries = $2 - 1 returning true""",
            outcome.delivery_id,
            outcome.tries,
            outcome.state,
            outcome.next_at,
            outcome.finished_at,
        )
    )


async def give_up_waiting(connection: Connection, endpoint_id: UUID, at: datetime) -> None:
    await connection.execute(
        """update webhook_deliveries set state = 'failed', next_at = null, finished_at = $2
           where endpoint_id = $1 and state = 'waiting'""",
        endpoint_id,
        at,
    )


async def insert_attempt(connection: Connection, attempt_id: UUID, delivery_id: UUID, row: AttemptRow) -> None:
    await connection.execute(
        """insert into webhook_attempts (id, delivery_id, at, url, status, answer, error, milliseconds)
           values ($1, $2, $3, $4, $5, $6, $7, $8)""",
        attempt_id,
        delivery_id,
        row.at,
        row.url,
        row.status,
        row.answer,
        row.error,
        row.milliseconds,
    )


async def page(
    connection: Connection, endpoint_id: UUID, state: DeliveryState | None, before: UUID | None, limit: int
) -> list[DeliveryRow]:
    """An endpoint's deliveries, newest first."""
    rows = await connection.fetch(
        f"""select {DELIVERY}, {NEWEST_STATUS} from webhook_deliveries
            where endpoint_id = $1 and ($2::text is null or state = $2) and ($3::uuid is null or id < $3)
            order by id desc limit $4""",
        endpoint_id,
        state,
        before,
        limit,
    )
    return structs_of(DeliveryRow, rows)


async def delivery(connection: Connection, account_id: UUID, delivery_id: UUID) -> DeliveryRow | None:
    row = await connection.fetchrow(
        f"""select {DELIVERY}, {NEWEST_STATUS} from webhook_deliveries
            join webhook_endpoints on webhook_endpoints.id = endpoint_id
            where account_id = $1 and webhook_deliveries.id = $2""",
        account_id,
        delivery_id,
    )
    return struct_of(DeliveryRow, row)


async def attempts(connection: Connection, delivery_id: UUID, most: int) -> list[AttemptRow]:
    """Newest first."""
    rows = await connection.fetch(
        """select at, url, status, answer, error, milliseconds from webhook_attempts where delivery_id = $1
           order by id desc limit $2""",
        delivery_id,
        most,
    )
    return structs_of(AttemptRow, rows)


async def replay(connection: Connection, delivery_ids: Sequence[UUID], at: datetime) -> None:
    """Have them sent again, now, with the whole schedule before them."""
    await connection.execute(
        """update webhook_deliveries set state = 'waiting', tries = 0, next_at = $2, finished_at = null
           where id in (select id from webhook_deliveries where id = any($1) order by id for update)""",
        list(delivery_ids),
        at,
    )


class Range(msgspec.Struct, frozen=True):
    since: datetime
    until: datetime | None
    states: Sequence[DeliveryState]


class Made(msgspec.Struct, frozen=True):
    """A delivery, and when it was made."""

    id: UUID
    created_at: datetime


async def in_range(connection: Connection, endpoint_id: UUID, asked: Range, most: int) -> list[Made]:
    """Oldest first."""
    rows = await connection.fetch(
        """select id, created_at from webhook_deliveries
           where endpoint_id = $1 and created_at >= $2 and ($3::timestamptz is null or created_at < $3) and state = any($4)
           order by created_at, id limit $5""",
        endpoint_id,
        asked.since,
        asked.until,
        list(asked.states),
        most,
    )
    return structs_of(Made, rows)


class Overdue(msgspec.Struct, frozen=True):
    id: UUID
    account_id: UUID


async def overdue(connection: Connection, before: datetime, now: datetime, kind: str, most: int) -> list[Overdue]:
    """WebhookEndpoints with something to send that no job of this kind is about to send."""
    rows = await connection.fetch(
        """select id, account_id from webhook_endpoints
           where enabled and coalesce(paused_until < $1, true)
             and exists (select from webhook_deliveries where endpoint_id = webhook_endpoints.id and state = 'waiting' and next_at < $1)
             and not exists (select from jobs where kind = $2 and payload ->> 'endpoint_id' = webhook_endpoints.id::text
               and (jobs.state = 'running' or (jobs.state = 'queued' and run_at <= $4)))
           order by id limit $3""",
        before,
        kind,
        most,
        now,
    )
    return structs_of(Overdue, rows)


async def forget(connection: Connection, before: datetime, most: int) -> int:
    """Delete deliveries made before that are over, with their attempts; how many there were."""
    rows = await connection.fetch(
        """delete from webhook_deliveries where id in (
             select id from webhook_deliveries where created_at < $1 and state <> 'waiting' order by id limit $2) returning id""",
        before,
        most,
    )
    return len(rows)
