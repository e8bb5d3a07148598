"""`realstaging operate mail`: what became of letters."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from realstaging import settings
from realstaging.fail_closed import require

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from realstaging.domains.notifications.service import Kept
    from realstaging.runtime.platform import Platform

mail = typer.Typer(help="Letters to people.", no_args_is_help=True)


def add_to(operate: typer.Typer) -> None:
    """Put these commands below ``operate``."""
    operate.add_typer(mail, name="mail")


@mail.command("list")
def list_letters(
    most: Annotated[int, typer.Option(min=1, max=1000, help="How many.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per line.")] = False,
) -> None:
    """List letters, newest first: sent, waiting (and why they were not taken yet), or why they never will be. Not to whom."""

    async def found() -> list[Kept]:
        from realstaging.domains.notifications import service  # noqa: PLC0415 - only this command pays for loading it

        async with _platform() as platform:
            return await service.newest(platform, most)

    rows = asyncio.run(found())
    if as_json:
        for row in rows:
            typer.echo(msgspec.json.encode(row).decode())
        return
    if not rows:
        typer.echo("No letters.")
        return
    table = Table("id", "kind", "asked for", "state", "tries", "why")
    for row in rows:
        table.add_row(
            str(row.id), row.kind, f"{row.created_at:%Y-%m-%d %H:%M}", row.state, str(row.turn + 1), row.reason or ""
        )
    Console().print(table)


@mail.command("allow")
def allow(address: Annotated[str, typer.Argument(help="Whose owner has asked for it.")]) -> None:
    """Write to an address again that had bounced or had called a letter spam. The provider keeps a list of its own: lift it there too."""

    async def lifted() -> bool:
        from realstaging.domains.notifications import service  # noqa: PLC0415
        from realstaging.runtime.work import transaction  # noqa: PLC0415

        async with _platform() as platform, transaction(platform) as work:
            return await service.lift(work, address)

    typer.echo("Letters go there again." if asyncio.run(lifted()) else "Nothing was held back from that address.")


@asynccontextmanager
async def _platform() -> AsyncIterator[Platform]:
    from realstaging import wiring  # noqa: PLC0415

    async with wiring.platform(require(settings.read()), engines={}) as platform:
        yield platform
