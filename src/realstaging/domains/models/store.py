"""Every statement on the models in force and their settings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from realstaging.engines.paid import Chain
from realstaging.runtime.database import Connection, struct_of, structs_of


class SetChain(msgspec.Struct, frozen=True):
    """A chain of models, and who chose it when."""

    chain: Chain
    author: str
    created_at: datetime


class SetModel(msgspec.Struct, frozen=True):
    """How a model is set up, and who did it when. ``secrets`` are sealed."""

    model: str
    configuration: dict[str, Any]
    secrets: dict[str, str]
    author: str
    created_at: datetime


async def lock(connection: Connection) -> None:
    """One change at a time: each begins with what the one before it left."""
    await connection.execute("lock table model_settings in share row exclusive mode")


async def chain(connection: Connection) -> SetChain | None:
    """The chain of models set last, if ever."""
    row = await connection.fetchrow(
        "select chain, author, created_at from model_configurations order by id desc limit 1"
    )
    return struct_of(SetChain, row)


async def put_chain(connection: Connection, chain: object, author: str) -> None:
    await connection.execute("insert into model_configurations (chain, author) values ($1, $2)", chain, author)


async def newest(connection: Connection) -> dict[str, SetModel]:
    """The settings in force, by model."""
    rows = await connection.fetch(
        """select distinct on (model) model, configuration, secrets, author, created_at
           from model_settings order by model, id desc"""
    )
    return {row.model: row for row in structs_of(SetModel, rows)}


async def put(
    connection: Connection, model: str, configuration: dict[str, Any], secrets: dict[str, str], author: str
) -> None:
    await connection.execute(
        "insert into model_settings (model, configuration, secrets, author) values ($1, $2, $3, $4)",
        model,
        configuration,
        secrets,
        author,
    )
