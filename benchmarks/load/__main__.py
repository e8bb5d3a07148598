"""`make load`: people sign in, look around, upload, order stagings, download and follow events, more and more of them, against the real
service on this machine.

    python -m benchmarks.load [--users MOST] [--seconds OF_A_STEP] [--print-only]

Ends with 1 where anybody got an error or was refused while the service was not saturated.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import sys
import time
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

import aiohttp
import psutil
import uvloop

from benchmarks.load import past, report
from benchmarks.load.people import LONGEST, Crowd, Person
from benchmarks.load.report import Run
from benchmarks.load.site import Site, running
from benchmarks.load.steps import Each, climbed, unhurried
from realstaging.runtime import logs

MOST_TIME: Final = 9 * 60.0
"""Seconds after which no further step begins."""
FIRST: Final = 49_999
"""The number of who is there before everybody else."""
UNHURRIED: Final = 20


async def measure(most: int, seconds: float) -> Run:
    """All of it."""
    began = time.monotonic()
    async with running() as site, aiohttp.ClientSession(connector=_connector(), timeout=_patience()) as http:
        site.kinds[report.GENERATOR] = psutil.Process()
        crowd = Crowd(site, http)
        example, each = await _first(crowd)
        crowd.uploaded = crowd.asked_for = 0
        made = await _ready(site)
        steps = [step async for step in climbed(crowd, example, most, seconds, began + MOST_TIME - 2 * seconds)]
        return Run(_machine(), each, steps, crowd.uploaded, crowd.asked_for, await _ready(site) - made)


def _patience() -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(LONGEST)


def _connector() -> aiohttp.TCPConnector:
    # As a proxy in front of the API: as many connections as are needed at once, kept for the next.
    return aiohttp.TCPConnector(limit=0)


async def _first(crowd: Crowd) -> tuple[past.Example, Each]:
    """Somebody alone: makes what everybody else will have had, and shows what a photo takes."""
    first = Person(crowd, FIRST)
    await first.sign_in()
    project = await first.ask("POST /projects", "POST", "projects", json={"name": "12 Elm Street"})
    first.project = UUID(project["id"])
    await past.give_credit(crowd.site, first)
    # Every process is up after these, and has loaded what it needs.
    await unhurried(first, 4)
    example = await past.example_of(crowd.site, first)
    return example, await unhurried(first, UNHURRIED)


async def _ready(site: Site) -> int:
    """Stagings that were made, and not copied."""
    return int(
        await site.platform.database.fetchval(
            "select count(*) from jobs where kind = 'staging.stage' and state = 'done'"
        )
    )


def _machine() -> str:
    one, _, fifteen = os.getloadavg()
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{datetime.now(UTC):%-d %B %Y}: {os.cpu_count()} cores, {memory:.0f} GB, {platform.machine()}, Python "
        f"{platform.python_version()}; load average at the end {one:.0f} (last minute), {fifteen:.0f} (fifteen minutes). "
        + report.INTRODUCTION
    )


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--users", type=int, default=8000, help="the most people at once")
    asked.add_argument("--seconds", type=float, default=40.0, help="how long each step is measured")
    asked.add_argument("--print-only", action="store_true", help="leave docs/reference/load.md as it is")
    given = asked.parse_args()
    logs.configure("error", as_json=False)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    run = uvloop.run(measure(given.users, given.seconds))
    text = report.markdown(run)
    print(text)
    if not given.print_only:
        report.write(text)
    calm = [step for step in run.steps if not step.saturated]
    return 1 if any(step.errors or step.api.refused for step in calm) else 0


if __name__ == "__main__":
    sys.exit(main())
