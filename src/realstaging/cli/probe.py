"""`realstaging probe`: whether a running service still does what it is for."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console

from realstaging.engines import catalog
from realstaging.engines.brief import RoomType, Style
from realstaging.kit.errors import InvalidInput


def add_to(app: typer.Typer) -> None:
    """Put this command on the command line."""
    app.command()(probe)


def probe(
    server: Annotated[str, typer.Argument(help="Where the service is: https://staging.example.com")],
    photo: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A photo of an empty room.")],
    *,
    key_file: Annotated[
        Path,
        typer.Option(
            exists=True,
            dir_okay=False,
            help="A file with an API key: read, upload, stage, download, edit; best a test key.",
        ),
    ],
    room: Annotated[RoomType, typer.Option(help="What the room is to become.")] = RoomType.LIVING_ROOM,
    style: Annotated[Style, typer.Option(help="How the furniture is to look.")] = Style.MODERN,
    engine: Annotated[str, typer.Option(help="Who stages it.")] = catalog.DEFAULT,
    deadline: Annotated[float, typer.Option(min=1, max=3600, help="Seconds that all of it may take.")] = 300,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Upload a photo, have it staged, download the picture and delete the photo, as a customer's program does. For any scheduler: exit code 1
    where a step was not done in time. With a test key nothing is charged.
    """
    from realstaging.doctor import probe as walk  # noqa: PLC0415 - only this command pays for loading it

    if not server.startswith(("https://", "http://")):
        raise InvalidInput("Name the service by its whole address, as https://staging.example.com.")
    key = key_file.read_text().strip()
    order = walk.Order(photo, room, style, engine, deadline)
    probed = asyncio.run(walk.probe(server, key, order))
    if as_json:
        typer.echo(msgspec.json.encode(probed).decode())
    else:
        console = Console(highlight=False, soft_wrap=True)
        for step in probed.steps:
            console.print(f"[green]done[/]  {step.name}: {step.seconds:g} s")
        if probed.failed:
            console.print(f"[red]not [/]  {probed.failed}: ", probed.reason, sep="")
    raise typer.Exit(0 if probed.well else 1)
