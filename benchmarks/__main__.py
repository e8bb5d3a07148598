"""Measure: `python -m benchmarks [--write] [service streams batch memory local …]`. Exit code 1 when a budget is exceeded."""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import sys

import uvloop
from rich.console import Console
from rich.table import Table

from benchmarks import figures
from realstaging.runtime import logs

ALL = (
    "service",
    "requests",
    "rate_limits",
    "lanes",
    "batch",
    "streams",
    "memory",
    "decoding",
    "recovery",
    "gate",
    "paid",
    "plans",
    "local",
)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("names", nargs="*", default=ALL)
    asked.add_argument("--write", action="store_true", help="write the figures into docs/reference/performance.md")
    arguments = asked.parse_args()
    console = Console()
    logs.configure("warning", as_json=False)
    measured: list[figures.Figure] = []
    for name in arguments.names:
        with console.status(f"measuring {name}"):
            measured += uvloop.run(importlib.import_module(f"benchmarks.{name}").measure())
    table = Table("what", "measured", "budget", "")
    for figure in measured:
        table.add_row(*figure.cells(), style=None if figure.within else "bold red")
    console.print(table)
    if arguments.write:
        figures.write(measured, f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.machine()}")
    return 0 if all(figure.within for figure in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
