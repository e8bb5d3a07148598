"""Every statement on pictures that were given back."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from realstaging.domains.staging.schemas import GivenBack
from realstaging.runtime.database import Connection, structs_of


class NewRow(NamedTuple):
    """A picture that is given back, by whom and why; ``words``: what they wrote."""

    staging_id: UUID
    account_id: UUID
    member_id: UUID
    reason: str
    words: str
    amount: int
    engine: str
    model: str | None
    prompt_version: str | None
    created_at: datetime


class Reported(msgspec.Struct, frozen=True):
    """Of one engine, model and version of our prompts: pictures made, and given back for which reasons."""

    engine: str
    model: str | None
    prompt_version: str | None
    pictures: int
    given_back: int
    house_changed: int
    furniture_floats: int
    wrong_style: int
    other: int
    amount: int


async def given_since(connection: Connection, account_id: UUID, since: datetime) -> int:
    """How many pictures the account gave back since then."""
    return int(
        await connection.fetchval(
            "select count(*) from credit_backs where account_id = $1 and created_at >= $2", account_id, since
        )
    )


async def insert(connection: Connection, row: NewRow) -> None:
    await connection.execute(
        """insert into credit_backs (staging_id, account_id, member_id, reason, words, amount, engine, model, prompt_version, created_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""",
        *row,
    )


async def report(connection: Connection, since: datetime) -> list[Reported]:
    rows = await connection.fetch(
        """with made as (
             select engine, model, prompt_version, count(*) as pictures from attempts join stagings on stagings.id = staging_id
             where verdict = 'passed' and stagings.state in ('ready', 'withdrawn') and finished_at >= $1 group by 1, 2, 3),
           back as (
             select engine, model, prompt_version, count(*) as given_back, sum(amount)::bigint as amount,
               count(*) filter (where reason = 'house_changed') as house_changed,
               count(*) filter (where reason = 'furniture_floats') as furniture_floats,
               count(*) filter (where reason = 'wrong_style') as wrong_style, count(*) filter (where reason = 'other') as other
             from credit_backs where created_at >= $1 group by 1, 2, 3)
           select engine, model, prompt_version, coalesce(pictures, 0) as pictures, coalesce(given_back, 0) as given_back,
             coalesce(house_changed, 0) as house_changed, coalesce(furniture_floats, 0) as furniture_floats,
             coalesce(wrong_style, 0) as wrong_style, coalesce(other, 0) as other, coalesce(amount, 0) as amount
           from made full join back using (engine, model, prompt_version)
           order by given_back desc, pictures desc, engine, model, prompt_version limit 500""",
        since,
    )
    return structs_of(Reported, rows)


async def recent(connection: Connection, since: datetime, most: int) -> list[GivenBack]:
    """The last of them, the newest first."""
    rows = await connection.fetch(
        """select staging_id, account_id, reason, words, engine, model, prompt_version, created_at from credit_backs
           where created_at >= $1 order by created_at desc limit $2""",
        since,
        most,
    )
    return structs_of(GivenBack, rows)
