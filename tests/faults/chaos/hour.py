"""One trouble, from a quiet minute before it until everything is over: what was told, and what came of the work."""

import asyncio
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from realstaging.domains.files import service as files
from realstaging.kit.tasks import ended
from tests.faults.chaos.load import Load
from tests.faults.chaos.series import TICK, TOLD_AGAIN, Series, firing

# Seconds of load before it and after it, and for all work to come to its end.
BEFORE = 20.0
AFTER = 45.0
LONGEST = 300.0
PICTURES = 7
"""Files of a result."""


@dataclass
class Outcome:
    trouble: object
    lasted: float
    struck_at: float
    mended_at: float
    alerts: dict
    until: float
    load: Load
    states: dict = field(default_factory=dict)
    violated: list = field(default_factory=list)
    over_after: float = 0.0

    @property
    def missing(self):
        return sorted(self.trouble.tells - self.alerts.keys())

    @property
    def wrong(self):
        return sorted(self.alerts.keys() - self.trouble.tells - self.trouble.besides)

    @property
    def early(self):
        """Those that went off before there was anything to tell."""
        return sorted(name for name, at in self.alerts.items() if at[0] < self.struck_at)

    @property
    def unresolved(self):
        return sorted(name for name, at in self.alerts.items() if at[-1] >= self.until)

    @property
    def complaints(self):
        named = {
            "not told": self.missing,
            "told wrongly": self.wrong,
            "told early": self.early,
            "not resolved": self.unresolved,
        }
        return [f"{what}: {', '.join(names)}" for what, names in named.items() if names] + self.violated

    @property
    def told(self):
        """What had to be told and was, with the minutes of the rules after which."""
        return {name: self.alerts[name][0] - self.struck_at for name in sorted(self.trouble.tells & self.alerts.keys())}

    @property
    def besides(self):
        return sorted(self.alerts.keys() & self.trouble.besides)

    @property
    def failed_requests(self):
        """Answered by 5xx, or not at all."""
        return sum(
            count
            for status, count in self.load.statuses.items()
            if status == "unanswered" or (isinstance(status, int) and status >= 500)
        )

    @property
    def requests(self):
        return sum(
            count for status, count in self.load.statuses.items() if status == "unanswered" or isinstance(status, int)
        )


@asynccontextmanager
async def watched(running):
    """What its processes tell, for as long as the block lasts."""
    series = Series(running.targets)
    asking = asyncio.create_task(series.keep_asking())
    try:
        yield series
    finally:
        await ended(asking)


async def through(running, trouble):
    """Strike and mend under load, and look at what is left of it."""
    async with watched(running) as series:
        async with Load(running).going_on() as load:
            await asyncio.sleep(BEFORE)
            began, struck_at = time.monotonic(), series.now
            await trouble.strike(running)
            await asyncio.sleep(trouble.lasts)
            await trouble.mend(running)
            lasted, mended_at, mended = time.monotonic() - began, series.now, time.monotonic()
            await asyncio.sleep(AFTER)
        late = await over(running)
        over_after = time.monotonic() - mended
        # What the work has ended in is told once more.
        await asyncio.sleep(20)
    alerts = await asyncio.to_thread(firing, series, running.folder)
    until = (series.last + TOLD_AGAIN) * TICK / 60
    outcome = Outcome(trouble, lasted, struck_at, mended_at, alerts, until, load, over_after=over_after)
    outcome.states, outcome.violated = await looked_at(running, load)
    outcome.violated = [*late, *load.refused, *outcome.violated]
    return outcome


async def over(running):
    """Wait until nothing is open; what still is after that."""
    open_count = "select count(*) from stagings where state in ('queued', 'running')"
    until = time.monotonic() + LONGEST
    while await running.paid.database.fetchval(open_count) or await running.paid.busy():
        if time.monotonic() > until:
            rows = await running.paid.database.fetch(
                "select kind, state, error, run_at from jobs where state in ('queued', 'running') limit 5"
            )
            return [f"not over {LONGEST:.0f} s after it: {[dict(row) for row in rows]}"]
        await asyncio.sleep(0.5)
    return []


async def looked_at(running, load):
    """What came of what was asked for, and which of the rules does not hold: nothing is lost, nothing is there twice."""
    database, storage = running.paid.database, running.paid.service.platform.storage
    rows = await database.fetch(
        "select id::text, state, error_code from stagings where id = any($1::uuid[])", load.stagings
    )
    states = {}
    for row in rows:
        name = row["state"] if row["state"] != "failed" else f"failed ({row['error_code']})"
        states[name] = states.get(name, 0) + 1
    ready = [row["id"] for row in rows if row["state"] == "ready"]
    project = load.project
    claims = {
        "every staging that was asked for is there, once": sorted(row["id"] for row in rows) == sorted(load.stagings)
        and await database.fetchval("select count(*) from stagings where project_id = $1", project)
        == len(load.stagings),
        "every photo that was taken is there, once": sorted(load.photos)
        == sorted(
            row["id"] for row in await database.fetch("select id::text from photos where project_id = $1", project)
        ),
        "every result has its files, and no other": all(
            [len(await storage.list(f"results/{one}/")) == PICTURES for one in ready]
        ),
        "every result was told once": sorted(ready)
        == sorted(
            row["id"]
            for row in await database.fetch(
                """select data ->> 'id' as id from events where kind = 'staging.changed' and data ->> 'state' = 'ready'
                   and data ->> 'id' = any($1::text[])""",
                ready,
            )
        ),
        "no row misses a file": [
            one async for one in files.check(running.paid.service.platform) if one.wrong == "no_file"
        ]
        == [],
        "no job was given up": await database.fetchval("select count(*) from jobs where state = 'dead'") == 0,
        "something was done": bool(ready),
    }
    return states, [*(claim for claim, holds in claims.items() if not holds), *await running.paid.audit()]
