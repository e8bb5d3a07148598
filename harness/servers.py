"""Databases on a PostgreSQL server that is there."""

from __future__ import annotations

import asyncpg


def database_at(server_url: str, name: str) -> str:
    """The address of another database of the server."""
    return f"{server_url.rpartition('/')[0]}/{name}"


async def run_on(server_url: str, statement: str) -> None:
    """One statement, on a connection of its own."""
    connection = await asyncpg.connect(server_url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
