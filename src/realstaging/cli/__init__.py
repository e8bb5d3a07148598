"""Rank 1: the command line. Each file holds the commands of one subject; what is slow to load is loaded when asked for."""

from __future__ import annotations

import sys
from typing import NoReturn

import structlog
import typer
from rich.console import Console

from realstaging.cli import (
    backup,
    bucket,
    dev,
    doctor,
    erasures,
    fidelity,
    mail,
    paid,
    payments,
    plan,
    probe,
    reconcile,
    renderer,
    service,
    stage,
    storage,
    version,
)
from realstaging.kit.errors import AppError

app = typer.Typer(
    help="Virtual staging: photos of empty rooms in, the same photos furnished out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for commands in (stage, plan, fidelity, dev, renderer, service, doctor, probe, version):
    commands.add_to(app)
paid.add_to(service.operate)
storage.add_to(service.operate)
bucket.add_to(service.operate)
backup.add_to(service.operate)
mail.add_to(service.operate)
payments.add_to(service.operate)
erasures.add_to(service.operate)
reconcile.add_to(service.operate)


def main() -> None:
    """Run the command; what went wrong is told in its own words, without a trace."""
    # Lines of the log are no part of what a command says, which programs read.
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    try:
        app()
    except AppError as error:
        _tell(error.message)
    except OSError as error:
        # A disk that is full, a folder that is not ours, a server that is away: of the machine, and no mistake of the program.
        _tell(f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error))


def _tell(sentence: str) -> NoReturn:
    Console(stderr=True).print(sentence, style="red", markup=False, highlight=False)
    sys.exit(1)
