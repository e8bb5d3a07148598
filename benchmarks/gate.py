"""Seconds and memory of the gate and the composite: a photo of 24 megapixels and a staged picture of one, in a process of their own."""

from __future__ import annotations

import resource
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import NamedTuple

from benchmarks.fidelity.drawing import Drawing, Pixels
from benchmarks.fidelity.rooms import room
from benchmarks.figures import Figure
from realstaging.fidelity import examine, restore
from realstaging.fidelity.picture import resized

ROOM = 251
PHOTO, STAGED = (6000, 4000), (1248, 832)
TIMES = 5


class Spent(NamedTuple):
    """``seconds`` of each time, the first with all that is loaded once; ``peak`` resident megabytes, the pictures among them."""

    seconds: list[float]
    peak: float


async def measure() -> list[Figure]:
    drawing = Drawing(room(ROOM))
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        spent = pool.submit(_spent, drawing.empty(), drawing.staged(drawing.furnished())).result()
    first, *later = spent.seconds
    return [
        Figure("gate and composite, 24 MP photo, p50 of 4", statistics.median(later), "s", 3),
        Figure("gate and composite, 24 MP photo, first in a process", first, "s", 4),
        Figure("gate and composite, 24 MP photo, peak", spent.peak, "MB", 700),
    ]


def _spent(empty: Pixels, furnished: Pixels) -> Spent:
    photo, staged = resized(empty, PHOTO), resized(furnished, STAGED)
    seconds = [_once(photo, staged) for _ in range(TIMES)]
    return Spent(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _once(photo: Pixels, staged: Pixels) -> float:
    began = time.perf_counter()
    restore(photo, staged, examine(photo, staged))
    return time.perf_counter() - began
