"""Rectangles of a wall, and what a view of the wall says about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.room.reading import Floats, Mask
from realstaging.engines.local.room.walls import CELL

SILL = 0.3
"""Metres; what starts below this stands on the floor."""
DOOR_TOP = 1.7
"""Metres; what stands on the floor and ends below this is no door."""


@dataclass(frozen=True)
class Span:
    """A rectangle of a wall in metres, with how sure we are (0-1) that something is there."""

    t0: float
    t1: float
    z0: float
    z1: float
    sure: float

    @property
    def width(self) -> float:
        return self.t1 - self.t0

    @property
    def tall(self) -> float:
        return self.z1 - self.z0

    def overlap(self, other: Span) -> float:
        """Shared area as a share of the smaller one's."""
        across = min(self.t1, other.t1) - max(self.t0, other.t0)
        up = min(self.z1, other.z1) - max(self.z0, other.z0)
        return max(0.0, across) * max(0.0, up) / max(1e-6, min(self.width * self.tall, other.width * other.tall))

    def joined(self, other: Span) -> Span:
        return Span(
            min(self.t0, other.t0),
            max(self.t1, other.t1),
            min(self.z0, other.z0),
            max(self.z1, other.z1),
            1 - (1 - self.sure) * (1 - other.sure),
        )


def cells(seen: Mask, span: Span) -> Mask:
    inside = np.zeros_like(seen)
    inside[int(span.z0 / CELL) : int(span.z1 / CELL) + 1, max(0, int(span.t0 / CELL)) : int(span.t1 / CELL) + 1] = True
    return np.asarray(inside & seen)


def mean(values: NDArray[Any], seen: Mask, t0: float, t1: float, z0: float, z1: float) -> float:
    inside = cells(seen, Span(t0, max(t1, t0), max(z0, 0), z1, 0))
    return float(np.asarray(values, float)[inside].mean()) if inside.any() else 0.0


def covered_cells(levels: Floats, t0: float, t1: float, z: float, reach: float) -> Mask:
    """Which cells of t0-t1 level lines near height z cover."""
    covered = np.zeros(max(1, int((t1 - t0) / CELL)), bool)
    for _, a, b in levels[np.abs(levels[:, 0] - z) < reach]:
        covered[max(0, int((a - t0) / CELL)) : max(0, int((b - t0) / CELL) + 1)] = True
    return covered


def runs(flags: Mask, bridge: int) -> list[tuple[int, int]]:
    """Start and end of runs of True, gaps up to ``bridge`` closed."""
    closed = cv2.morphologyEx(flags.astype(np.uint8)[None], cv2.MORPH_CLOSE, np.ones((1, 2 * bridge + 1), np.uint8))[0]
    edges = np.flatnonzero(np.diff(np.concatenate([[0], closed, [0]]).astype(int)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
