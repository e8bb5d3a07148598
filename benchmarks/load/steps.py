"""More and more people, until somebody waits too long."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Final

import msgspec
from redis.asyncio import Redis

from benchmarks.figures import quantile
from benchmarks.load import past, processors
from benchmarks.load.past import Example
from benchmarks.load.people import Crowd, Person
from benchmarks.load.processors import Taken
from benchmarks.load.site import Site
from benchmarks.load.tally import Line, Tally
from benchmarks.processes import resident

SLOW: Final = 1000.0
"""Milliseconds of the API's 95th percentile from which on it counts as saturated."""
FAILING: Final = 0.01
"""Or such a share of errors."""
FIRST: Final = 250
AT_ONCE: Final = 20
"""People who sign in at the same moment, before a step begins."""
SETTLING: Final = 5.0
SHED: Final = ("realstaging_requests_shed_total", "realstaging_database_shed_total", "realstaging_rate_local_total")
"""What the API counts where it turns somebody away, or counts without Valkey."""


class Sizes(msgspec.Struct, frozen=True):
    """What the most people left behind. Memory in megabytes, of one process each; connections of both of our processes."""

    api: float
    worker: float
    valkey: float
    valkey_connections: int
    database: float
    database_connections: int

    def __str__(self) -> str:
        return (
            f"Resident then: API {self.api:,.0f} MB, worker {self.worker:,.0f} MB (each without its children). Valkey keeps {self.valkey:,.1f} MB "
            f"and has {self.valkey_connections} connections, the database is {self.database:,.0f} MB and has {self.database_connections}, those of both "
            "processes and of what watches."
        )


class Step(msgspec.Struct, frozen=True):
    """One number of people. ``late``: milliseconds by which this process itself was late, 95th percentile."""

    people: int
    seconds: float
    lines: list[Line]
    api: Line
    errors: dict[str, int]
    processors: Taken
    streams: int
    shed: dict[str, float]
    late: float
    sizes: Sizes

    @property
    def saturated(self) -> bool:
        """Whether people wait too long, or get errors."""
        return self.api.milliseconds[1] > SLOW or self.api.errors > FAILING * self.api.asked

    @property
    def rate(self) -> float:
        """Requests to the API in a second."""
        return self.api.asked / self.seconds


async def sizes(site: Site) -> Sizes:
    """As they are now."""
    async with Redis.from_url(site.settings.redis_url) as redis:
        memory, clients = await redis.info("memory"), await redis.info("clients")
    database = site.platform.database
    return Sizes(
        resident(site.kinds["API"].pid),
        resident(site.kinds["worker"].pid),
        memory["used_memory"] / 2**20,
        int(clients["connected_clients"]),
        await database.fetchval("select pg_database_size(current_database())") / 2**20,
        await database.fetchval("select count(*) from pg_stat_activity where backend_type = 'client backend'"),
    )


class Each(msgspec.Struct, frozen=True):
    """Processor seconds of one photo by kind of process, while nobody else is there: sent, read, its room read, staged by a model."""

    photos: int
    by_kind: dict[str, float]


async def unhurried(first: Person, photos: int) -> Each:
    """What one photo takes."""
    site = first.crowd.site
    before = processors.taken(site.kinds)
    for _ in range(0, photos, 10):
        await first.order(await first.upload(min(10, photos)))
    await _quiet(first)
    taken = processors.taken(site.kinds).since(before)
    return Each(photos, {kind: seconds / photos for kind, seconds in taken.by_kind.items()})


async def _quiet(first: Person) -> None:
    """Until no job waits or runs."""
    waiting = "select count(*) from jobs where state in ('queued', 'running') and run_at < now() + interval '5 seconds'"
    while await first.crowd.site.platform.database.fetchval(waiting):  # noqa: ASYNC110 - rows tell nobody
        await asyncio.sleep(0.2)


async def climbed(crowd: Crowd, example: Example, most: int, seconds: float, until: float) -> AsyncIterator[Step]:
    """Steps of ``seconds``, each with twice as many people as the one before, at most ``most``; none begins after ``until``."""
    living: list[asyncio.Task[None]] = []
    people = 0
    try:
        wanted = min(FIRST, most)
        while time.monotonic() < until:
            newcomers = [Person(crowd, number) for number in range(people, wanted)]
            await _arrive(newcomers, example)
            living += [asyncio.create_task(person.live()) for person in newcomers if person.project]
            people = wanted
            await asyncio.sleep(SETTLING)
            step = await _measured(crowd, people, seconds)
            yield step
            if step.saturated or people >= most:
                return
            wanted = min(2 * people, most)
    finally:
        for task in living:
            task.cancel()
        await asyncio.gather(*living, return_exceptions=True)


async def _arrive(newcomers: list[Person], example: Example) -> None:
    doors = asyncio.Semaphore(AT_ONCE)

    async def arrive(person: Person) -> None:
        async with doors:
            await person.sign_in()

    await asyncio.gather(*(arrive(person) for person in newcomers))
    arrived = [person for person in newcomers if person.account]
    await past.remember(newcomers[0].crowd.site, arrived, example)


async def _measured(crowd: Crowd, people: int, seconds: float) -> Step:
    site, late = crowd.site, _Lateness()
    tally = crowd.tally = Tally()
    shed = {metric: await site.counted(metric) for metric in SHED}
    before = processors.taken(site.kinds)
    await late.watch(seconds)
    taken = processors.taken(site.kinds).since(before)
    shed = {metric: await site.counted(metric) - seen for metric, seen in shed.items()}
    api = tally.of_api()
    return Step(
        people,
        taken.seconds,
        list(tally.lines()),
        api,
        dict(tally.kinds),
        taken,
        crowd.streams,
        shed,
        late.p95,
        await sizes(site),
    )


class _Lateness:
    """How much later than it should this process does what is due: what it adds to every figure."""

    def __init__(self) -> None:
        self._late = [0.0, 0.0]

    async def watch(self, seconds: float) -> None:
        """For so long."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            due = time.perf_counter() + 0.05
            await asyncio.sleep(0.05)
            self._late.append((time.perf_counter() - due) * 1000)

    @property
    def p95(self) -> float:
        """Milliseconds."""
        return quantile(self._late, 0.95)
