"""`realstaging doctor`."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from typing import Annotated

import msgspec
import typer
from rich.console import Console

from realstaging import settings
from realstaging.kit import addresses


class Role(StrEnum):
    """Which process the settings are for."""

    ALL = "all"
    API = "api"
    WORKER = "worker"


def add_to(app: typer.Typer) -> None:
    """Put this command on the command line."""
    app.command()(doctor)


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per finding.")] = False,
    production: Annotated[bool, typer.Option("--production", help="Walk the whole production checklist.")] = False,
    role: Annotated[
        Role, typer.Option("--for", help="The process that is asked for: an API needs no renderer.")
    ] = Role.ALL,
    api_instances: Annotated[int, typer.Option(min=0, max=1000, help="How many API processes may run at once.")] = 1,
    worker_instances: Annotated[int, typer.Option(min=0, max=1000, help="How many workers may run at once.")] = 1,
    nameserver: Annotated[
        str,
        typer.Option(
            help="Who is asked about the mail's domain, as 9.9.9.9 or 127.0.0.1:5353; else this machine's own."
        ),
    ] = "",
) -> None:
    """Check settings, database, queue, storage, sign-in, mail and renderer, and say how to mend what is not well.

    Exit code 1 where something is not. What only a person can see is listed last, with --production.
    """
    from realstaging.doctor.examination import examine  # noqa: PLC0415 - only this command pays for loading it
    from realstaging.doctor.looks import Fleet  # noqa: PLC0415 - as above
    from realstaging.doctor.production import walk  # noqa: PLC0415

    chosen = settings.read()
    if production:
        fleet = Fleet(role.value, api_instances, worker_instances)
        findings = asyncio.run(walk(chosen, fleet, _place(nameserver)))
    else:
        findings = [one for one in asyncio.run(examine(chosen)) if role is not Role.API or one.part != "renderer"]
    console = Console(highlight=False, soft_wrap=True)
    for finding in findings:
        if as_json:
            typer.echo(msgspec.json.encode(finding).decode())
            continue
        state = "[yellow]look[/]" if finding.by_hand else "[green]well[/]" if finding.well else "[red]ill [/]"
        console.print(f"{state}  {finding.part}: ", finding.seen, sep="", markup=True)
        if finding.mend and (finding.by_hand or not finding.well):
            console.print(f"      {finding.mend}", style="dim", markup=False)
    raise typer.Exit(0 if all(finding.well for finding in findings) else 1)


def _place(nameserver: str) -> tuple[str, int] | None:
    """Address and port of who is asked; None where nobody is named."""
    if not nameserver:
        return None
    address, _, port = nameserver.partition(":")
    if not addresses.is_address(address) or not (port or "53").isdigit():
        raise typer.BadParameter("name an IPv4 address, as 9.9.9.9 or 127.0.0.1:5353", param_hint="--nameserver")
    return address, int(port or "53")
