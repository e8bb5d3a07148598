"""`realstaging operate erasures`: what was erased, and doing it again after a restore."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from realstaging import settings
from realstaging.fail_closed import require

if TYPE_CHECKING:
    from realstaging.domains.privacy.erasures import Entry, Kept

erasures = typer.Typer(help="Accounts and people that were erased.", no_args_is_help=True)


def add_to(operate: typer.Typer) -> None:
    """Put these commands below ``operate``."""
    operate.add_typer(erasures, name="erasures")


@erasures.command("list")
def list_erasures(
    most: Annotated[int, typer.Option(min=1, max=1000, help="How many.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per line, with the receipt.")] = False,
) -> None:
    """List erasures, newest first: waiting, withdrawn, under way, done. No one is named: what is erased is."""

    async def found() -> list[Kept]:
        from realstaging import wiring  # noqa: PLC0415 - only this command pays for loading it
        from realstaging.domains.privacy import erasures  # noqa: PLC0415

        async with wiring.platform(require(settings.read()), engines={}) as platform:
            return await erasures.newest(platform, most)

    rows = asyncio.run(found())
    if as_json:
        for row in rows:
            typer.echo(msgspec.json.encode(row).decode())
        return
    if not rows:
        typer.echo("Nothing was erased.")
        return
    table = Table("id", "of", "state", "asked for", "due", "done")
    for row in rows:
        of = f"account {row.account_id}" if row.account_id else f"person {row.person_id}"
        days = [f"{day:%Y-%m-%d %H:%M}" if day else "" for day in (row.requested_at, row.due_at, row.done_at)]
        table.add_row(str(row.id), of, row.state, *days)
    Console().print(table)


@erasures.command("replay")
def replay_erasures() -> None:
    """Erase again what a restored backup has brought back. Run it once after every restore, before people come in again."""

    async def replayed() -> list[Entry]:
        from realstaging import wiring  # noqa: PLC0415
        from realstaging.domains.privacy import erasures  # noqa: PLC0415

        async with wiring.platform(require(settings.read()), engines={}) as platform:
            return [entry async for entry in erasures.replay(platform)]

    entries = asyncio.run(replayed())
    for entry in entries:
        typer.echo(f"{'account' if entry.account else 'person'} {entry.account or entry.person}: workers erase it now")
    typer.echo(f"{len(entries)} to erase again." if entries else "Nothing that was erased has come back.")
