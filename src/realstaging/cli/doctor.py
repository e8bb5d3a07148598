"""`realstaging doctor`."""

from __future__ import annotations

import asyncio
from typing import Annotated

import msgspec
import typer
from rich.console import Console

from realstaging import settings


def add_to(app: typer.Typer) -> None:
    """Put this command on the command line."""
    app.command()(doctor)


def doctor(as_json: Annotated[bool, typer.Option("--json", help="One JSON object per finding.")] = False) -> None:
    """Check settings, database, queue, storage, sign-in and renderer, and say how to mend what is not well."""
    from realstaging.wiring.examination import examine  # noqa: PLC0415 - only this command pays for loading it

    findings = asyncio.run(examine(settings.read()))
    console = Console(highlight=False)
    for finding in findings:
        if as_json:
            typer.echo(msgspec.json.encode(finding).decode())
            continue
        state = "[green]well[/]" if finding.well else "[red]ill [/]"
        console.print(f"{state}  {finding.part}: {finding.seen}")
        if finding.mend:
            console.print(f"      {finding.mend}", style="dim")
    raise typer.Exit(0 if all(finding.well for finding in findings) else 1)
