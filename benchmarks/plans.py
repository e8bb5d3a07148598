"""Plans of rooms that were never photographed: readings drawn at random, planned, and looked at by rules of their own.

2,000 rooms: no rule is ever broken, rooms with free floor get what their type cannot be without, a plan takes no time.
"""

from __future__ import annotations

import itertools
import statistics
from typing import Final

from benchmarks.figures import Figure
from harness.plans import planned
from realstaging.engines.local.layout.programme import PROGRAMMES

ROOMS: Final = 2000


async def measure() -> list[Figure]:
    outcomes = [
        planned(seed, room_type) for seed, room_type in zip(range(ROOMS), itertools.cycle(PROGRAMMES), strict=False)
    ]
    roomy = [outcome for outcome in outcomes if outcome.roomy]
    seconds = sorted(outcome.seconds for outcome in outcomes)
    return [
        Figure(f"plans of {ROOMS} drawn rooms, rules broken", sum(len(outcome.faults) for outcome in outcomes), "", 0),
        Figure(
            "plans of rooms with free floor that lack what their type cannot be without",
            100 * (1 - statistics.fmean(outcome.complete for outcome in roomy)),
            "%",
            2,
        ),
        Figure(
            "rooms refused by the planner",
            100 * statistics.fmean(outcome.plan is None for outcome in outcomes),
            "%",
            None,
        ),
        Figure("one plan, p95", seconds[int(0.95 * len(seconds))], "s", 0.8),
    ]
