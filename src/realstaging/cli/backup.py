"""`realstaging operate backup`: the database sealed and kept elsewhere, put back, and the whole of it rehearsed."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from realstaging import settings
from realstaging.fail_closed import require
from realstaging.kit.keyring import KeyRing
from realstaging.runtime import last_done
from realstaging.runtime.last_done import Done

if TYPE_CHECKING:
    from realstaging.domains.backups.service import Manifest, Rehearsal, Restored, Setup
    from realstaging.runtime.platform import Platform

backup = typer.Typer(help="Backups of the database.", invoke_without_command=True)
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]


def add_to(operate: typer.Typer) -> None:
    """Put these commands below ``operate``."""
    operate.add_typer(backup, name="backup")


@backup.callback()
def make(context: typer.Context) -> None:
    """Back up the database to BACKUP_STORAGE_URL, sealed with BACKUP_KEY, and remove backups older than BACKUP_KEEP_DAYS."""
    if context.invoked_subcommand:
        return
    from realstaging.domains.backups import service  # noqa: PLC0415 - only this command pays for loading it

    async def made() -> Manifest:
        setup = _setup()
        manifest = await service.make(setup)
        await _write_down(setup, Done.BACKUP)
        return manifest

    typer.echo(_told(asyncio.run(made())))


@backup.command("list")
def list_backups(
    as_json: AsJson = False,
    within: Annotated[
        int,
        typer.Option(min=0, help="Exit with 1 unless one was made within so many hours: for any scheduler that tells."),
    ] = 0,
) -> None:
    """List the backups there are, newest first."""
    from realstaging.domains.backups import service  # noqa: PLC0415

    setup = _setup()
    found = asyncio.run(service.newest(setup))
    _show(found, as_json)
    if within and not service.is_recent(found, setup.clock(), timedelta(hours=within)):
        typer.echo(f"None was made within {within} hours.", err=True)
        raise typer.Exit(1)


def _show(found: list[Manifest], as_json: bool) -> None:
    if as_json:
        typer.echo(msgspec.json.encode(found).decode())
        return
    if not found:
        typer.echo("There is no backup yet.")
        return
    table = Table("name", "rows", "MB", "schema", "PostgreSQL", "release")
    for manifest in found:
        rows = sum(manifest.content.rows.values())
        cells = (
            manifest.name,
            rows,
            f"{manifest.size / 1e6:.1f}",
            manifest.content.revision,
            manifest.postgres,
            manifest.release,
        )
        table.add_row(*(str(cell) for cell in cells))
    Console().print(table)


@backup.command()
def restore(
    name: Annotated[str, typer.Argument(help="Which backup; the newest, unless told.")] = "latest",
    into: Annotated[
        str,
        typer.Option(
            help="A new database of this name on DATABASE_URL's server; else DATABASE_URL's own, which has to be empty."
        ),
    ] = "",
) -> None:
    """Put a backup back into an empty database and look whether everything is there. Exit code 1 where it is not."""
    from realstaging.domains.backups import service  # noqa: PLC0415

    async def restored() -> Restored:
        setup = _setup()
        return await service.restore(setup, await service.get(setup, name), into or None)

    found = asyncio.run(restored())
    _tell(found)
    place = f"database {found.database}: set DATABASE_URL to it" if found.database else "DATABASE_URL's database"
    typer.echo(f"{found.backup} is in {place}. Then run `realstaging migrate`, and start the processes.")
    raise typer.Exit(0 if found.well else 1)


@backup.command()
def rehearse(as_json: AsJson = False) -> None:
    """Make a backup, put it back into a database beside, look at it, drop that. Tells how long recovery takes (RTO) and what a loss costs (RPO)."""
    from realstaging.domains.backups import service  # noqa: PLC0415

    async def rehearsed() -> Rehearsal:
        setup = _setup()
        found = await service.rehearse(setup)
        await _write_down(setup, Done.BACKUP, *([Done.RESTORE_REHEARSAL] if found.restored.well else []))
        return found

    found = asyncio.run(rehearsed())
    if as_json:
        typer.echo(msgspec.json.encode(found).decode())
    else:
        typer.echo(_told(found.manifest))
        _tell(found.restored)
        typer.echo(f"RTO {found.recovery_seconds:.1f} s: from the first byte fetched until everything was looked at.")
        lost = (
            "unknown: there was no backup before this one" if found.lost_seconds is None else _hours(found.lost_seconds)
        )
        typer.echo(f"RPO {lost}: the age of the newest backup when this one was made.")
    raise typer.Exit(0 if found.restored.well else 1)


async def _write_down(setup: Setup, *done: Done) -> None:
    """For the alerts on old backups."""
    async with setup.platform_at(setup.database_url) as platform:
        for what in done:
            await last_done.note(platform.database, what, setup.clock())


def _told(manifest: Manifest) -> str:
    rows = sum(manifest.content.rows.values())
    return (
        f"{manifest.name}: {rows} rows in {len(manifest.content.rows)} tables at revision {manifest.content.revision}, "
        f"{manifest.size / 1e6:.1f} MB sealed, in {manifest.seconds:.1f} s."
    )


def _tell(restored: Restored) -> None:
    for check in restored.checks:
        typer.echo(f"{'well' if check.well else 'ill '}  {check.what}: {check.seen}")


def _hours(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 3600 else f"{seconds / 3600:.1f} h"  # noqa: PLR2004 - an hour


def _setup() -> Setup:
    from realstaging import wiring  # noqa: PLC0415
    from realstaging.domains.backups.service import Setup  # noqa: PLC0415
    from realstaging.runtime import acting  # noqa: PLC0415
    from realstaging.storage import open_storage  # noqa: PLC0415

    acting.at_the_command_line()
    chosen = require(settings.read())
    if not chosen.backup_storage_url:
        raise settings.BadSettings(
            ["BACKUP_STORAGE_URL is missing: where backups go (docs/how-to/backup-and-restore.md)."]
        )

    def platform_at(url: str) -> AbstractAsyncContextManager[Platform]:
        return wiring.platform(msgspec.structs.replace(chosen, database_url=url), engines={})

    return Setup(
        database_url=chosen.database_url,
        places=open_storage(chosen.backup_storage_url, public_url=chosen.public_url, keys=chosen.keys),
        ring=KeyRing(chosen.backup_key),
        programs=chosen.postgres_programs,
        kept=timedelta(days=chosen.backup_keep_days),
        platform_at=platform_at,
    )
