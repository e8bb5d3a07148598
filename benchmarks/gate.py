"""Seconds and memory of the gate and the composite, and of the files that follow: photos of 24 and 64 megapixels, each in a process
of its own."""

from __future__ import annotations

import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.figures import Figure
from realstaging.domains.staging.deliverables import Labels, deliver
from realstaging.fidelity.examination import examine, restore
from realstaging.fidelity.picture import resized
from realstaging.imaging import encode, png_strips
from realstaging.imaging.icc import DISPLAY_P3
from realstaging.imaging.metadata import DigitalSourceType
from realstaging.imaging.space import Values
from realstaging.synthetic.staged.drawing import Drawing, Pixels
from realstaging.synthetic.staged.rooms import room

ROOM = 251
PHOTO, STAGED = (6000, 4000), (1248, 832)
LARGEST = ((8160, 6144), (9504, 6336))
"""What phones call 50 megapixels, and cameras 60."""
TIMES = 5
BITS_OF_A_BYTE = 8


class Spent(NamedTuple):
    """``seconds`` of each time, the first with all that is loaded once; ``peak`` resident megabytes, the pictures among them."""

    seconds: list[float]
    peak: float


async def measure() -> list[Figure]:
    drawing = Drawing(room(ROOM))
    empty, furnished = drawing.empty(), drawing.staged(drawing.furnished())
    spent = _apart(_spent, empty, furnished, PHOTO, TIMES)
    first, *later = spent.seconds
    figures = [
        Figure("gate and composite, 24 MP photo, p50 of 4", statistics.median(later), "s", 3),
        Figure("gate and composite, 24 MP photo, first in a process", first, "s", 4),
        Figure("gate and composite, 24 MP photo, peak", spent.peak, "MB", 700),
    ]
    for width, height in LARGEST:
        large = _apart(_spent, empty, furnished, (width, height), 2)
        figures += [
            Figure(f"gate and composite, {width} x {height} photo", large.seconds[1], "s", 6),
            Figure(f"gate and composite, {width} x {height} photo, peak", large.peak, "MB", 1200),
        ]
    own = _apart(_own, empty, furnished, LARGEST[1], 2)
    for bits in (8, 16):
        files = _apart(_files, empty, furnished, LARGEST[1], bits)
        figures += [
            Figure(f"encode the files, 60 MP in Display P3, {bits} bits", files.seconds[0], "s"),
            Figure(f"encode the files, 60 MP in Display P3, {bits} bits, peak", files.peak, "MB", 1200),
        ]
    return [
        *figures,
        Figure("gate, 60 MP picture on the photo's own pixels", own.seconds[1], "s", 6),
        Figure("gate, 60 MP picture on the photo's own pixels, peak", own.peak, "MB", 1200),
    ]


def _apart(
    work: Callable[[Pixels, Pixels, tuple[int, int], int], Spent],
    empty: Pixels,
    furnished: Pixels,
    size: tuple[int, int],
    number: int,
) -> Spent:
    """In a process of its own, so that its peak is its own."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(work, empty, furnished, size, number).result()


def _spent(empty: Pixels, furnished: Pixels, size: tuple[int, int], times: int) -> Spent:
    photo, staged = resized(empty, size), resized(furnished, STAGED)
    return Spent([_once(photo, staged) for _ in range(times)], _peak())


def _own(empty: Pixels, _furnished: Pixels, size: tuple[int, int], times: int) -> Spent:
    """As the local engine's pictures are judged: of the photo's size, with furniture on its own pixels."""
    photo = resized(empty, size)
    staged = photo.copy()
    staged[size[1] * 7 // 10 : size[1] * 9 // 10, size[0] // 4 : size[0] // 2] = (94, 108, 122)
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        examine(photo, staged)
        seconds.append(time.perf_counter() - began)
    return Spent(seconds, _peak())


def _files(empty: Pixels, _furnished: Pixels, size: tuple[int, int], bits: int) -> Spent:
    """From the master to the last file. Writing the master takes less memory than reading it."""
    with tempfile.TemporaryDirectory() as name:
        photo, master, overlay = (Path(name) / file for file in ("photo.jpg", "master.png", "overlay.webp"))
        photo.write_bytes(encode.jpeg(empty))
        overlay.write_bytes(encode.webp(empty))
        pixels: Values = resized(empty, size)
        png_strips.write(master, pixels if bits == BITS_OF_A_BYTE else pixels.astype(np.uint16) * 257, DISPLAY_P3)
        del pixels
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            return pool.submit(_delivered, photo, master, overlay).result()


def _delivered(photo: Path, master: Path, overlay: Path) -> Spent:
    began = time.perf_counter()
    deliver(photo, master, overlay, Labels(DigitalSourceType.COMPOSITE_SYNTHETIC, ""))
    return Spent([time.perf_counter() - began], _peak())


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _once(photo: Pixels, staged: Pixels) -> float:
    began = time.perf_counter()
    restore(photo, staged, examine(photo, staged))
    return time.perf_counter() - began
