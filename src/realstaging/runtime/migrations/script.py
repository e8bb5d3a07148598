"""Runs a migration's SQL: the driver takes one statement at a time."""

from __future__ import annotations

from alembic import op


def run(sql: str) -> None:
    """Run each statement of the script. A statement ends with a semicolon at the end of a line."""
    for statement in sql.split(";\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)
