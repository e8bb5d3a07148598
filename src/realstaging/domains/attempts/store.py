"""Every statement on attempts and notices. A request is ``staging id:job id``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from realstaging.engines.attempts import Attempt, NewAttempt
from realstaging.runtime.account_data import Exported
from realstaging.runtime.database import Connection, count_of, struct_of, structs_of

COLUMNS = """attempts.token, request_key, number, model, version, seed, prompt_version, price, attempts.created_at, sent_at,
prediction_id, answer, cost, ended_at, verdict as outcome, reason, coalesce(stake, 0) as stake"""


class Answered(msgspec.Struct, frozen=True):
    """An attempt that its provider has answered; ``answer``: the prediction, as it was kept."""

    token: str
    answer: dict[str, Any]


class GivenUp(msgspec.Struct, frozen=True):
    """An attempt that could not be ended; ``cost`` is what it may have cost."""

    request_key: str
    prediction_id: str | None
    cost: int


class Notice(msgspec.Struct, frozen=True):
    """What a webhook told of an attempt."""

    token: str
    prediction: dict[str, Any]


class Cost(msgspec.Struct, frozen=True):
    """What a project's attempts cost us and what it earned us. Amounts in millionths of a dollar."""

    account_id: UUID
    account: str
    project: str
    attempts: int
    paid: int
    cost: int
    earned: int


async def of(connection: Connection, request_key: str) -> list[Attempt]:
    rows = await connection.fetch(f"select {COLUMNS} from attempts where request_key = $1 order by number", request_key)
    return structs_of(Attempt, rows)


async def before(connection: Connection, staging_id: UUID, request_key: str) -> int:
    """How many attempts the staging's earlier requests have had."""
    return int(
        await connection.fetchval(
            "select count(*) from attempts where staging_id = $1 and request_key <> $2", staging_id, request_key
        )
    )


async def account_of(connection: Connection, staging_id: UUID, job_id: UUID) -> UUID | None:
    """Whose the staging is, and that nobody ends it until the transaction does. None where it is over, or another job's, and where it, its
    photo or its project is deleted.
    """
    account_id: UUID | None = await connection.fetchval(
        """select projects.account_id from stagings join projects on projects.id = stagings.project_id join photos on photos.id = photo_id
           where stagings.id = $1 and job_id = $2 and state = 'running' and stagings.deleted_at is null
             and projects.deleted_at is null and photos.deleted_at is null for share of stagings""",
        staging_id,
        job_id,
    )
    return account_id


class NewRow(msgspec.Struct, frozen=True):
    """An attempt of a request, with whose it is. ``stake``: what is set aside for the whole request."""

    token: str
    request_key: str
    number: int
    staging_id: UUID
    account_id: UUID
    stake: int


async def open_attempt(connection: Connection, row: NewRow, new: NewAttempt) -> Attempt | None:
    """None where the request has an attempt with this number, or an open one. The account is locked: nobody else opens one now."""
    opened = await connection.fetchrow(
        f"""insert into attempts (token, request_key, number, staging_id, account_id, stake, model, version, seed, prompt_version, price)
            select $1, $2, $3, $4, $5, $6, $7, $8, $9::bigint, $10, $11
            where not exists (select from attempts where request_key = $2 and (number = $3 or verdict is null))
            returning {COLUMNS}""",
        *msgspec.structs.astuple(row),
        new.model,
        new.version,
        new.seed,
        new.prompt_version,
        new.price,
    )
    return struct_of(Attempt, opened)


async def send(connection: Connection, token: str) -> bool:
    return bool(
        await connection.fetchval(
            """update attempts set sent_at = now() from stagings
               where token = $1 and sent_at is null and verdict is null and stagings.id = staging_id
                 and request_key = stagings.id || ':' || job_id and state = 'running' and deleted_at is null
               returning true""",
            token,
        )
    )


async def unsend(connection: Connection, token: str) -> None:
    """Give the right to ask back; an attempt that was stopped meanwhile is over with it."""
    await connection.execute(
        """update attempts set sent_at = null, ended_at = case when verdict is not null then now() end
           where token = $1 and prediction_id is null and ended_at is null""",
        token,
    )


async def created(connection: Connection, token: str, prediction_id: str) -> None:
    await connection.execute(
        "update attempts set prediction_id = $2 where token = $1 and prediction_id is null", token, prediction_id
    )


async def price(connection: Connection, token: str) -> int | None:
    price: int | None = await connection.fetchval("select price from attempts where token = $1", token)
    return price


async def answered(connection: Connection, token: str, prediction_id: str, answer: object, cost: int) -> None:
    """Keep the first answer, also one that comes after the attempt was closed."""
    await connection.execute(
        """update attempts set answer = $3, cost = $4, prediction_id = $2, ended_at = coalesce(ended_at, now())
           where token = $1 and answer is null and (prediction_id is null or prediction_id = $2)""",
        token,
        prediction_id,
        answer,
        cost,
    )


async def concluded(connection: Connection, token: str, outcome: str, reason: str, never_created: bool) -> None:
    await connection.execute(
        """update attempts set verdict = $2, reason = $3,
             ended_at = case when sent_at is null or $4 then coalesce(ended_at, now()) else ended_at end
           where token = $1 and verdict is null""",
        token,
        outcome,
        reason,
        never_created,
    )


async def never_created(connection: Connection, token: str) -> None:
    await connection.execute(
        "update attempts set ended_at = now() where token = $1 and prediction_id is null and ended_at is null", token
    )


async def unknown(connection: Connection, token: str) -> None:
    await connection.execute(
        "update attempts set ended_at = now(), cost = price where token = $1 and sent_at is not null and ended_at is null",
        token,
    )


async def answers(connection: Connection, tokens: Sequence[str]) -> list[Answered]:
    """Of these, the attempts that have one."""
    rows = await connection.fetch(
        "select token, answer from attempts where token = any($1) and answer is not null", list(tokens)
    )
    return structs_of(Answered, rows)


# Nobody waits for what becomes of the attempt any more.
LEFT = """ended_at is null and not exists (select from stagings where stagings.id = staging_id
  and request_key = stagings.id || ':' || job_id and state in ('queued', 'running') and deleted_at is null)"""


async def stopping(connection: Connection, staging_ids: Sequence[UUID]) -> list[str]:
    """The request keys of these stagings with a prediction that may run or an attempt that may still be sent: about to be stopped."""
    rows = await connection.fetch(
        """update attempts set stopping_at = now(), stops = stops + 1
           where token in (select token from attempts where staging_id = any($1) and ended_at is null order by token for update)
           returning request_key""",
        list(staging_ids),
    )
    return sorted({row["request_key"] for row in rows})


async def abandoned(connection: Connection, after: timedelta, again: timedelta, most: int) -> list[str]:
    """Request keys with something unended that nobody waits for any more: ``again`` after they were named last, then after twice as
    long each time, ``most`` times in all.
    """
    rows = await connection.fetch(
        f"""update attempts set stopping_at = now(), stops = stops + 1
            where token in (
              select token from attempts where {LEFT} and created_at < now() - $1::interval and stops < $3
                and (stopping_at is null or stopping_at < now() - $2::interval * 2 ^ greatest(stops - 1, 0))
              order by token for update)
            returning request_key""",
        after,
        again,
        most,
    )
    return sorted({row["request_key"] for row in rows})


async def give_up(connection: Connection, again: timedelta, most: int) -> list[GivenUp]:
    """End what was named ``most`` times without an end, and count what may have been charged as charged."""
    rows = await connection.fetch(
        f"""update attempts set ended_at = now(), verdict = coalesce(verdict, 'stopped'),
              cost = case when sent_at is null then 0 else price end
            where token in (select token from attempts where {LEFT} and stops >= $2
              and stopping_at < now() - $1::interval * 2 ^ (stops - 1) order by token for update)
            returning request_key, prediction_id, cost""",
        again,
        most,
    )
    return structs_of(GivenUp, rows)


async def to_free(connection: Connection, after: timedelta, most: int) -> list[str]:
    """Ended attempts whose pictures are no longer needed, each named once: a staging under way may need what passed."""
    rows = await connection.fetch(
        """update attempts set freed_at = now() where token in (
             select token from attempts where ended_at < now() - $1::interval and freed_at is null
               and not exists (select from stagings where stagings.id = staging_id
                 and state in ('queued', 'running') and deleted_at is null)
             order by ended_at limit $2
           ) returning token""",
        after,
        most,
    )
    return [row["token"] for row in rows]


async def keep_notice(connection: Connection, notice_id: str, token: str, prediction: object) -> bool:
    """False where this notice came before."""
    return bool(
        await connection.fetchval(
            "insert into notices (id, token, prediction) values ($1, $2, $3) on conflict do nothing returning true",
            notice_id,
            token,
            prediction,
        )
    )


async def handle_notice(connection: Connection, notice_id: str) -> Notice | None:
    """Mark the notice as handled in this transaction. None where it was."""
    row = await connection.fetchrow(
        "update notices set handled_at = now() where id = $1 and handled_at is null returning token, prediction",
        notice_id,
    )
    return struct_of(Notice, row)


async def forget_notices(connection: Connection, after: timedelta, most: int) -> int:
    """Forget some of those that came so long ago; how many."""
    told: str = await connection.execute(
        """delete from notices where id in (
             select id from notices where received_at < now() - $1::interval order by received_at limit $2)""",
        after,
        most,
    )
    return count_of(told)


class Made(msgspec.Struct, frozen=True):
    """Which model made a picture, asked by which version of our prompts."""

    model: str
    prompt_version: str


async def made(connection: Connection, staging_id: UUID) -> Made | None:
    row = await connection.fetchrow(
        """select model, prompt_version from attempts where staging_id = $1 and verdict = 'passed'
           order by created_at desc limit 1""",
        staging_id,
    )
    return struct_of(Made, row)


async def costs(connection: Connection, since: datetime) -> list[Cost]:
    """What providers charged us for each account and project, and what was earned with it; dearest first. Of stagings that are forgotten
    too: a project that is has no name.
    """
    rows = await connection.fetch(
        """select accounts.id as account_id, accounts.name as account, coalesce(projects.name, '') as project, count(*) as attempts,
             count(*) filter (where cost > 0) as paid, sum(cost)::bigint as cost,
             coalesce(sum(holds.amount) filter (where verdict = 'passed' and holds.state = 'settled'), 0)::bigint as earned
           from attempts left join stagings on stagings.id = attempts.staging_id left join holds on holds.staging_id = attempts.staging_id
             left join projects on projects.id = coalesce(stagings.project_id, holds.project_id)
             join accounts on accounts.id = coalesce(attempts.account_id, projects.account_id)
           where attempts.created_at >= $1
           group by accounts.id, accounts.name, projects.id, projects.name order by sum(cost) desc""",
        since,
    )
    return structs_of(Cost, rows)


async def exported(connection: Connection, account_id: UUID, after: str | None, most: int) -> list[Exported]:
    rows = await connection.fetch(
        """select token as at, to_jsonb(attempts) - array['token', 'answer'] as said from attempts
           where account_id = $1 and ($2::text is null or token > $2) order by token limit $3""",
        account_id,
        after,
        most,
    )
    return structs_of(Exported, rows)


async def lock_some(connection: Connection, account_id: UUID, most: int) -> list[str]:
    """Some attempts of an account that have ended, and are to go."""
    rows = await connection.fetch(
        """select token from attempts where account_id = $1 and ended_at is not null order by token limit $2 for update""",
        account_id,
        most,
    )
    return [row["token"] for row in rows]


async def erase(connection: Connection, tokens: Sequence[str]) -> None:
    await connection.execute("delete from attempts where token = any($1)", list(tokens))


async def any_unended(connection: Connection, account_id: UUID) -> bool:
    return bool(
        await connection.fetchval(
            "select exists (select from attempts where account_id = $1 and ended_at is null)", account_id
        )
    )
