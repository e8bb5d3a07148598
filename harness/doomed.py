"""A worker that dies at a named step, as by ``kill -9``: when the function of that step is entered, or is left for good.

The profile hook of the interpreter sees every call, so nothing in the product is changed or replaced for this.
"""

import asyncio
import opcode
import os
import signal
import sys

import msgspec

from harness.lanes import places
from harness.service import RectangleEngine
from realstaging import wiring
from realstaging.settings import Settings
from realstaging.wiring.jobs import HANDLERS
from realstaging.worker import serve

# name of the step: file that holds the function, its qualified name, which call or return, and whether it has returned
STEPS = {
    "delivered, not claimed": ("runtime/jobs.py", "claim", 1, False),
    "claimed, not begun": ("domains/staging/jobs.py", "stage", 1, False),
    "beginning, not committed": ("domains/staging/runners_store.py", "begin", 1, True),
    "begun, photo not fetched": ("storage/local.py", "LocalStorage.download", 1, False),
    "photo fetched, engine not started": ("harness/service.py", "RectangleEngine.stage", 1, False),
    "progress told, engine at work": ("domains/staging/runners_store.py", "advance", 1, True),
    "engine done, not examined": ("runtime/processes.py", "Processes.run", 1, False),
    "examined, not encoded": ("runtime/processes.py", "Processes.run_next", 1, False),
    "encoded, nothing stored": ("storage/local.py", "LocalStorage.put", 1, False),
    "one file stored": ("storage/local.py", "LocalStorage.put", 1, True),
    "all but one file stored": ("storage/local.py", "LocalStorage.put", 6, True),
    "all stored, outcome not written": ("domains/staging/runners_store.py", "finish", 1, False),
    "outcome written, not committed": ("domains/staging/runners_store.py", "finish", 1, True),
    "committed, nobody woken": ("domains/staging/jobs.py", "_tidy", 1, False),
    "outcome told, job not finished": ("runtime/jobs.py", "_finish", 1, False),
    "job finished": ("runtime/jobs.py", "_finish", 1, True),
}
# The same, of a letter.
LETTER_STEPS = {
    "claimed, not read": ("domains/notifications/store.py", "waiting", 1, False),
    "written, not handed over": ("mail/outgoing.py", "Outgoing.deliver", 1, False),
    "taken, outcome not written": ("domains/notifications/store.py", "end", 1, False),
    "outcome of the letter not committed": ("domains/notifications/store.py", "end", 1, True),
    "letter over, job not finished": ("runtime/jobs.py", "_finish", 1, False),
}

# The same, of a message to a webhook endpoint.
WEBHOOK_STEPS = {
    "taken, nothing sent": ("runtime/outward.py", "Outward.post", 1, False),
    "sent, outcome not written": ("domains/webhooks/jobs.py", "_write", 1, False),
    "outcome of the message not committed": ("domains/webhooks/deliveries_store.py", "insert_attempt", 1, True),
    "message over, endpoint not let go": ("domains/webhooks/store.py", "let_go", 1, False),
}


def die_at(step):
    """End this process at the step."""
    file, name, number, returned = {**STEPS, **LETTER_STEPS, **WEBHOOK_STEPS}[step]
    entered, left = set(), 0

    def watch(frame, event, _argument):
        nonlocal left
        code = frame.f_code
        if code.co_qualname != name or not code.co_filename.endswith(file):
            return
        if event == "call":
            entered.add(frame)
        if event == "return" and has_ended(frame):
            left += 1
        if (left if returned else len(entered)) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)


def has_ended(frame):
    """Whether a coroutine has come to its end: to the interpreter it "returns" whenever it waits, but by another instruction."""
    return frame.f_code.co_code[frame.f_lasti] == opcode.opmap["RETURN_VALUE"]


async def main(settings, step):
    engine = RectangleEngine()
    if "at work" in step:
        engine.gate.clear()
    async with wiring.platform(settings, engines={"local": engine}) as platform:
        die_at(step)
        await serve(platform, HANDLERS, places(each=1), asyncio.Event())


def run(settings, step):
    """The whole process, silent: what it would say while it dies is known. ``settings`` as JSON."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    asyncio.run(main(msgspec.json.decode(settings, type=Settings), step))
