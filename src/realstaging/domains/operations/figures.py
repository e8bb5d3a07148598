"""Figures of the whole platform, as chores tell them to whoever watches it (docs/how-to/monitoring.md).

What the rows say is the same whichever process asks: each tells all of it, so that it is told while one lives, and an alert takes the
largest of what it is told, never the sum.
"""

from __future__ import annotations

import asyncio
import shutil
import ssl
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from prometheus_client import Gauge

from realstaging.domains.billing import service as billing
from realstaging.domains.operations import operator_store, store
from realstaging.kit import addresses, money
from realstaging.runtime import heartbeats, last_done, parts
from realstaging.runtime.chores import Chore
from realstaging.runtime.platform import Platform
from realstaging.runtime.wake_ups import LANES
from realstaging.storage.local import LocalStorage

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
# Seconds for a look at our own certificate.
LONGEST_HANDSHAKE: Final = 10.0
HTTPS: Final = 443

PROCESSES: Final = Gauge("realstaging_processes", "Processes of the service that live, by kind.", ["process"])
JOBS: Final = Gauge(
    "realstaging_jobs", "Jobs that could run and wait for a place, and jobs that run.", ["lane", "state"]
)
OLDEST: Final = Gauge(
    "realstaging_oldest_waiting_job_seconds",
    "How long the job has waited for a place that has waited longest.",
    ["lane"],
)
DEAD: Final = Gauge("realstaging_dead_jobs", "Jobs that were given up and that nobody has replayed.", ["kind"])
LAST_DONE: Final = Gauge(
    "realstaging_last_done_timestamp_seconds",
    "When something outside of the service was last done for it, in seconds since 1970: backup, restore_rehearsal, probe.",
    ["what"],
)
CONNECTIONS: Final = Gauge(
    "realstaging_database_connections", "Connections of the database server: open, and at most.", ["state"]
)
DISK_FREE: Final = Gauge("realstaging_disk_free_bytes", "What is free where this process writes.", ["place"])
DISK_SIZE: Final = Gauge("realstaging_disk_size_bytes", "The size of what this process writes to.", ["place"])
SPENT: Final = Gauge(
    "realstaging_provider_spend_dollars", "What pictures that ended in the last hour cost us, by model.", ["model"]
)
ASKED: Final = Gauge(
    "realstaging_provider_pictures", "Pictures asked of providers that ended in the last hour.", ["model", "outcome"]
)
EARNED: Final = Gauge(
    "realstaging_earned_dollars", "Credit that stagings have used up in the last hour, at list price."
)
STAGINGS: Final = Gauge("realstaging_stagings", "Stagings that ended in the last hour.", ["engine", "state"])
DISAGREEMENTS: Final = Gauge(
    "realstaging_ledger_disagreements", "How often an invariant of money does not hold. Always 0.", ["invariant"]
)
PEOPLE: Final = Gauge(
    "realstaging_people", "Accounts, people, people signed in within a day, accounts made within a day.", ["what"]
)
STORED: Final = Gauge("realstaging_stored_bytes", "Bytes of files that rows know of.", ["what"])
CERTIFICATE: Final = Gauge(
    "realstaging_certificate_expiry_timestamp_seconds",
    "When the certificate at PUBLIC_URL runs out, in seconds since 1970; 0 where nobody can trust it.",
    ["host"],
)

PARTS: Final = Gauge(
    "realstaging_part_up",
    "Whether a part that this process needs answers it: database, redis, storage. 1 where it does.",
    ["part"],
)
CLOCK: Final = Gauge(
    "realstaging_clock_offset_seconds",
    "How far the clock of this process is ahead of the database's; less than 0 where it is behind.",
)

OF_MACHINES: Final = (DISK_FREE, DISK_SIZE, CERTIFICATE, PARTS, CLOCK)
"""Not of rows: each machine has its own."""


async def tell_queue(platform: Platform) -> None:
    """Who lives, what waits, and what was last done outside."""
    living = {one.process: one.count for one in await heartbeats.alive(platform.database)}
    for process in ("api", "worker"):
        PROCESSES.labels(process).set(living.get(process, 0))
    found = {lane.lane: lane for lane in await operator_store.lanes(platform.database)}
    for name in LANES:
        lane = found.get(name)
        JOBS.labels(name, "waiting").set(lane.waiting if lane else 0)
        JOBS.labels(name, "running").set(lane.running if lane else 0)
        OLDEST.labels(name).set(lane.oldest_seconds if lane else 0)
    dead = await store.dead_jobs(platform.database)
    DEAD.clear()
    for one in dead:
        DEAD.labels(one.kind).set(one.count)
    for what, at in (await last_done.all_of_them(platform.database)).items():
        LAST_DONE.labels(what).set(at.timestamp())


async def look_at_parts(platform: Platform) -> None:
    """Whether what this process needs answers it; where the database does, whether its clock is ours."""
    reached = {part: state == parts.WELL for part, state in (await parts.look(platform)).items()}
    for part, answers in reached.items():
        PARTS.labels(part).set(answers)
    if reached.get("database"):
        async with asyncio.timeout(parts.PATIENCE):
            CLOCK.set(await _ahead(platform))


async def _ahead(platform: Platform) -> float:
    """Seconds by which our clock is ahead of the database's, which tells its own at some moment between two of ours."""
    asked = platform.clock()
    told = await store.clock(platform.database)
    answered = platform.clock()
    return (asked + (answered - asked) / 2 - told).total_seconds()


async def tell_machine(platform: Platform) -> None:
    """The database's connections, and the disks that this process writes to."""
    connections = await store.connections(platform.database)
    CONNECTIONS.labels("open").set(connections.open)
    CONNECTIONS.labels("most").set(connections.most)
    places = [("temporary", Path(tempfile.gettempdir()))]
    if isinstance(platform.storage, LocalStorage):
        places.append(("storage", platform.storage.folder))
    for place, folder in places:
        # A folder that nothing was kept in yet is made with the first file.
        if folder.exists():
            disk = await asyncio.to_thread(shutil.disk_usage, folder)
            DISK_FREE.labels(place).set(disk.free)
            DISK_SIZE.labels(place).set(disk.total)


async def tell_money(platform: Platform) -> None:
    """What providers and stagings came to in the last hour, and who was there in the last day."""
    now = platform.clock()
    asked = await store.asked(platform.database, now - HOUR)
    ended = await store.ended(platform.database, now - HOUR)
    for gauge in (SPENT, ASKED, STAGINGS):
        gauge.clear()
    for one in asked:
        SPENT.labels(one.model).inc(one.cost / money.DOLLAR)
        ASKED.labels(one.model, one.outcome).set(one.count)
    for staging in ended:
        STAGINGS.labels(staging.engine, staging.state).set(staging.count)
    EARNED.set(await store.earned(platform.database, now - HOUR) / money.DOLLAR)
    people = await store.people(platform.database, now - DAY)
    PEOPLE.labels("accounts").set(people.accounts)
    PEOPLE.labels("people").set(people.people)
    PEOPLE.labels("active").set(people.active)
    PEOPLE.labels("new_accounts").set(people.new_accounts)


async def check_books(platform: Platform) -> None:
    """Whether the ledger agrees with itself, and how much is kept."""
    for checked in await billing.check(platform.database):
        DISAGREEMENTS.labels(checked.invariant).set(checked.times)
    stored = await store.stored(platform.database)
    STORED.labels("originals").set(stored.originals)
    STORED.labels("results").set(stored.results)


async def look_at_certificate(platform: Platform) -> None:
    """When our own certificate runs out, as others see it. OSError where our own address can't be reached from here."""
    address = urlsplit(platform.public_url)
    if not addresses.is_encrypted(platform.public_url) or not address.hostname:
        return
    expires = await expiry(address.hostname, address.port or HTTPS, ssl.create_default_context())
    CERTIFICATE.labels(address.hostname).set(expires)


async def expiry(host: str, port: int, context: ssl.SSLContext) -> float:
    """When the certificate there runs out, in seconds since 1970; 0 where it can't be trusted."""
    try:
        async with asyncio.timeout(LONGEST_HANDSHAKE):
            _, writer = await asyncio.open_connection(host, port, ssl=context)
    except ssl.SSLCertVerificationError:
        return 0.0
    try:
        told: str = writer.get_extra_info("peercert").get("notAfter")
        return float(ssl.cert_time_to_seconds(told))
    finally:
        writer.close()


BY_ALL: Final = [
    Chore("tell_queue", 15.0, tell_queue),
    Chore("tell_machine", 60.0, tell_machine),
    Chore("look_at_parts", 15.0, look_at_parts),
]
"""Also by the API, which lives when no worker does."""
BY_WORKERS: Final = [
    *BY_ALL,
    heartbeats.beating("worker"),
    Chore("tell_money", 60.0, tell_money),
    Chore("check_books", 600.0, check_books),
    Chore("look_at_certificate", 3600.0, look_at_certificate),
]
BY_API: Final = [*BY_ALL, heartbeats.beating("api")]
