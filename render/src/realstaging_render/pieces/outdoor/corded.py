"""Garden seats of cord: a bent steel frame, cords from rail to rail, thick cushions."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.slatted import scatter
from realstaging_render.shapes import Builder

LOW = 0.24
ARM = 0.58
BEND = 0.22
"""Radius of the two bends of the back, metres."""
PITCH = 0.032
"""Metres between cords."""


def corded(
    builder: Builder, look: Look, rng: random.Random, size: tuple[float, float, float], seats: int, pillows: int
) -> None:
    """A seat of ``size`` (width, depth, height) metres for ``seats`` people."""
    width, depth, height = size
    steel, cord = _steel(look), materials.fabric(look.second, 250, 0.9)
    plan = _round(width - 0.036, depth - 0.036)
    low = np.column_stack([plan * 0.94, np.full(len(plan), LOW)])
    behind = np.clip((plan[:, 1] + depth * 0.1) / (depth * 0.5), 0, 1)
    high = np.column_stack([plan, ARM + (height - 0.018 - ARM) * behind])
    for rail in (low, high):
        tube(builder, rail[::2], 0.016, steel, steps=2)
    for below, above in zip(low, high, strict=True):
        tube(builder, [below, above], 0.0065, cord, sides=6, steps=1)
    for side in (-1, 1):
        x = side * (width / 2 - 0.018)
        front = -depth / 2 + 0.018
        tube(builder, [(x, front, ARM), (x * 0.97, front, LOW), (x * 0.95, front + 0.03, 0)], 0.016, steel)
        builder.rod((x * 0.94, depth / 2 - 0.16, 0), (x * 0.94, depth / 2 - 0.2, LOW), 0.015, steel)
    builder.box((width * 0.93, depth * 0.92 - BEND, 0.02), (0, -BEND / 2, LOW - 0.02), steel, 0.008)
    builder.box((width * 0.93 - 2 * BEND, BEND + 0.02, 0.018), (0, depth * 0.46 - BEND / 2, LOW - 0.019), steel, 0.006)
    inner, cloth = width * 0.93 - 0.06, materials.fabric(look.light, 500, 0.35)
    each = inner / seats
    for number in range(seats):
        x = -inner / 2 + each * (number + 0.5)
        builder.cushion((each, depth * 0.88, 0.18), (x, -0.02, LOW - 0.005), cloth, plump=0.16, rng=rng)
        with builder.carried():
            lean = (74 + rng.uniform(-2, 2), 0, rng.uniform(-2, 2))
            at = (x, depth / 2 - 0.2, height - 0.27)
            builder.cushion((each * 0.96, 0.44, 0.19), at, cloth, plump=0.36, tilt=lean, rng=rng)
    scatter(builder, look, rng, pillows, (inner / 2, depth / 2 - 0.36, LOW + 0.24))


def _steel(look: Look) -> Any:
    return materials.metal(look.metal if look.legs == "metal" else tuple(0.55 * c for c in look.wood), 0.5)


def _round(width: float, depth: float) -> np.ndarray:
    """Points ``PITCH`` apart along arm, back and arm, seen from above, (n, 2)."""
    x, y = width / 2, depth / 2
    turn = np.linspace(0, math.pi / 2, 24)
    left = np.column_stack([-x + BEND - BEND * np.cos(turn), y - BEND + BEND * np.sin(turn)])
    right = np.column_stack([-left[::-1, 0], left[::-1, 1]])
    line = np.vstack([[(-x, -y)], left, right, [(x, -y)]])
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    even = np.linspace(0, along[-1], 2 * round(along[-1] / PITCH / 2) + 1)
    return np.column_stack([np.interp(even, along, line[:, axis]) for axis in (0, 1)])
