"""How fast this machine is at the moment, so that a figure of seconds can be held against a budget on any machine.

Machines that are rented share processors: the same code took 1.7 times as long in the afternoon as in the morning of one day, and twice as
long in the evening (docs/decisions/0103). Before and after each benchmark a fixed piece of work is timed; how many times longer it takes than it
took where the budgets were set is what figures of seconds are divided by.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Final

import cv2
import numpy as np

# Seconds that each piece of work took on the machine for which the budgets are written.
REFERENCE_STEPS: Final = 0.21
REFERENCE_PIXELS: Final = 0.135
STEPS: Final = 5_000_000
TIMES: Final = 3


def slowness() -> float:
    """How many times longer the fixed work takes here and now than on the reference machine: 2.0 is half as fast."""
    parts = (_best(_steps) / REFERENCE_STEPS, _best(_pixels) / REFERENCE_PIXELS)
    return statistics.geometric_mean(parts)


def _best(work: Callable[[], None]) -> float:
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return min(took)


def _steps() -> None:
    total = 0
    for number in range(STEPS):
        total += number


def _pixels() -> None:
    """On one thread, as most of the pixel work is."""
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    picture = np.arange(2000 * 3000 * 3, dtype=np.uint32).astype(np.uint8).reshape(2000, 3000, 3)
    for _ in range(6):
        cv2.resize(cv2.GaussianBlur(picture, (0, 0), 3), (1500, 1000), interpolation=cv2.INTER_AREA)
    cv2.setNumThreads(threads)
