"""Runs a migration's SQL: the driver takes one statement at a time."""

from __future__ import annotations

from alembic import op


def run(sql: str) -> None:
    """Run each statement of the script. A statement ends with a semicolon at the end of a line, but not within ``$$``."""
    for statement in statements(sql):
        op.get_bind().exec_driver_sql(statement)


def statements(sql: str) -> list[str]:
    """The statements of a script."""
    parts = sql.split("$$")
    bodies = ["; ".join(part.split(";\n")) if place % 2 else part for place, part in enumerate(parts)]
    return [statement for statement in "$$".join(bodies).split(";\n") if statement.strip()]
