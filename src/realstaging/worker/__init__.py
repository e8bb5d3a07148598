"""Rank 2: the worker process. SAQ wakes its places; `runtime.jobs` decides and runs."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

import structlog
from redis.exceptions import RedisError
from saq import Status, Worker

from realstaging import wiring
from realstaging.fail_closed import require
from realstaging.kit.tasks import ended
from realstaging.runtime import error_tracking, jobs, logs, memory, otlp, schema, telemetry
from realstaging.runtime.chores import Chore, keep_doing
from realstaging.runtime.jobs import Handler
from realstaging.runtime.platform import Platform
from realstaging.settings import Settings
from realstaging.wiring.jobs import CHORES, HANDLERS

log = structlog.get_logger()

SWEEP_PAUSE: Final = 2.0
# Ten times what the sweep takes with ten thousand jobs waiting.
LONGEST_SWEEP: Final = 30.0
PLACE_PAUSE: Final = 1.0
PACKING_JOBS: Final = 3
"""ZIPs and exports at once: each has a whole picture in memory, several times, and takes up to minutes."""
SPARE_JOBS: Final = 1
"""At once of what nobody waits for: readings of photos, which take a core for seconds."""
# Seconds for a run to be ended and handed back, which tries for some seconds itself.
LONGEST_ENDING: Final = 8.0


async def serve(
    platform: Platform,
    handlers: Mapping[str, Handler[Any]],
    concurrency: Mapping[str, int],
    stop: asyncio.Event,
    chores: Sequence[Chore] = (),
) -> None:
    """Work on every lane until told to stop; then hand back what is not finished."""
    memory.freeze()
    lanes = [asyncio.create_task(_lane(platform, handlers, lane, places, stop)) for lane, places in concurrency.items()]
    sweep = Chore("sweep_jobs", SWEEP_PAUSE, partial(jobs.sweep, handlers=handlers), LONGEST_SWEEP)
    sweepers = [asyncio.create_task(keep_doing(platform, chore)) for chore in (sweep, *chores)]
    await stop.wait()
    await asyncio.gather(*lanes, *(ended(sweeper) for sweeper in sweepers), return_exceptions=True)


async def _lane(
    platform: Platform, handlers: Mapping[str, Handler[Any]], lane: str, places: int, stop: asyncio.Event
) -> None:
    """One SAQ worker. Where Valkey goes away it is started anew: the rows have not gone anywhere."""
    while not stop.is_set():
        worker = _worker(platform, handlers, lane, places)
        running = asyncio.create_task(worker.start())
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not stop.is_set() and running.done():
            log.warning("worker.lane_interrupted", lane=lane, error=_ending(running))
            await asyncio.sleep(0.5)
        try:
            await worker.stop()
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 - the lane's next worker must start
            log.warning("worker.lane_not_stopped", lane=lane, error=repr(error))
        await ended(running)


def _ending(task: asyncio.Task[None]) -> str:
    return "cancelled" if task.cancelled() else repr(task.exception())


class _Lane(Worker[Any]):
    """A SAQ worker whose places run jobs. Signals are left to us: its own handlers would take the place of those that stop all."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.SIGNALS = []

    async def abort(self, abort_threshold: float) -> None:
        """Never: the job's row alone says whether it is still ours, and what SAQ knows of is only its wake-up."""


def _worker(platform: Platform, handlers: Mapping[str, Handler[Any]], lane: str, places: int) -> Worker[Any]:
    async def wake(context: dict[str, Any]) -> None:
        async def heard() -> None:
            # The wake-up has done its work. Without this SAQ would take it for lost while the job runs.
            with contextlib.suppress(RedisError, OSError, TimeoutError):
                await asyncio.wait_for(context["job"].finish(Status.COMPLETE), 2)

        try:
            await jobs.run_next(platform, handlers, lane, heard)
        except Exception as error:
            # The database may be away: this place burns no more wake-ups for a moment. The sweep sends another.
            log.exception("worker.place_failed", lane=lane, error=repr(error))
            await asyncio.sleep(PLACE_PAUSE)

    return _Lane(
        platform.wake_ups.queues[lane],
        functions=[("wake", wake)],
        concurrency=places,
        timers={"schedule": 1, "worker_info": 10, "sweep": 10},
        shutdown_grace_period_s=0,
        cancellation_hard_deadline_s=LONGEST_ENDING,
        # A read that lasts for ever would never find out that its connection is gone.
        dequeue_timeout=platform.wake_ups.patience,
    )


def places(settings: Settings) -> dict[str, int]:
    """How many jobs of each lane one worker does at once (decision 125)."""
    return {
        "cpu": settings.cpu_jobs,
        "wait": settings.waiting_jobs,
        "general": settings.general_jobs,
        "packing": PACKING_JOBS,
        "spare": SPARE_JOBS,
        "webhooks": settings.webhook_jobs,
    }


async def main(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT."""
    logs.configure(settings.log_level, as_json=settings.production, secrets=settings.secrets())
    await schema.require(require(settings).database_url)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with (
        error_tracking.telling(settings.sentry_dsn, settings.environment, settings.secrets()),
        wiring.platform(require(settings)) as platform,
        telemetry.metrics_served(settings.metrics_host, settings.metrics_port, settings.metrics_token),
        otlp.sent("worker", settings.otlp),
    ):
        log.info("worker.ready")
        await serve(platform, HANDLERS, places(settings), stop, CHORES)
