"""`realstaging version`: which program this is."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer


def add_to(app: typer.Typer) -> None:
    """Put this command on the command line."""
    app.command()(version)


def version(as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False) -> None:
    """Tell the release, the commit it was built from and the schema it brings."""
    from realstaging.runtime.release import release  # noqa: PLC0415 - only this command pays for loading it

    told = release()
    if as_json:
        typer.echo(msgspec.json.encode(told).decode())
        return
    typer.echo(f"realstaging {told.version}, commit {told.commit or 'of the clone it runs from'}, schema {told.schema}")
