"""The database schema over time: plain SQL, in order, run under one advisory lock."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import Final

import asyncpg
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from realstaging.kit.errors import Unavailable

# Any constant; it only has to be the same in every process that migrates.
LOCK = 7_205_759_403
LONGEST_LOCK: Final = 5.0
"""Seconds a migration waits for a table. Everybody else who wants the table waits behind it meanwhile."""
MOST_TRIES: Final = 10
AGAIN: Final = 2.0
"""Seconds in which traffic goes on before a migration asks for its lock again."""
# PostgreSQL 18, Appendix A: lock_not_available, deadlock_detected.
PASSING: Final = frozenset({"55P03", "40P01"})


class Busy(Unavailable):
    """A migration could not get its lock: something holds a table for long. Nothing was changed by it; run it again in a quieter minute."""

    code = "migration_busy"


def _config(connection: Connection, lock: float) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    config.attributes["lock"] = lock
    return config


async def _patiently(database_url: str, step: str, revision: str, lock: float) -> None:
    """Run a step, again and again where traffic holds what it needs. What went through before stays: each migration is a transaction."""
    for left in reversed(range(MOST_TRIES)):
        try:
            await _run(database_url, step, revision, lock)
            return
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) not in PASSING:
                raise
            if not left:
                raise Busy from error
        await asyncio.sleep(min(AGAIN, lock))


async def _run(database_url: str, step: str, revision: str, lock: float) -> None:
    # The driver reads the address, as everywhere else: SQLAlchemy does not know libpq's parameters (sslmode, sslrootcert).
    engine = create_async_engine(
        "postgresql+asyncpg://", poolclass=NullPool, async_creator=partial(asyncpg.connect, database_url, timeout=10)
    )

    def migrate(connection: Connection) -> None:
        # Another process may be migrating; for ever it will not.
        connection.execute(text("set lock_timeout = '10min'"))
        connection.execute(text("select pg_advisory_lock(:lock)"), {"lock": LOCK})
        connection.commit()
        getattr(command, step)(_config(connection, lock), revision)

    async with engine.connect() as connection:
        await connection.run_sync(migrate)
    await engine.dispose()


async def upgrade(database_url: str, revision: str = "head", lock: float = LONGEST_LOCK) -> None:
    """Bring the schema to ``revision``, while requests run. Several processes may call this at once. Busy where no lock is to be had."""
    await _patiently(database_url, "upgrade", revision, lock)


async def downgrade(database_url: str, revision: str, lock: float = LONGEST_LOCK) -> None:
    """Take the schema back to ``revision`` (``base`` for nothing at all)."""
    await _patiently(database_url, "downgrade", revision, lock)
