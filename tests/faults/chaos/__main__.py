"""`make chaos`: what the service stands on fails, one part after the other, while it is used; which alerts go off, and what is left of the work.

    python -m tests.faults.chaos [--only database|valkey|bucket|clock|worker|provider|disk] [--number N]

Prints a table and ends with 1 where anything is not as it must be. Takes most of an hour, at two processors.
"""

import argparse
import asyncio
import logging
import shutil
import signal
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

import structlog
from rich.console import Console
from rich.table import Table

from tests.faults.chaos.deployment import deployment, faketime, small_disk
from tests.faults.chaos.faults import PARTS, TROUBLES
from tests.faults.chaos.hour import through
from tests.faults.chaos.series import STRETCH

console = Console(width=170)


async def main(troubles, kept):
    logging.disable(logging.WARNING)
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    began, outcomes, not_run = time.monotonic(), [], []
    for on_disk in (False, True):
        chosen = [one for one in troubles if one.on_disk is on_disk]
        if chosen:
            await through_all(chosen, on_disk, kept, outcomes, not_run)
    console.print(table(outcomes, time.monotonic() - began))
    for name in not_run:
        console.print(f"not run: {name}")
    return 1 if not_run or any(one.complaints for one in outcomes) else 0


async def through_all(chosen, on_disk, kept, outcomes, not_run):
    folder = Path(tempfile.mkdtemp(prefix="realstaging-chaos-"))
    folder.chmod(0o711)
    try:
        async with AsyncExitStack() as stack:
            if on_disk:
                try:
                    await stack.enter_async_context(small_disk(folder / "disk"))
                except OSError as error:
                    not_run += [f"{one.part} {one.name}: {error}" for one in chosen]
                    return
            running = await stack.enter_async_context(deployment(folder, on_disk=on_disk))
            for trouble in chosen:
                if trouble.part == "clock" and not faketime():
                    not_run.append(f"{trouble.part} {trouble.name}: libfaketime is missing: run scripts/faketime")
                    continue
                outcome = await through(running, trouble)
                outcomes.append(outcome)
                console.print(
                    f"{trouble.part} {trouble.name}: {'; '.join(outcome.complaints) or 'as it must be'}", style="dim"
                )
                console.print(
                    f"   alerts { ({name: (round(at[0] - outcome.struck_at, 1), round(at[-1] - outcome.mended_at, 1)) for name, at in outcome.alerts.items()}) }",
                    style="dim",
                )
                console.print(
                    f"   {dict(outcome.load.statuses)} {outcome.states}, over {outcome.over_after:.0f} s after it",
                    style="dim",
                )
                if kept:
                    for kind in running.processes:
                        shutil.copy(folder / f"{kind}.log", kept / f"{kind}.log")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def table(outcomes, seconds):
    shown = Table(
        *(
            "part",
            "what became of it",
            "s",
            "told (after minutes of the rules)",
            "told besides",
            "requests",
            "5xx or none",
        ),
        *("stagings", "over after", "not as it must be"),
        title=f"chaos: {seconds:.0f} s, a second is {STRETCH} to the rules",
    )
    for one in outcomes:
        told = ", ".join(f"{name} ({minutes:.1f})" for name, minutes in one.told.items())
        states = ", ".join(f"{count} {state}" for state, count in sorted(one.states.items(), reverse=True))
        cells = (one.trouble.part, one.trouble.name, f"{one.lasted:.0f}", told or "-", ", ".join(one.besides) or "-")
        shown.add_row(
            *cells,
            str(one.requests),
            str(one.failed_requests),
            states,
            f"{one.over_after:.0f} s",
            "; ".join(one.complaints) or "nothing",
        )
    return shown


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", choices=PARTS)
    asked.add_argument("--number", type=int, help="one of the troubles of that part alone, from 1")
    asked.add_argument("--logs", type=Path, help="a folder to keep what the processes wrote in")
    given = asked.parse_args()
    # Told to end, it takes its servers with it.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    of_part = [one for one in TROUBLES if given.only in {None, one.part}]
    sys.exit(asyncio.run(main(of_part[given.number - 1 : given.number] if given.number else of_part, given.logs)))
