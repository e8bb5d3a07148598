"""`realstaging renderer`: the program that renders, which has an environment of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from realstaging.settings import Settings

renderer = typer.Typer(help="The program that renders for the local engine.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.add_typer(renderer, name="renderer")


@renderer.callback()
def _subject() -> None:
    """Keep the name of the only command there is."""


@renderer.command()
def install(
    python: Annotated[str | None, typer.Option(help="The Python 3.11 to use; else uv finds or fetches one.")] = None,
) -> None:
    """Install the renderer beside this program: about 400 MB to fetch, 1 GB on disk, Linux on x86-64. Safe to repeat."""
    from realstaging.engines.local import installing  # noqa: PLC0415 - only this command pays for loading it

    typer.echo(f"The renderer is there: {installing.install(typer.echo, python)}")


def ensure(chosen: Settings, say: Callable[[str], None]) -> None:
    """Install the renderer for a command that needs it, unless it is there or the settings name another."""
    from realstaging.engines.local import installing  # noqa: PLC0415 - as above

    if not chosen.render_python and not installing.is_installed():
        installing.install(say)
