"""Every statement on the models in force and their settings."""

from __future__ import annotations

from typing import Any

import asyncpg

from realstaging.runtime.database import Connection


async def lock(connection: Connection) -> None:
    """One change at a time: each begins with what the one before it left."""
    await connection.execute("lock table model_settings in share row exclusive mode")


async def chain(connection: Connection) -> asyncpg.Record | None:
    """The chain of models set last, if ever: ``chain``, ``author``, ``created_at``."""
    return await connection.fetchrow(
        "select chain, author, created_at from model_configurations order by id desc limit 1"
    )


async def put_chain(connection: Connection, chain: object, author: str) -> None:
    await connection.execute("insert into model_configurations (chain, author) values ($1, $2)", chain, author)


async def newest(connection: Connection) -> dict[str, asyncpg.Record]:
    """The settings in force, by model."""
    rows = await connection.fetch(
        """select distinct on (model) model, configuration, secrets, author, created_at
           from model_settings order by model, id desc"""
    )
    return {row["model"]: row for row in rows}


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
