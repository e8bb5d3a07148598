"""`make faults`: every fault of the provider, every step a worker can be killed at, and a thousand stagings under a mixture.

    python -m tests.faults.table [STAGINGS] [--only steps|mixture]

Prints a table and ends with 1 where anything is not as it must be.
"""

import argparse
import asyncio
import logging
import random
import shutil
import signal
import sys
import tempfile
import time
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import structlog
from rich.console import Console
from rich.table import Table

from realstaging.dev.postgres import EmbeddedPostgres
from realstaging.dev.valkey import EmbeddedValkey
from realstaging.runtime import migrations
from realstaging.sandbox.replicate.faults import Fault
from realstaging.sandbox.replicate.predictions import Conduct
from tests.conftest import database_at, run_on
from tests.faults.doomed_paid import STEPS
from tests.faults.paid import house

console = Console(width=150)
# Each strikes one call or prediction of fifty, so that about every second staging meets one.
MIXTURE = [fault for fault in Fault if fault not in {Fault.NO_CREDIT, Fault.HUGE_OUTPUT}]
SHARE = 0.02
# Fewer than a job has attempts, since all of them are in flight at every kill.
KILLS = 4


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


@asynccontextmanager
async def fresh_house(folder, postgres_url, valkey_url, name, conduct):
    await run_on(postgres_url, f"create database {name}")
    url = database_at(postgres_url, name)
    await migrations.upgrade(url)
    (folder / name).mkdir()
    async with house(folder / name, url, valkey_url, conduct, seed=7) as paid:
        await paid.credit(10_000)
        settings = folder / name / "settings.json"
        settings.write_bytes(msgspec.json.encode(paid.service.settings))
        yield paid, settings


async def worker(settings, step="-", call=1):
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.faults.doomed_paid",
        settings,
        step,
        str(call),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )


async def end(process):
    if process.returncode is None:
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGKILL)
    await process.wait()


async def states(paid):
    rows = await paid.database.fetch("select state, count(*) from stagings group by state")
    counts = {row["state"]: row["count"] for row in rows}
    predictions = paid.sandbox.predictions.values()
    recorded = await paid.database.fetchval("select count(*) from attempts where cost > 0")
    return [
        counts.get("ready", 0),
        counts.get("failed", 0),
        len(predictions),
        sum(one.charged for one in predictions),
        recorded,
    ]


async def reasons(paid):
    """Why stagings failed, each reason once: with a fault for each of them, some may."""
    rows = await paid.database.fetch("select distinct error_code from stagings where state = 'failed'")
    return ", ".join(sorted(row["error_code"] for row in rows)) or "-"


async def killed_at(step, call, folder, postgres_url, valkey_url, name):
    """One staging for each fault; the worker dies at the step; another one finishes."""
    async with fresh_house(folder, postgres_url, valkey_url, name, Conduct(run_median=0.3, webhook_pause=0.1)) as (
        paid,
        settings,
    ):
        for fault in MIXTURE:
            paid.fault(fault)
        photo = await paid.photo()
        for _ in MIXTURE:
            await paid.ada.stage(photo, engine="replicate")
        doomed = await worker(settings, step, call)
        try:
            await asyncio.wait_for(doomed.wait(), 90)
        except TimeoutError:
            await end(doomed)
        second = await worker(settings)
        violated = []
        try:
            await paid.settled(180)
        except TimeoutError:
            violated.append("it comes to an end")
        finally:
            await end(second)
        struck = sum(paid.sandbox.faults.struck.values())
        violated += await paid.audit()
        return [step, doomed.returncode == -9, struck, *await states(paid), await reasons(paid), violated]


async def mixture(stagings, folder, postgres_url, valkey_url):
    """Many stagings while faults strike at random and workers are killed at random."""
    chance = random.Random(3)
    conduct = Conduct(queue=0.05, run_median=0.4, run_sigma=0.5, webhook_pause=0.2)
    async with fresh_house(folder, postgres_url, valkey_url, "mixture", conduct) as (paid, settings):
        for fault in MIXTURE:
            paid.fault(fault, times=None, share=SHARE)
        photo = await paid.photo()
        item = {"photo_id": photo["id"], "room_type": "living_room", "styles": ["modern"], "engine": "replicate"}
        started, current, kills = time.monotonic(), await worker(settings), 0
        for _ in range(0, stagings, 50):
            await paid.ada.ask("POST", "stagings", 201, json={"items": [item] * min(50, stagings)})
        open_count = "select count(*) from stagings where state in ('queued', 'running')"
        try:
            while (left := await paid.database.fetchval(open_count)) or await paid._busy():
                await asyncio.sleep(0.5)
                if left < stagings * (1 - (kills + 1) / (KILLS + 1)) and kills < KILLS:
                    await asyncio.sleep(chance.random())
                    current.kill()
                    await current.wait()
                    current, kills = await worker(settings), kills + 1
                if time.monotonic() - started > 1800:
                    break
        finally:
            await end(current)
        counts = [*await states(paid), await reasons(paid)]
        return kills, paid.sandbox.faults.struck, counts, await paid.audit(), time.monotonic() - started


async def every_step(folder, postgres_url, valkey_url):
    title = f"{len(MIXTURE)} stagings, one for each fault; the worker killed (-9) at a step, and started anew"
    heads = (
        "killed at",
        "killed",
        "faults",
        "ready",
        "failed",
        "predictions",
        "charged",
        "recorded",
        "reasons",
        "violated",
    )
    table, wrong = Table(*heads, title=title), 0
    for number, step in enumerate(STEPS):
        row = await killed_at(step, 1 + number % 5, folder, postgres_url, valkey_url, f"step_{number}")
        wrong += len(row[-1]) + (not row[1])
        cells = [row[0], "yes" if row[1] else "NO", *map(str, row[2:-1]), "; ".join(row[-1]) or "nothing"]
        console.print(" · ".join(cells), style="dim", highlight=False)
        table.add_row(*cells)
    console.print(table)
    return wrong


async def under_mixture(stagings, folder, postgres_url, valkey_url):
    kills, struck, counts, violated, seconds = await mixture(stagings, folder, postgres_url, valkey_url)
    table = Table(
        "fault", "struck", title=f"{stagings} stagings under a mixture, {kills} workers killed, {seconds:.0f} s"
    )
    for fault in MIXTURE:
        table.add_row(fault, str(struck[fault]))
    console.print(table)
    names = ("ready", "failed", "predictions", "charged", "recorded as paid", "reasons")
    console.print(", ".join(f"{name}: {count}" for name, count in zip(names, counts, strict=True)))
    console.print("violated: " + ("; ".join(violated) or "nothing"))
    return len(violated)


async def main(stagings, parts):
    logging.disable(logging.WARNING)
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    wrong = 0
    async with servers() as at:
        if "steps" in parts:
            wrong += await every_step(*at)
        if "mixture" in parts:
            wrong += await under_mixture(stagings, *at)
    return 1 if wrong else 0


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("stagings", nargs="?", type=int, default=1000)
    asked.add_argument("--only", choices=["steps", "mixture"])
    given = asked.parse_args()
    sys.exit(asyncio.run(main(given.stagings, {given.only} if given.only else {"steps", "mixture"})))
