"""Every step a worker can be killed at × every fault of the provider: a staging for each pair, each in turn.

A pair is one staging that meets the fault, taken by a worker that dies (-9) when it comes to the step; another worker finishes.
"""

import asyncio
import time
from dataclasses import dataclass, field

from harness import doomed_paid
from harness.killing import started
from harness.paid import ONCE, fresh_house
from realstaging.sandbox.replicate.faults import Fault
from realstaging.sandbox.replicate.predictions import Conduct

# Mostly they wait for the lease of a dead worker, so several go on at once.
AT_ONCE = 6
# A prediction is read where nothing is told of its end.
READ = (Fault.READ_ERROR, Fault.READ_THROTTLED)
# A worker never comes to these: nothing is told.
NEVER = {("notice handled, not committed", fault) for fault in (Fault.WEBHOOK_LOST, *READ)}


@dataclass
class Row:
    """What came of one step under every fault."""

    step: str
    killed: int = 0
    struck: int = 0
    counts: dict = field(default_factory=dict)
    violated: list = field(default_factory=list)


async def every_step(folder, postgres_url, valkey_url, steps=tuple(doomed_paid.STEPS), faults=tuple(ONCE)):
    """A row for each step, in the order in which they are done."""
    places = asyncio.Semaphore(AT_ONCE)

    async def at(number, step):
        async with places:
            # Queues have the same names everywhere: each house needs a database of its own in Valkey too.
            return await under_every_fault(
                step, faults, folder, postgres_url, f"{valkey_url}/{number % 16}", f"step_{number}"
            )

    for row in asyncio.as_completed([at(number, step) for number, step in enumerate(steps)]):
        yield await row


async def under_every_fault(step, faults, folder, postgres_url, valkey_url, name):
    conduct = Conduct(run_median=0.3, webhook_pause=0.1)
    row = Row(step)
    async with fresh_house(folder, postgres_url, valkey_url, name, conduct) as (paid, settings):
        photo = await paid.photo()
        for fault in faults:
            paid.sandbox.faults.clear()
            paid.fault(fault)
            if fault in READ:
                paid.fault(Fault.WEBHOOK_LOST)
            before = paid.sandbox.faults.struck[fault]
            [staging] = await paid.ada.stage(photo, engine="replicate")
            killed = await killed_at(started(doomed_paid.run, settings, step), paid)
            row.killed += killed
            if not killed and (step, fault) not in NEVER:
                row.violated.append(f"{fault}: the worker is killed")
            row.violated += [f"{fault}: {claim}" for claim in await finished(paid, staging)]
            struck = paid.sandbox.faults.struck[fault] > before
            row.struck += struck
            if not struck:
                row.violated.append(f"{fault}: it strikes")
        row.counts = await paid.counts()
    return row


async def killed_at(doomed, paid, seconds=300):
    """Whether the worker came to its step and died of it, before there was nothing left to do."""
    until = time.monotonic() + seconds
    try:
        while doomed.is_alive() and time.monotonic() < until and await paid.busy():
            await asyncio.sleep(0.05)
    finally:
        survived = doomed.is_alive()
        if survived:
            doomed.kill()
    await asyncio.to_thread(doomed.join)
    return not survived and doomed.exitcode == -9


async def finished(paid, staging):
    """Let another worker go on, and look at everything that must hold."""
    async with paid.working():
        try:
            await paid.quiet(120)
        except TimeoutError:
            return ["it comes to an end"]
    state = (await paid.ada.ask("GET", f"stagings/{staging['id']}"))["state"]
    return [*(["it is ready"] if state != "ready" else []), *await paid.audit()]
