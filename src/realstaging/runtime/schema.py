"""Which schema this program needs, and whether the database has it: without the tools that change it, for servers load this."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import asyncpg

from realstaging.kit.errors import Unavailable

VERSIONS: Final = Path(__file__).parent / "migrations" / "versions"


class SchemaBehind(Unavailable):
    """The database's schema is older than this program. Run `realstaging migrate` with this release first."""

    code = "schema_behind"


def revisions() -> tuple[str, ...]:
    """Every revision that this program knows, oldest first: files of migrations begin with theirs."""
    return tuple(sorted(file.name.partition("_")[0] for file in VERSIONS.glob("[0-9]*.py")))


def newest() -> str:
    """The newest revision there is."""
    return revisions()[-1]


async def require(database_url: str) -> None:
    """SchemaBehind where the database has an older schema than this program needs. A newer one is well: migrations only add."""
    connection = await asyncpg.connect(database_url, timeout=10)
    try:
        there = await connection.fetchval("select to_regclass('alembic_version') is not null")
        at = await connection.fetchval("select version_num from alembic_version") if there else None
    finally:
        await connection.close()
    if at is None or at in revisions()[:-1]:
        raise SchemaBehind
