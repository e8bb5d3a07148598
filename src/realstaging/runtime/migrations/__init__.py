"""The database schema over time: plain SQL, in order, run under one advisory lock."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

# Any constant; it only has to be the same in every process that migrates.
LOCK = 7_205_759_403


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


async def _run(database_url: str, step: str, revision: str) -> None:
    engine = create_async_engine(
        database_url.replace("postgresql://", "postgresql+asyncpg://", 1).replace(
            "postgres://", "postgresql+asyncpg://", 1
        ),
        poolclass=NullPool,
        connect_args={"timeout": 10},
    )

    def migrate(connection: Connection) -> None:
        # Another process may be migrating; for ever it will not.
        connection.execute(text("set lock_timeout = '10min'"))
        connection.execute(text("select pg_advisory_lock(:lock)"), {"lock": LOCK})
        connection.commit()
        getattr(command, step)(_config(connection), revision)

    async with engine.connect() as connection:
        await connection.run_sync(migrate)
    await engine.dispose()


async def upgrade(database_url: str, revision: str = "head") -> None:
    """Bring the schema to ``revision``. Several processes may call this at once."""
    await _run(database_url, "upgrade", revision)


async def downgrade(database_url: str, revision: str) -> None:
    """Take the schema back to ``revision`` (``base`` for nothing at all)."""
    await _run(database_url, "downgrade", revision)


def newest() -> str:
    """The newest revision there is."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return str(ScriptDirectory.from_config(config).get_current_head())
