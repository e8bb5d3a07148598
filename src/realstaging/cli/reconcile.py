"""`realstaging operate payments`: whether Stripe's list and ours say the same."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from realstaging import settings
from realstaging.fail_closed import require

if TYPE_CHECKING:
    from realstaging.domains.payments.reconciling import Difference

payments = typer.Typer(help="What was paid, here and at Stripe.", no_args_is_help=True)


def add_to(operate: typer.Typer) -> None:
    """Put these commands below ``operate``."""
    operate.add_typer(payments, name="payments")


@payments.command("reconcile")
def reconcile(
    days: Annotated[int, typer.Option(min=1, max=365, help="How far back.")] = 35,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per line.")] = False,
) -> None:
    """Compare Stripe's list with ours, mend what events that were lost have left, and say what differed. Workers do it once a day.

    Ends with 1 where something differs that somebody has to look at.
    """

    async def found() -> list[Difference]:
        from realstaging import wiring  # noqa: PLC0415 - only this command pays for loading it
        from realstaging.domains.payments import reconciling  # noqa: PLC0415
        from realstaging.runtime import acting  # noqa: PLC0415

        acting.at_the_command_line()
        async with wiring.platform(require(settings.read()), engines={}) as platform:
            return await reconciling.reconcile(platform, platform.clock() - timedelta(days=days))

    rows = asyncio.run(found())
    if as_json:
        for row in rows:
            typer.echo(msgspec.json.encode(row).decode())
    elif not rows:
        typer.echo("Nothing differs.")
    else:
        table = Table("what", "id", "differed", "now")
        for row in rows:
            table.add_row(row.what, row.id, row.found, "mended" if row.mended else "to be looked at")
        Console().print(table)
    if any(not row.mended for row in rows):
        raise typer.Exit(1)


@payments.command("forgive")
def forgive(dispute_id: Annotated[str, typer.Argument(help="The dispute's id at Stripe (du_…).")]) -> None:
    """Let an account spend again whose payment was disputed, and lost to us. What the payment had given stays taken back."""

    async def run() -> None:
        from realstaging import wiring  # noqa: PLC0415
        from realstaging.domains.payments import plans  # noqa: PLC0415
        from realstaging.runtime import acting  # noqa: PLC0415

        acting.at_the_command_line()
        async with wiring.platform(require(settings.read()), engines={}) as platform:
            await plans.forgive(platform, dispute_id)

    asyncio.run(run())
    typer.echo("The account may spend again.")
