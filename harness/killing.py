"""Processes that die at a step, started from one that has imported everything: they are up in no time."""

import asyncio
import multiprocessing
import signal
import time

# With what every such process imports, and that takes its time.
PRELOADED = ["harness.doomed", "harness.doomed_paid", "realstaging.cli"]
# How long a busy machine may take; benchmarks/recovery.py measures how long it does take.
PATIENCE = 90.0


def started(run, *arguments):
    """A process that calls a module's ``run``."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    process = context.Process(target=run, args=arguments)
    process.start()
    return process


async def killed(run, *arguments, seconds=PATIENCE):
    """Let a process do what ``run`` does until it dies of it, as by ``kill -9``."""
    process = started(run, *arguments)
    until = time.monotonic() + seconds
    try:
        # Not joined by a thread: the process is to be ended where the test is.
        while process.is_alive() and time.monotonic() < until:
            await asyncio.sleep(0.02)
    finally:
        process.kill()
        process.join()
    assert process.exitcode == -signal.SIGKILL, f"it ended by itself, with {process.exitcode}"
