"""Measure: `python -m benchmarks [--write] [service streams batch memory local …]`. Exit code 1 when a budget is exceeded."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from benchmarks import alone, figures

ALL = (
    "service",
    "requests",
    "pages",
    "rate_limits",
    "tracing",
    "lanes",
    "batch",
    "streams",
    "memory",
    "decoding",
    "recovery",
    "gate",
    "paid",
    "payments",
    "plans",
    "local",
)


def _machine(measured: Sequence[figures.Figure]) -> str:
    slowest, least = (pick(figure.slowness for figure in measured) for pick in (max, min))
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.machine()}"
    return f"{machine}; slower than the reference machine by {least:.1f} to {slowest:.1f} times"


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("names", nargs="*", default=ALL)
    asked.add_argument("--write", action="store_true", help="write the figures into docs/reference/performance.md")
    arguments = asked.parse_args()
    console = Console()
    measured: list[figures.Figure] = []
    for name in arguments.names:
        with console.status(f"measuring {name}"):
            measured += alone.measured(name)
    table = Table("what", "measured", "on the reference machine", "budget", "")
    for figure in measured:
        table.add_row(*figure.cells(), style=None if figure.within else "bold red")
    console.print(table)
    if arguments.write:
        figures.write(measured, _machine(measured) if set(arguments.names) >= set(ALL) else None)
    return 0 if all(figure.within for figure in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
