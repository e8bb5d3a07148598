"""Every constant of the code that bounds something, for docs/reference/limits.md: found by its name, with what is said of it."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parents[1] / "src" / "realstaging"
# Constants that bound something are named so; those of pictures' own formats and of the engines' geometry are among them.
BOUNDING = re.compile(
    r"^_?(MOST|MAX|LONGEST|LARGEST|DEEPEST|SHORTEST|LEAST|PATIENCE|ANSWER|LIFE|LEASE|KEPT|REMEMBERED|CACHED|REPLAYED|WAITING|PLACES|SMALL"
    r"|ABANDONED|AGAIN|BATCH|CALLS|DECODERS|ENDING|HEARTBEAT|LINGER|LONG_RUN|LOST|MEMORY|PAGE|PIECE|PROCESS|ROWS|SILENCE|THREADS|TRIES"
    r"|TURNS|UNKNOWN|WINDOW|YOUNG$)"
    r"|(_AT_ONCE|_BYTES|_FOR|_KEPT|_LEAST|_LIFE|_PAUSE|_WITHIN)$|^(AT_ONCE|EVENTS|JOBS|KEYS)$"
)
AREAS = {
    "Requests": ("api", "kit"),
    "Accounts, photos, stagings": ("domains",),
    "Pictures": ("imaging",),
    "Models and the renderer": ("engines/replicate", "engines/prompts", "engines/local/render_process.py"),
    "Jobs, events, connections": ("runtime", "worker", "wiring", "doctor"),
    "Files": ("storage",),
    "Letters": ("mail",),
    "Payments": ("stripe",),
}


def found() -> Iterator[str]:
    """Every constant that bounds something, found by its name, with the sentence or comment beside it."""
    yield "## Every bound in the code\n"
    yield "Found by their names; times in seconds, sizes in bytes, unless said otherwise.\n"
    for area, packages in AREAS.items():
        yield f"### {area}\n"
        yield "| where | name | value | |\n|---|---|---|---|"
        for package in packages:
            place = SOURCE / package
            for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
                yield from _of_module(path)
        yield ""


def _of_module(path: Path) -> Iterator[str]:
    lines = path.read_text().splitlines()
    body = ast.parse("\n".join(lines)).body
    where = path.relative_to(SOURCE).with_suffix("").as_posix().removesuffix("/__init__")
    for statement, after in zip(body, [*body[1:], None], strict=True):
        if (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and BOUNDING.match(statement.target.id)
        ):
            value = getattr(importlib.import_module(f"realstaging.{where.replace('/', '.')}"), statement.target.id)
            if isinstance(value, int | float | timedelta):
                yield f"| {where} | `{statement.target.id}` | {_value(value)} | {_said(lines, statement, after)} |"


def _said(lines: list[str], statement: ast.AnnAssign, after: ast.stmt | None) -> str:
    if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) and isinstance(after.value.value, str):
        return " ".join(inspect.cleandoc(after.value.value).split())
    above = statement.lineno - 2
    comment: list[str] = []
    while above >= 0 and lines[above].startswith("#"):
        comment.insert(0, lines[above].lstrip("# "))
        above -= 1
    return " ".join(comment)


def _value(value: Any) -> str:
    return told(value) if isinstance(value, timedelta) else f"{value:,}"


def told(value: timedelta) -> str:
    seconds = value.total_seconds()
    for unit, name in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= unit and seconds % unit == 0:
            return f"{seconds / unit:g} {name if seconds > unit else name[:-1]}"
    return f"{seconds:g} s"
