"""Every statement on webhook endpoints: who is told, of which projects' ends, and which job sends to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from realstaging.domains.webhooks import deliveries_store
from realstaging.domains.webhooks.schemas import DisabledReason
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


async def by_id(connection: Connection, endpoint_id: UUID) -> Row | None:
    row = await connection.fetchrow(f"select {COLUMNS} from webhook_endpoints where id = $1", endpoint_id)
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
    await deliveries_store.give_up_waiting(connection, endpoint_id, at)
    return struct_of(Row, one(row))


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


# ---- who sends


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
