"""The rectangle of floor that a piece covers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from realstaging.engines.local.room.reading import Floats

Point = tuple[float, float]


@cache
def _unit(per_side: int) -> Floats:
    """Points (per_side^2, 2) over a square of side 1 around the origin."""
    steps = np.linspace(-0.5, 0.5, per_side)
    along, across = np.meshgrid(steps, steps)
    return np.stack([along.ravel(), across.ravel()], axis=1)


@dataclass(frozen=True)
class Footprint:
    """A rectangle seen from above: centre and sides in metres, ``rotation`` in radians counter-clockwise."""

    x: float
    y: float
    width: float
    depth: float
    rotation: float = 0.0

    @cached_property
    def axes(self) -> Floats:
        """Unit vectors along width and depth, (2, 2)."""
        cos, sin = math.cos(self.rotation), math.sin(self.rotation)
        return np.array([[cos, sin], [-sin, cos]])

    def points(self, per_side: int = 2, shrink: float = 1.0) -> Floats:
        """Points (per_side^2, 2) spread evenly over the rectangle, corners included."""
        local = _unit(per_side) * (shrink * self.width, shrink * self.depth)
        return np.asarray(local @ self.axes + (self.x, self.y))

    def grown(self, by: float) -> Footprint:
        """The rectangle with ``by`` metres more on every side."""
        return Footprint(self.x, self.y, self.width + 2 * by, self.depth + 2 * by, self.rotation)

    def overlaps(self, other: Footprint) -> bool:
        """Whether two rectangles share floor (separating axis theorem; Gottschalk, Lin and Manocha 1996)."""
        reach = math.hypot(self.width, self.depth) / 2 + math.hypot(other.width, other.depth) / 2
        if math.hypot(self.x - other.x, self.y - other.y) >= reach:
            return False
        mine, theirs = self.points(), other.points()
        for axis in (*self.axes, *other.axes):
            a, b = mine @ axis, theirs @ axis
            if a.max() <= b.min() + 1e-9 or b.max() <= a.min() + 1e-9:
                return False
        return True
