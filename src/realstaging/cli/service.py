"""Commands of the service: its processes, its schema, its jobs, what its API is."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import msgspec
import typer
import uvloop
from rich.console import Console
from rich.table import Table

from realstaging import settings
from realstaging.fail_closed import foreign_parameters, require
from realstaging.kit.errors import NotFound
from realstaging.runtime import last_done
from realstaging.runtime.last_done import Done

if TYPE_CHECKING:
    from realstaging.runtime.platform import Platform

operate = typer.Typer(help="Look after a running service.", no_args_is_help=True)
jobs = typer.Typer(help="Jobs that were given up.", no_args_is_help=True)
operate.add_typer(jobs, name="jobs")
keys = typer.Typer(help="The keys that sign and seal.", no_args_is_help=True)
operate.add_typer(keys, name="keys")


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.command()(api)
    app.command()(worker)
    app.command()(migrate)
    app.command()(openapi)
    app.add_typer(operate, name="operate")
    # Its name before release 0.2; gone with 0.3.
    app.add_typer(operate, name="admin", hidden=True)


def api() -> None:
    """Serve the HTTP API and the web app."""
    from realstaging import api as process  # noqa: PLC0415 - only this command pays for loading it

    uvloop.run(process.main(settings.read()))


def worker() -> None:
    """Run jobs until told to stop."""
    from realstaging import worker as process  # noqa: PLC0415

    uvloop.run(process.main(settings.read()))


def migrate(
    down: Annotated[
        str,
        typer.Option(
            help="Take the schema back to this revision instead; what newer ones held is lost.", metavar="REVISION"
        ),
    ] = "",
) -> None:
    """Bring the database to the newest schema, while requests run. Several at once are safe."""
    from realstaging.runtime import migrations, schema  # noqa: PLC0415

    chosen = settings.read()
    if not chosen.database_url:
        raise settings.BadSettings(["DATABASE_URL is missing."])
    if wrong := list(foreign_parameters(chosen)):
        raise settings.BadSettings(wrong)
    if not down:
        asyncio.run(migrations.upgrade(chosen.database_url))
        return
    if down not in schema.revisions():
        raise NotFound(f"There is no revision {down}. There are: {', '.join(schema.revisions())}.")
    asyncio.run(migrations.downgrade(chosen.database_url, down))


def openapi() -> None:
    """Print the API's description (OpenAPI 3.1)."""
    from realstaging import api as process  # noqa: PLC0415
    from realstaging.api import description  # noqa: PLC0415

    described = description.described(process.build(settings.Settings()))
    typer.echo(json.dumps(described, indent=1, sort_keys=True))


@jobs.command("list")
def list_jobs(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per line.")] = False,
) -> None:
    """List jobs that were given up, newest first."""
    from realstaging.runtime.jobs import dead  # noqa: PLC0415

    async def found() -> list[dict[str, object]]:
        async with _platform() as platform:
            return [msgspec.structs.asdict(job) for job in await dead(platform)]

    rows = asyncio.run(found())
    if as_json:
        for row in rows:
            typer.echo(json.dumps(row, default=str))
        return
    if not rows:
        typer.echo("No dead jobs.")
        return
    table = Table("id", "kind", "runs", "ended", "error")
    for row in rows:
        table.add_row(
            str(row["id"]),
            str(row["kind"]),
            str(row["run"]),
            f"{row['finished_at']:%Y-%m-%d %H:%M}",
            str(row["error"]),
        )
    Console().print(table)


@jobs.command("replay")
def replay_job(job_id: UUID) -> None:
    """Give a job that was given up a new life."""
    from realstaging.runtime.jobs import replay  # noqa: PLC0415

    async def replayed() -> bool:
        async with _platform() as platform:
            return await replay(platform, job_id)

    if not asyncio.run(replayed()):
        raise NotFound(f"There is no dead job {job_id}. `realstaging operate jobs list` shows those there are.")
    typer.echo(f"Job {job_id} runs again.")


@keys.command("reseal")
def reseal() -> None:
    """Seal every stored secret with SECRET_KEY, so that SECRET_KEY_PREVIOUS can be taken away. Safe to repeat."""
    from realstaging.domains.operations.service import reseal as all_of_them  # noqa: PLC0415

    async def run() -> int:
        async with _platform() as platform:
            return await all_of_them(platform)

    typer.echo(f"{asyncio.run(run())} stored secrets are sealed with SECRET_KEY.")


@operate.command("done")
def done(what: Annotated[Done, typer.Argument(help="What was done.")]) -> None:
    """Write down that a backup, its rehearsal or a probe has just gone well, so that an alert tells when it has not for too long: the
    last line of the script that does it.
    """
    from realstaging.kit.clock import utc_now  # noqa: PLC0415

    async def noted() -> None:
        async with _platform() as platform:
            await last_done.note(platform.database, what, utc_now())

    asyncio.run(noted())
    typer.echo(f"{what}: written down.")


@asynccontextmanager
async def _platform() -> AsyncIterator[Platform]:
    from realstaging import wiring  # noqa: PLC0415
    from realstaging.runtime import acting  # noqa: PLC0415

    acting.at_the_command_line()
    async with wiring.platform(require(settings.read()), engines={}) as platform:
        yield platform
