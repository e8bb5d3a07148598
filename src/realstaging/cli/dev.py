"""`realstaging dev`: the whole product on this machine."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.panel import Panel

from realstaging import settings
from realstaging.cli import renderer

if TYPE_CHECKING:
    from realstaging.dev.supervisor import Supervisor


def add_to(app: typer.Typer) -> None:
    """Put this command on the command line."""
    app.command()(dev)


def dev(
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to open in the browser.")] = 8000,
    folder: Annotated[Path, typer.Option(help="Where everything is kept between runs.")] = Path("var"),
) -> None:
    """Run everything on this machine: database, queue, sign-in, API, worker, web app. Needs no account.

    DATABASE_URL, REDIS_URL, STORAGE_URL, OIDC_ISSUER, MAIL_URL and STRIPE_SECRET_KEY are used where they are given.
    """
    from realstaging.dev.seed import offer, seed  # noqa: PLC0415 - only this command pays for loading it
    from realstaging.dev.supervisor import Supervisor  # noqa: PLC0415

    console = Console(highlight=False)
    stopping: list[int] = []
    _when_told_to_stop(signal.default_int_handler)
    chosen = settings.read()
    renderer.ensure(chosen, lambda line: console.print(f"  {line}", style="dim"))
    began = time.monotonic()
    supervisor = Supervisor(folder, port, chosen, lambda line: console.print(f"  {line}", style="dim"))
    supervisor.start()
    try:
        if supervisor.has_sandbox and asyncio.run(seed(supervisor.settings, supervisor.key_file)):
            console.print("  A demo project is there.", style="dim")
        if supervisor.has_play_money:
            asyncio.run(offer(supervisor.settings))
        _when_told_to_stop(lambda told, _: stopping.append(told))
        console.print(_summary(supervisor, time.monotonic() - began))
        supervisor.watch(lambda: bool(stopping))
    finally:
        console.print("Stopping.")
        supervisor.stop()


def _when_told_to_stop(handler: Callable[[int, FrameType | None], object]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, handler)


def _summary(supervisor: Supervisor, seconds: float) -> Panel:
    chosen = supervisor.settings
    sign_in = "one click on a demo person" if chosen.oidc_issuer.startswith("http://localhost") else "your own issuer"
    lines = [
        f"[bold]{chosen.public_url}[/]",
        "",
        *(f"[green]●[/] {name}: {state}" for name, state in supervisor.health().items()),
        "",
        f"Sign in: {sign_in}.   API reference: {chosen.public_url}/docs",
        *([f"Letters: {supervisor.mail_page}"] if supervisor.mail_page else []),
        *([f"Payments: {supervisor.payment_page}"] if supervisor.payment_page else []),
        "Stop: Ctrl-C.",
    ]
    return Panel("\n".join(lines), title=f"Real Staging · ready in {seconds:.1f} s", expand=False, padding=(1, 2))
