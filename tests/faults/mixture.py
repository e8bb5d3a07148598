"""Many paid stagings while faults strike at random and workers are killed at random."""

import asyncio
import random
import time

from harness import doomed_paid
from harness.killing import started
from harness.paid import ONCE, fresh_house
from realstaging.sandbox.replicate.predictions import Conduct

# Each strikes one call or prediction of fifty, so that about every second staging meets one.
SHARE = 0.02
# Fewer than a job has attempts, since all of them are in flight at every kill.
KILLS = 4
LONGEST = 1800


async def mixture(stagings, folder, postgres_url, valkey_url):
    """Run them: how many workers were killed, what struck, what came of it, what was violated, and the seconds it took."""
    rng = random.Random(3)
    conduct = Conduct(queue=0.05, run_median=0.4, run_sigma=0.5, webhook_pause=0.2)
    async with fresh_house(folder, postgres_url, valkey_url, "mixture", conduct) as (paid, settings):
        for fault in ONCE:
            paid.fault(fault, times=None, share=SHARE)
        photo = await paid.photo()
        item = {"photo_id": photo["id"], "room_type": "living_room", "styles": ["modern"], "engine": "replicate"}
        began, current, kills = time.monotonic(), started(doomed_paid.run, settings, "-"), 0
        for _ in range(0, stagings, 50):
            await paid.ada.ask("POST", "stagings", 201, json={"items": [item] * min(50, stagings)})
        open_count = "select count(*) from stagings where state in ('queued', 'running')"
        try:
            while (left := await paid.database.fetchval(open_count)) or await paid.busy():
                await asyncio.sleep(0.5)
                if left < stagings * (1 - (kills + 1) / (KILLS + 1)) and kills < KILLS:
                    await asyncio.sleep(rng.random())
                    end(current)
                    current, kills = started(doomed_paid.run, settings, "-"), kills + 1
                if time.monotonic() - began > LONGEST:
                    break
        finally:
            end(current)
        took = time.monotonic() - began
        return kills, paid.sandbox.faults.struck, await paid.counts(), await paid.audit(), took


def end(process):
    process.kill()
    process.join()
