"""Every statement on webhook endpoints, their deliveries and attempts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from realstaging.domains.webhooks.schemas import DeliveryState, DisabledReason
from realstaging.runtime.database import Connection, one, struct_of, structs_of


class Row(msgspec.Struct, frozen=True):
    """An endpoint; its secrets are sealed. ``failures`` in a row; ``runner``: the job that sends to it."""

    id: UUID
    account_id: UUID
    url: str
    description: str
    events: list[str]
    enabled: bool
    disabled_reason: DisabledReason | None
    secret: str
    previous_secret: str | None
    previous_until: datetime | None
    failures: int
    failing_since: datetime | None
    warned_at: datetime | None
    paused_until: datetime | None
    created_at: datetime


COLUMNS = """id, account_id, url, description, events, enabled, disabled_reason, secret, previous_secret, previous_until, failures,
failing_since, warned_at, paused_until, created_at"""


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


class Listening(msgspec.Struct, frozen=True):
    """An endpoint that is told some of what happens in an account."""

    id: UUID
    account_id: UUID
    events: list[str]
    created_at: datetime


# ---- endpoints


async def lock_account(connection: Connection, account_id: UUID) -> None:
    """One request of an account at a time counts its endpoints."""
    await connection.execute(
        "select pg_advisory_xact_lock(hashtextextended('webhook_endpoints:' || $1::uuid::text, 0))", account_id
    )


async def count(connection: Connection, account_id: UUID) -> int:
    number: int = await connection.fetchval("select count(*) from webhook_endpoints where account_id = $1", account_id)
    return number


class NewEndpointRow(msgspec.Struct, frozen=True):
    id: UUID
    account_id: UUID
    url: str
    description: str
    events: Sequence[str]
    secret: str
    created_at: datetime


async def insert(connection: Connection, row: NewEndpointRow) -> Row:
    inserted = await connection.fetchrow(
        f"""insert into webhook_endpoints (id, account_id, url, description, events, secret, created_at)
            values ($1, $2, $3, $4, $5, $6, $7) returning {COLUMNS}""",
        row.id,
        row.account_id,
        row.url,
        row.description,
        list(row.events),
        row.secret,
        row.created_at,
    )
    return struct_of(Row, one(inserted))


async def of_account(connection: Connection, account_id: UUID) -> list[Row]:
    """All endpoints of an account, oldest first."""
    rows = await connection.fetch(
        f"select {COLUMNS} from webhook_endpoints where account_id = $1 order by id", account_id
    )
    return structs_of(Row, rows)


async def find(connection: Connection, account_id: UUID, endpoint_id: UUID) -> Row | None:
    row = await connection.fetchrow(
        f"select {COLUMNS} from webhook_endpoints where account_id = $1 and id = $2", account_id, endpoint_id
    )
    return struct_of(Row, row)


async def lock_own(connection: Connection, account_id: UUID, endpoint_id: UUID) -> Row | None:
    """An account's endpoint, nobody else's to change until the transaction ends."""
    row = await connection.fetchrow(
        f"select {COLUMNS} from webhook_endpoints where account_id = $1 and id = $2 for no key update",
        account_id,
        endpoint_id,
    )
    return struct_of(Row, row)


async def lock(connection: Connection, endpoint_id: UUID) -> Row | None:
    row = await connection.fetchrow(
        f"select {COLUMNS} from webhook_endpoints where id = $1 for no key update", endpoint_id
    )
    return struct_of(Row, row)


class Setup(msgspec.Struct, frozen=True):
    """What people decide of an endpoint."""

    url: str
    description: str
    events: Sequence[str]
    enabled: bool


async def change(connection: Connection, endpoint_id: UUID, setup: Setup, *, anew: bool) -> Row:
    """``anew``: its failures are forgotten."""
    row = await connection.fetchrow(
        f"""update webhook_endpoints set url = $2, description = $3, events = $4, enabled = $5,
              disabled_reason = case when $5 then null else coalesce(disabled_reason, 'asked') end,
              failures = case when $6 then 0 else failures end, failing_since = case when $6 then null else failing_since end,
              warned_at = case when $6 then null else warned_at end, paused_until = case when $6 then null else paused_until end
            where id = $1 returning {COLUMNS}""",
        endpoint_id,
        setup.url,
        setup.description,
        list(setup.events),
        setup.enabled,
        anew,
    )
    return struct_of(Row, one(row))


async def rotate(connection: Connection, endpoint_id: UUID, secret: str, until: datetime) -> Row:
    row = await connection.fetchrow(
        f"""update webhook_endpoints set previous_secret = secret, previous_until = $3, secret = $2 where id = $1
            returning {COLUMNS}""",
        endpoint_id,
        secret,
        until,
    )
    return struct_of(Row, one(row))


async def delete(connection: Connection, account_id: UUID, endpoint_id: UUID) -> bool:
    """With its deliveries and their attempts."""
    return bool(
        await connection.fetchval(
            "delete from webhook_endpoints where account_id = $1 and id = $2 returning true", account_id, endpoint_id
        )
    )


async def recovered(connection: Connection, endpoint_id: UUID) -> None:
    """It took a message: what failed before is forgotten."""
    await connection.execute(
        """update webhook_endpoints set failures = 0, failing_since = null, warned_at = null, paused_until = null
           where id = $1 and (failures > 0 or paused_until is not null)""",
        endpoint_id,
    )


async def failed(connection: Connection, endpoint_id: UUID, at: datetime, paused_until: datetime | None) -> Row:
    row = await connection.fetchrow(
        f"""update webhook_endpoints set failures = failures + 1, failing_since = coalesce(failing_since, $2),
              paused_until = greatest(paused_until, $3)
            where id = $1 returning {COLUMNS}""",
        endpoint_id,
        at,
        paused_until,
    )
    return struct_of(Row, one(row))


async def warned(connection: Connection, endpoint_id: UUID, at: datetime) -> None:
    await connection.execute("update webhook_endpoints set warned_at = $2 where id = $1", endpoint_id, at)


async def disable(connection: Connection, endpoint_id: UUID, reason: DisabledReason, at: datetime) -> Row:
    """What was to be sent to it is given up: it can be replayed."""
    row = await connection.fetchrow(
        f"update webhook_endpoints set enabled = false, disabled_reason = $2 where id = $1 returning {COLUMNS}",
        endpoint_id,
        reason,
    )
    await give_up_waiting(connection, endpoint_id, at)
    return struct_of(Row, one(row))


async def give_up_waiting(connection: Connection, endpoint_id: UUID, at: datetime) -> None:
    await connection.execute(
        """update webhook_deliveries set state = 'failed', next_at = null, finished_at = $2
           where endpoint_id = $1 and state = 'waiting'""",
        endpoint_id,
        at,
    )


async def secrets(connection: Connection) -> list[Row]:
    """Every endpoint, locked to have its secrets sealed anew."""
    return structs_of(
        Row, await connection.fetch(f"select {COLUMNS} from webhook_endpoints order by id for no key update")
    )


async def put_secrets(connection: Connection, endpoint_id: UUID, secret: str, previous: str | None) -> None:
    await connection.execute(
        "update webhook_endpoints set secret = $2, previous_secret = $3 where id = $1", endpoint_id, secret, previous
    )


# ---- what is told


async def listening(connection: Connection, account_ids: Sequence[UUID], types: Sequence[str]) -> list[Listening]:
    """WebhookEndpoints of these accounts that are told one of these types."""
    rows = await connection.fetch(
        """select id, account_id, events, created_at from webhook_endpoints
           where account_id = any($1) and enabled and events && $2::text[] order by id""",
        list(account_ids),
        list(types),
    )
    return structs_of(Listening, rows)


async def lock_completion(connection: Connection, project_id: UUID) -> None:
    """One transaction at a time sees whether a project has come to its end: the one that commits last sees the others' ends."""
    await connection.execute(
        "select pg_advisory_xact_lock(hashtextextended('webhook_completions:' || $1::uuid::text, 0))", project_id
    )


async def complete(connection: Connection, project_id: UUID, ready_at: datetime) -> bool:
    """Note that a project's end is told, with what became ready last; False where that was told before."""
    return bool(
        await connection.fetchval(
            """insert into webhook_completions (project_id, ready_at) values ($1, $2)
               on conflict (project_id) do update set ready_at = excluded.ready_at
               where webhook_completions.ready_at < excluded.ready_at returning true""",
            project_id,
            ready_at,
        )
    )


# ---- deliveries


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


async def take(connection: Connection, endpoint_id: UUID, job_id: UUID) -> bool:
    """Become the one job that sends to an endpoint; False where another does, or it is gone. A dead job's place is free."""
    return bool(
        await connection.fetchval(
            """update webhook_endpoints set runner = $2 where id = $1 and (runner is null or runner = $2 or not exists (
                 select from jobs where jobs.id = runner and state in ('queued', 'running'))) returning true""",
            endpoint_id,
            job_id,
        )
    )


async def let_go(connection: Connection, endpoint_id: UUID, job_id: UUID) -> UUID | None:
    """Free the place; whose endpoint it is."""
    account_id: UUID | None = await connection.fetchval(
        "update webhook_endpoints set runner = null where id = $1 and runner = $2 returning account_id",
        endpoint_id,
        job_id,
    )
    return account_id


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


async def by_id(connection: Connection, endpoint_id: UUID) -> Row | None:
    row = await connection.fetchrow(f"select {COLUMNS} from webhook_endpoints where id = $1", endpoint_id)
    return struct_of(Row, row)


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
