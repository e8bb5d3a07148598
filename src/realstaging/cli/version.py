"""`realstaging version`: which program this is."""

from __future__ import annotations

from importlib.metadata import version as version_of
from typing import Annotated

import msgspec
import typer


class Release(msgspec.Struct, frozen=True):
    """The release, the commit it was built from (empty in a clone), and the newest schema it knows."""

    version: str
    commit: str
    schema: str


def add_to(app: typer.Typer) -> None:
    """Put this command on the command line."""
    app.command()(version)


def release() -> Release:
    from realstaging.kit import carried  # noqa: PLC0415 - only this command pays for loading them
    from realstaging.runtime import schema  # noqa: PLC0415

    built = carried.build()
    commit = f"{built.commit}{'+changed' if built.changed else ''}" if built else ""
    return Release(version_of("realstaging"), commit, schema.newest())


def version(as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False) -> None:
    """Tell the release, the commit it was built from and the schema it brings."""
    told = release()
    if as_json:
        typer.echo(msgspec.json.encode(told).decode())
        return
    typer.echo(f"realstaging {told.version}, commit {told.commit or 'of the clone it runs from'}, schema {told.schema}")
