"""A plan without its picture, and why it came out so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from realstaging.cli.overwriting import refuse_overwriting
from realstaging.cli.stage import BAD_PHOTO, CANNOT_STAGE
from realstaging.engines.brief import Brief, RoomType, Style
from realstaging.engines.local.abilities import abilities
from realstaging.kit.errors import BadPhoto, CannotStage


def add_to(app: typer.Typer) -> None:
    """Put this command on the command line."""
    app.command()(plan)


def plan(
    photo: Annotated[Path, typer.Argument(help="A photo of an empty room: JPEG, PNG, WebP or HEIC.")],
    room: Annotated[RoomType, typer.Option(help="What the room is to become.")],
    style: Annotated[Style, typer.Option(help="How the furniture is to look.")],
    seed: Annotated[int, typer.Option(min=0, help="Another number, another good arrangement.")] = 0,
    explain: Annotated[
        Path | None,
        typer.Option(
            help="A folder for a page that shows what was read, what was considered and what refused the rest."
        ),
    ] = None,
) -> None:
    """Plan one photo with the local engine, without rendering it; the plan is printed as JSON.

    Exit codes: 0 planned, 2 bad usage, 3 a bad photo, 4 a photo that cannot be planned (the reason is told).
    """
    if not abilities().stages(room, style):
        raise typer.BadParameter(f"The local engine has no {room} yet.", param_hint="--room")
    if explain and explain.exists() and not explain.is_dir():
        raise typer.BadParameter(f"{explain} is a file, not a folder.", param_hint="--explain")
    try:
        planned = _planned(photo, Brief(room, style, seed), explain)
    except (BadPhoto, CannotStage) as error:
        typer.echo(f"{photo}: {error.message}", err=True)
        raise typer.Exit(BAD_PHOTO if isinstance(error, BadPhoto) else CANNOT_STAGE) from error
    typer.echo(json.dumps(planned, indent=1))


def _planned(photo: Path, brief: Brief, out: Path | None) -> dict[str, object]:
    """The plan's document. Raises BadPhoto and CannotStage; what led to a refusal is on the page all the same."""
    from realstaging.engines.local.document import document  # noqa: PLC0415 - only this command pays for loading them
    from realstaging.engines.local.explain import explained, is_ours, picture_of  # noqa: PLC0415
    from realstaging.engines.local.room.read import read_room  # noqa: PLC0415
    from realstaging.imaging.decode import decode  # noqa: PLC0415

    if not photo.is_file():
        raise BadPhoto(f"There is no such file: {photo}")
    if out:
        refuse_overwriting([photo], out.glob(picture_of("index", "*")), "--explain")
        if not is_ours(out):
            raise typer.BadParameter(
                f"{out} has an index.html, or pictures called as ours are, that would be lost. Name another folder.",
                param_hint="--explain",
            )
    pixels = decode(photo)
    reading = read_room(pixels)
    return document(explained(reading, pixels, brief, out), reading, None)
