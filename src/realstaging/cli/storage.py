"""`realstaging operate storage`: whether files and rows agree."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Final

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from realstaging import settings
from realstaging.fail_closed import require

if TYPE_CHECKING:
    from collections.abc import Callable

    from realstaging.domains.files.service import Finding

storage = typer.Typer(help="Where pictures are kept.", no_args_is_help=True)

# A table is laid out when it is whole; with --json there is no end to what is told.
MOST_SHOWN: Final = 500
SAID: Final = {
    ("no_row", False): "no row names it",
    ("no_row", True): "no row named it: moved to quarantine",
    ("no_file", False): "lost",
    ("no_file", True): "was in quarantine: moved back",
}


def add_to(operate: typer.Typer) -> None:
    """Put these commands below ``operate``."""
    operate.add_typer(storage, name="storage")


@storage.command("check")
def check_storage(
    repair: Annotated[
        bool,
        typer.Option("--repair", help="Move files that no row names to quarantine, and back what a row misses there."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per finding, as it is found.")] = False,
) -> None:
    """Find files that no row names and rows whose files are gone. Exit code 1 when something is wrong and stays so."""
    report = Report(as_json)
    asyncio.run(_check(report.add, repair))
    report.end()
    raise typer.Exit(1 if report.wrong else 0)


async def _check(tell: Callable[[Finding], None], repair: bool) -> None:
    from realstaging import wiring  # noqa: PLC0415 - only this command pays for loading it
    from realstaging.domains.files import service  # noqa: PLC0415

    async with wiring.platform(require(settings.read()), engines={}) as platform:
        async for finding in service.inventory(platform, repair=repair):
            tell(finding)


class Report:
    """What was found, as a table at the end or as lines on the way."""

    def __init__(self, as_json: bool) -> None:
        self._as_json = as_json
        self._table = Table("kind", "file", "is", "row", "account", box=None)
        self._shown = 0
        self._counts: dict[str, int] = {}
        self.wrong = 0

    def add(self, finding: Finding) -> None:
        self.wrong += not finding.mended
        said = SAID[finding.wrong, finding.mended]
        self._counts[said] = self._counts.get(said, 0) + 1
        if self._as_json:
            typer.echo(msgspec.json.encode(finding).decode())
        elif self._shown < MOST_SHOWN:
            self._shown += 1
            self._table.add_row(finding.kind, finding.key, said, str(finding.id or "-"), str(finding.account_id or "-"))

    def end(self) -> None:
        if self._as_json:
            return
        if not self._counts:
            typer.echo("Every file has its row, and every row its files.")
            return
        Console(soft_wrap=True).print(self._table)
        if (more := sum(self._counts.values()) - self._shown) > 0:
            typer.echo(f"… and {more} more; --json tells them all.")
        for said, count in self._counts.items():
            typer.echo(f"{count} {said}")
