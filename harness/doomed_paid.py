"""A worker with the paid engine that dies at a named step of a paid staging, as by ``kill -9``, or never (``-``)."""

import asyncio
import os
from functools import partial

import msgspec

from harness import doomed
from harness.lanes import places
from harness.paid import PATIENT, QUICK, build
from realstaging import wiring
from realstaging.domains.attempts import jobs as attempts_jobs
from realstaging.runtime.chores import Chore
from realstaging.settings import Settings
from realstaging.wiring.jobs import HANDLERS
from realstaging.worker import serve

ATTEMPTS = "domains/attempts/store.py"
STEPS = {
    "nothing written": (ATTEMPTS, "open_attempt", False),
    "attempt written": (ATTEMPTS, "open_attempt", True),
    "right to ask taken": (ATTEMPTS, "send", True),
    "about to ask": ("engines/replicate/client.py", "ReplicateClient._send", False),
    "asked, answer not looked at": ("engines/replicate/client.py", "ReplicateClient._send", True),
    "id known, not stored": (ATTEMPTS, "created", False),
    "id stored": (ATTEMPTS, "created", True),
    "notice handled, not committed": (ATTEMPTS, "handle_notice", True),
    "answer known, not stored": (ATTEMPTS, "answered", False),
    "answer stored": (ATTEMPTS, "answered", True),
    "picture not fetched": ("engines/replicate/outputs.py", "fetch", False),
    "picture fetched, not kept": ("engines/replicate/outputs.py", "fetch", True),
    "picture kept, not examined": ("engines/faithful.py", "stage_faithfully.<locals>.accept", False),
    "examined, outcome not written": (ATTEMPTS, "concluded", False),
    "outcome written": (ATTEMPTS, "concluded", True),
    "result stored, outcome not written": ("domains/staging/runners_store.py", "finish", False),
    "settled, not committed": ("domains/billing/service.py", "settle", True),
}
# While what a person cancelled is stopped.
STOPPING = {
    "stop not begun": ("domains/attempts/jobs.py", "stop", False),
    "outcome written, provider not told": (ATTEMPTS, "concluded", True),
    "about to tell the provider": ("engines/replicate/client.py", "ReplicateClient.cancel", False),
    "provider told, cost not written": (ATTEMPTS, "answered", False),
    "cost written": (ATTEMPTS, "answered", True),
}


async def main(settings, step):
    timing = PATIENT if step in STOPPING else QUICK
    async with wiring.platform(settings, engines=partial(build, timing=timing)) as platform:
        if step != "-":
            file, name, returned = (STEPS | STOPPING)[step]
            doomed.STEPS[step] = (file, name, 1, returned)
            doomed.die_at(step)
        chores = [Chore("sweep_attempts", 0.2, attempts_jobs.sweep)]
        await serve(platform, HANDLERS, places(cpu=1, wait=500), asyncio.Event(), chores)


def run(settings, step):
    """The whole process, silent: what it would say while it dies is known. ``settings`` as JSON."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    asyncio.run(main(msgspec.json.decode(settings, type=Settings), step))
