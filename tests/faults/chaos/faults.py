"""What is done to the service, what has to be told of it, and what may be told besides."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from redis.asyncio import Redis

from realstaging.runtime.wake_ups import LANES
from realstaging.sandbox.replicate.faults import Fault, Order
from tests.faults.chaos.deployment import Deployment

Deed = Callable[[Deployment], Awaitable[None]]

HOUR = 3600
# What goes with it where requests are answered by 5xx, or go nowhere: the same news, told for a page and for a ticket.
ERRORS = {"ErrorsBurnFast", "ErrorsBurnSlow"}
CHORES = {f"ChoreStuck {chore}" for chore in ("sweep_jobs", "sweep_attempts", "end_left_behind", "tell_queue", "beat")}
# A bucket refuses what was signed more than 15 minutes away from its own time (S3: RequestTimeTooSkewed).
SKEWED = {"PartDown storage", "StorageFails"}
WAITING = {f"JobsWaitLong {lane}" for lane in LANES if lane != "spare"}


@dataclass(frozen=True)
class Trouble:
    """``tells`` has to go off; ``besides`` may, and is true as well; anything else is wrong. ``lasts`` in seconds."""

    part: str
    name: str
    strike: Deed
    mend: Deed
    tells: frozenset = frozenset()
    besides: frozenset = frozenset()
    lasts: float = 60.0
    on_disk: bool = False


def kill(server):
    async def strike(running):
        await asyncio.to_thread(getattr(running, server).kill)

    return strike


def start(server):
    async def mend(running):
        await asyncio.to_thread(getattr(running, server).start)

    return mend


def freeze(server):
    async def strike(running):
        running.freeze(getattr(running, server))

    return strike


def thaw(server):
    async def mend(running):
        running.thaw(getattr(running, server))

    return mend


async def flush_valkey(running):
    """All it knows is gone, again and again, at moments of its own."""
    async with Redis.from_url(running.settings.redis_url) as redis:
        for _ in range(20):
            await redis.flushall()
            await asyncio.sleep(1.3)


async def nothing(running):
    """It is over by itself."""


def spoil(how):
    async def strike(running):
        running.way.spoil(how)

    return strike


async def mend_bucket(running):
    running.way.mend()


async def fill_disk(running):
    """A file that leaves nothing free: pages of it are there, not only its length."""

    def fill():
        with suppress(OSError), (running.folder / "disk" / "full").open("wb", buffering=0) as file:
            for size in (1 << 20, 4096, 1):
                with suppress(OSError):
                    while file.write(b"\0" * size):
                        pass

    await asyncio.to_thread(fill)


async def empty_disk(running):
    (running.folder / "disk" / "full").unlink()


def turn(kind, seconds):
    async def strike(running):
        running.turn_clock(kind, seconds)

    return strike


async def kill_worker(running):
    running.processes["worker"].send_signal(signal.SIGKILL)
    await asyncio.to_thread(running.processes["worker"].kill)


async def start_worker(running):
    running.start("worker")


async def kill_worker_often(running):
    """As a host does that starts anew what it has killed for its memory."""
    for _ in range(4):
        await kill_worker(running)
        running.start("worker")
        await asyncio.sleep(8)


async def kill_api(running):
    await asyncio.to_thread(running.processes["api"].kill)


async def start_api(running):
    running.start("api")


def provider(fault):
    async def strike(running):
        for one in (fault, Fault.READ_ERROR):
            running.paid.sandbox.faults.order(Order(one, times=None))

    return strike


async def mend_provider(running):
    running.paid.sandbox.faults.clear()


def told(*names):
    return frozenset(names)


def parts_down(part):
    return told(f"PartDown {part}")


TROUBLES = [
    Trouble(
        "database",
        "killed, and started again",
        kill("postgres"),
        start("postgres"),
        parts_down("database") | ERRORS,
        CHORES | WAITING,
    ),
    Trouble(
        "database",
        "hangs (SIGSTOP), and goes on",
        freeze("postgres"),
        thaw("postgres"),
        parts_down("database") | ERRORS,
        CHORES | WAITING | {"RequestsSlow"},
    ),
    Trouble("valkey", "killed, and started again", kill("valkey"), start("valkey"), parts_down("redis"), WAITING),
    Trouble(
        "valkey",
        "hangs (SIGSTOP), and goes on",
        freeze("valkey"),
        thaw("valkey"),
        parts_down("redis"),
        WAITING | {"RequestsSlow"},
    ),
    Trouble("valkey", "forgets everything, twenty times", flush_valkey, nothing, lasts=5),
    Trouble(
        "bucket",
        "refuses (403)",
        spoil("refusing"),
        mend_bucket,
        told("StorageFails", "PartDown storage"),
        ERRORS | {"DeadJobs staging.stage"},
    ),
    Trouble("bucket", "is full (507 to what is written)", spoil("full"), mend_bucket, told("StorageFails"), ERRORS),
    Trouble(
        "bucket",
        "is slow (6 s)",
        spoil("slow"),
        mend_bucket,
        told("StorageSlow"),
        {"RequestsSlow", "PartDown storage"} | WAITING,
        lasts=90,
    ),
    Trouble(
        "bucket",
        "hangs",
        spoil("hanging"),
        mend_bucket,
        parts_down("storage"),
        ERRORS | {"RequestsSlow", "StorageFails", "StorageSlow"},
        lasts=60,
    ),
    Trouble(
        "clock",
        "of the worker jumps an hour ahead",
        turn("worker", HOUR),
        turn("worker", 0),
        told("ClockWrong"),
        WAITING | SKEWED,
    ),
    Trouble(
        "clock",
        "of the worker jumps ten minutes back",
        turn("worker", -600),
        turn("worker", 0),
        told("ClockWrong"),
        CHORES,
    ),
    Trouble(
        "clock",
        "of the API jumps an hour ahead",
        turn("api", HOUR),
        turn("api", 0),
        told("ClockWrong"),
        # Notices are signed with their moment (Standard Webhooks): an hour old by this clock, they are taken for replayed.
        WAITING | SKEWED | {"WebhooksForged"},
    ),
    Trouble(
        "worker",
        "killed, and started again after two minutes",
        kill_worker,
        start_worker,
        told("NoWorker", "NotScraped"),
        WAITING | CHORES,
        lasts=110,
    ),
    Trouble("worker", "killed four times in half a minute", kill_worker_often, nothing, lasts=5),
    Trouble(
        "worker", "the API is killed, and started again", kill_api, start_api, told("NotScraped"), ERRORS, lasts=50
    ),
    Trouble(
        "provider",
        "answers 500 to everything",
        provider(Fault.SERVER_ERROR),
        mend_provider,
        told("ProviderFails 127.0.0.1"),
        WAITING,
        # A worker that has failed asks four times a minute: six times in a quarter of an hour of the rules.
        lasts=180,
    ),
    Trouble(
        "disk",
        "of pictures and temporary files is full",
        fill_disk,
        empty_disk,
        told("DiskFull storage", "DiskFull temporary", "StorageFails"),
        ERRORS,
        lasts=110,
        on_disk=True,
    ),
]
PARTS = tuple(dict.fromkeys(one.part for one in TROUBLES))
