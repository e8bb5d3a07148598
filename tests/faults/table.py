"""`make faults`: every fault of the provider at every step a worker can be killed at, the same while it stops what was cancelled, every
fault of Stripe and its events at every step of what is paid, a thousand stagings under a mixture, ten thousand histories of an
account's money, and ten thousand of one that buys.

    python -m tests.faults.table [STAGINGS] [--only steps|stops|payments|mixture|money|buyers] [--histories N]

Prints a table and ends with 1 where anything is not as it must be.
"""

import argparse
import asyncio
import logging
import shutil
import sys
import tempfile
import time
import traceback
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import structlog
from hypothesis import HealthCheck, settings
from rich.console import Console
from rich.table import Table

from harness.paid import ONCE
from harness.servers import database_at, run_on
from realstaging.dev.postgres import EmbeddedPostgres
from realstaging.dev.valkey import EmbeddedValkey
from realstaging.runtime import migrations
from tests.domains.billing import histories as money
from tests.domains.payments import histories as buyers
from tests.faults import cross, payments, stopped
from tests.faults.mixture import mixture

console = Console(width=150)
PARTS = ("steps", "stops", "payments", "mixture", "money", "buyers")


@asynccontextmanager
async def servers():
    folder = Path(tempfile.mkdtemp(prefix="realstaging-faults-"))
    folder.chmod(0o711)
    postgres = EmbeddedPostgres(folder / "postgres", durable=False)
    valkey = EmbeddedValkey(folder / "valkey", durable=False)
    try:
        yield folder, postgres.start(), valkey.start()
    finally:
        valkey.stop()
        postgres.stop()
        shutil.rmtree(folder)


async def every_step(folder, postgres_url, valkey_url):
    began, rows = time.monotonic(), {}
    async for row in cross.every_step(folder, postgres_url, valkey_url):
        rows[row.step] = row
        console.print(f"{time.monotonic() - began:4.0f} s  {row.step}: {told(row.violated)}", style="dim")
    title = f"every step × {len(ONCE)} faults: {time.monotonic() - began:.0f} s"
    names = list(next(iter(rows.values())).counts)
    table = Table("killed (-9) at", "killed", "struck", *names, "violated", title=title)
    for step in cross.doomed_paid.STEPS:
        row = rows[step]
        counts = (str(row.counts[name]) for name in names)
        table.add_row(step, str(row.killed), str(row.struck), *counts, told(row.violated))
    console.print(table)
    return sum(len(row.violated) for row in rows.values())


async def every_step_of_stopping(folder, postgres_url, valkey_url):
    began, violated = time.monotonic(), 0
    table = Table(
        "killed (-9) at", "killed", "struck", "canceled", "predictions", "charged", "recorded as paid", "violated"
    )
    async for row in stopped.every_step(folder, postgres_url, valkey_url):
        counts = (str(row.counts[name]) for name in ("canceled", "predictions", "charged", "recorded as paid"))
        table.add_row(row.step, str(row.killed), str(row.struck), *counts, told(row.violated))
        violated += len(row.violated)
    table.title = f"cancelled, every step × {len(stopped.FAULTS)} answers to a stop: {time.monotonic() - began:.0f} s"
    console.print(table)
    return violated


async def every_step_of_paying(folder, postgres_url, valkey_url):
    began, violated = time.monotonic(), 0
    table = Table("killed (-9) at", "killed", "struck", "payments", "violated")
    database_url = await emptied(postgres_url, "payments")
    async for row in payments.every_step(folder, database_url, f"{valkey_url}/15"):
        counts = ", ".join(f"{count} {state}" for state, count in row.counts.items())
        table.add_row(row.step, str(row.killed), str(row.struck), counts, told(row.violated))
        violated += len(row.violated)
    table.title = f"paid, every step × {len(payments.FAULTS)} faults of Stripe: {time.monotonic() - began:.0f} s"
    console.print(table)
    return violated


async def under_mixture(stagings, folder, postgres_url, valkey_url):
    kills, struck, counts, violated, seconds = await mixture(stagings, folder, postgres_url, valkey_url)
    table = Table(
        "fault", "struck", title=f"{stagings} stagings under a mixture, {kills} workers killed, {seconds:.0f} s"
    )
    for fault in ONCE:
        table.add_row(fault, str(struck[fault]))
    console.print(table)
    console.print(", ".join(f"{name}: {count}" for name, count in counts.items()))
    console.print("violated: " + told(violated))
    return len(violated)


async def of_money(histories, _folder, postgres_url, _valkey_url):
    """Grants, holds, refunds, disputes, time: the service against a model of it (tests/domains/billing/histories.py)."""
    url = await emptied(postgres_url, "money")
    return await through("money", lambda chosen: money.run(url, chosen), max_examples=histories, stateful_step_count=40)


async def of_buyers(histories, folder, postgres_url, valkey_url):
    """Plans, packs, refunds, disputes, time, and what goes wrong: the service against Stripe's stand-in
    (tests/domains/payments/histories.py).
    """
    url, files = await emptied(postgres_url, "buyers"), folder / "buyers"
    files.mkdir()
    buy = partial(buyers.run, files, url, f"{valkey_url}/14")
    return await through("buyers", buy, max_examples=histories, stateful_step_count=20)


async def emptied(postgres_url, name):
    """A database with the newest schema and nothing in it."""
    await run_on(postgres_url, f"create database {name}")
    url = database_at(postgres_url, name)
    await migrations.upgrade(url)
    return url


async def through(of, run, **more):
    """``run``: goes through as many histories as the settings it is given say."""
    began, violated = time.monotonic(), []
    chosen = settings(**more, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    try:
        await asyncio.to_thread(run, chosen)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told, with the shortest history that leads to it
        traceback.print_exc()
        violated.append(str(error) or type(error).__name__)
    console.print(
        f"{chosen.max_examples} histories of {of}: {time.monotonic() - began:.0f} s, violated: {told(violated)}"
    )
    return len(violated)


def told(violated):
    return "; ".join(violated) or "nothing"


async def main(stagings, histories, parts):
    logging.disable(logging.WARNING)
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    wrong = 0
    async with servers() as at:
        if "steps" in parts:
            wrong += await every_step(*at)
        if "stops" in parts:
            wrong += await every_step_of_stopping(*at)
        if "payments" in parts:
            wrong += await every_step_of_paying(*at)
        if "mixture" in parts:
            wrong += await under_mixture(stagings, *at)
        if "money" in parts:
            wrong += await of_money(histories, *at)
        if "buyers" in parts:
            wrong += await of_buyers(histories, *at)
    return 1 if wrong else 0


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("stagings", nargs="?", type=int, default=1000)
    asked.add_argument("--only", choices=PARTS)
    asked.add_argument("--histories", type=int, default=10_000)
    given = asked.parse_args()
    sys.exit(asyncio.run(main(given.stagings, given.histories, {given.only} if given.only else set(PARTS))))
