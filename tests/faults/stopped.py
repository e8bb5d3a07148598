"""Every step a worker can be killed at while it stops what a person cancelled × every fault of stopping.

A pair is one staging, cancelled while its prediction runs, by a worker that dies (-9) when it comes to the step; another worker
finishes. Nothing may be charged, and what the provider charges all the same must be written down.
"""

import asyncio
import time

from harness import doomed_paid
from harness.killing import started
from harness.paid import PATIENT, fresh_house
from realstaging.sandbox.replicate.faults import Fault
from realstaging.sandbox.replicate.predictions import Conduct
from tests.faults.cross import Row, killed_at

FAULTS = (
    (),
    (Fault.STOP_UNKNOWN,),
    (Fault.STOP_UNKNOWN, Fault.LOOK_UNKNOWN),
    (Fault.STOP_REFUSED,),
    (Fault.STOP_ERROR,),
    (Fault.STOP_LATE,),
    # What was asked for is not known by its id, and can't be looked for at first.
    (Fault.ANSWER_LOST, Fault.LIST_REFUSED),
)
LONGEST = 60


async def every_step(folder, postgres_url, valkey_url):
    """A row for each step, in the order in which they are done."""
    for number, step in enumerate(doomed_paid.STOPPING):
        yield await under_every_fault(step, folder, postgres_url, f"{valkey_url}/{number}", f"stop_{number}")


async def under_every_fault(step, folder, postgres_url, valkey_url, name):
    row = Row(step)
    async with fresh_house(
        folder, postgres_url, valkey_url, name, Conduct(run_median=60, webhook_pause=0.1), timing=PATIENT
    ) as (
        paid,
        settings,
    ):
        photo = await paid.photo()
        for faults in FAULTS:
            paid.sandbox.faults.clear()
            for fault in faults:
                paid.fault(fault, seconds=0.5)
            before = {fault: paid.sandbox.faults.struck[fault] for fault in faults}
            [staging] = await paid.ada.stage(photo, engine="replicate")
            row.killed += await cancelled_by(step, paid, settings, staging)
            named = " + ".join(faults) or "no fault"
            row.violated += [f"{named}: {claim}" for claim in await finished(paid, staging)]
            row.struck += sum(paid.sandbox.faults.struck[fault] > before[fault] for fault in faults)
        if not row.killed:
            row.violated.append("a worker is killed")
        row.counts = await paid.counts() | {"canceled": await canceled(paid)}
    return row


async def cancelled_by(step, paid, settings, staging):
    """Whether the worker came to the step, once the person had cancelled, and died of it."""
    known = len(paid.sandbox.predictions)
    worker = started(doomed_paid.run, settings, step)
    until = time.monotonic() + LONGEST
    running = False
    while worker.is_alive() and not running and time.monotonic() < until:
        running = any(one.started_at for one in list(paid.sandbox.predictions.values())[known:])
        await asyncio.sleep(0.02)
    async with paid.ada.session.post(f"stagings/{staging['id']}/cancel") as answer:
        # What can't be looked for may have failed by itself meanwhile.
        assert answer.status in {200, 409}, await answer.text()
    return await killed_at(worker, paid)


async def finished(paid, staging):
    """Let another worker go on, and look at everything that must hold."""
    async with paid.working():
        try:
            await paid.quiet(LONGEST)
        except TimeoutError:
            return ["it comes to an end"]
    state = (await paid.ada.ask("GET", f"stagings/{staging['id']}"))["state"]
    return [*(["it is over, without a result"] if state not in {"canceled", "failed"} else []), *await paid.audit()]


async def canceled(paid):
    return await paid.database.fetchval("select count(*) from stagings where state = 'canceled'")
