"""Which of the things already in the room stand before the furniture."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import cv2
import numpy as np

from realstaging.engines.local.room.reading import Face, Floats, Mask, RoomReading

SMALLEST: Final = 0.002
"""Share of the picture below which a found thing is more likely a mistake than a thing."""


def in_front(reading: RoomReading, pieces: Iterable[Floats]) -> Mask:
    """The occluders (working scale) that the furniture must not cover.

    ``pieces`` are the corners (8, 3; metres) of what stands in the room. What hangs from the ceiling is in front. What
    stands is in front of a piece whose foot is higher in the picture, so farther away; else the piece covers it.
    """
    found = reading.occluders.astype(np.uint8)
    count, parts, stats, _ = cv2.connectedComponentsWithStats(found)
    outlines = [outline for corners in pieces if (outline := _outline(reading, corners)) is not None]
    kept = np.zeros_like(reading.occluders)
    for part in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[part])
        mask = parts == part
        if area < SMALLEST * found.size:
            continue
        top = mask[y] & (reading.labels[y] == Face.CEILING)
        crossed = [o for o in outlines if o[0] < x + width and o[2] > x and o[1] < y + height and o[3] > y]
        if top.any() or all(o[3] <= y + height for o in crossed):
            kept |= mask
    return kept


def _outline(reading: RoomReading, corners: Floats) -> tuple[float, float, float, float] | None:
    """Rectangle x0, y0, x1, y1 of a piece at working scale; None where a part is behind the camera."""
    pixels = reading.project(corners) * reading.working_scale
    if np.isnan(pixels).any():
        return None
    (x0, y0), (x1, y1) = pixels.min(axis=0), pixels.max(axis=0)
    return float(x0), float(y0), float(x1), float(y1)
