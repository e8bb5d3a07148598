"""Seats of thick leather slabs held in a frame of square steel tube."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.seating.padding import pad
from realstaging_render.shapes import Builder

TUBE = 0.032
"""Side of the tube, metres."""
LEATHERS = ((0.15, 0.06, 0.024), (0.085, 0.04, 0.022), (0.035, 0.03, 0.028))


def steel_framed(builder: Builder, rng: random.Random, size: tuple[float, float, float], seats: int) -> None:
    """A seat of ``size`` (width, depth, height) metres."""
    width, depth, height = size
    steel, leather = materials.metal((0.02, 0.02, 0.021), 0.42), materials.lacquer(rng.choice(LEATHERS), 0.4)
    rest, low = 0.6, 0.2
    x, y = (width - TUBE) / 2, (depth - 0.05 - TUBE) / 2
    for side in (-1, 1):
        for end in (-1, 1):
            builder.box((TUBE, TUBE, rest), (side * x, end * y, 0), steel, 0.004)
        for z in (low, rest - TUBE):
            builder.box((TUBE * 0.99, 2 * y, TUBE), (side * x, 0, z), steel, 0.003)
        builder.box((TUBE * 0.98, 2 * y, TUBE), (side * x, 0, 0), steel, 0.003)
    for end in (-1, 1):
        builder.box((2 * x, TUBE * 0.99, TUBE), (0, end * y, low), steel, 0.003)
    builder.box((2 * x, TUBE * 0.98, TUBE), (0, y, rest - TUBE), steel, 0.003)
    builder.box((2 * x - 0.02, 2 * y - 0.02, 0.018), (0, 0, low + 0.008), steel, 0.004)
    slab = {"corner": 0.03, "edge": 0.028, "crown": 0.014, "bulge": 0.004, "welt": leather, "rng": rng}
    arm, inner = 0.11, width - 2 * TUBE - 0.01
    for side in (-1, 1):
        at = (side * (inner - arm) / 2, -0.005, low + TUBE)
        pad(builder, (arm, depth - 0.1, rest - low - TUBE + 0.035), at, leather, **{**slab, "edge": 0.04})
    each = (inner - 2 * arm - 0.006) / seats
    for number in range(seats):
        across = -inner / 2 + arm + 0.003 + each * (number + 0.5)
        pad(builder, (each - 0.004, depth - 0.09, 0.17), (across, -0.015, low + TUBE), leather, **slab)
        upright = (each - 0.006, height - 0.34, 0.17)
        tilt = (80 + rng.uniform(-1, 1), 0, 0)
        pad(builder, upright, (across, depth / 2 - 0.15, (height + 0.37) / 2 - 0.095), leather, tilt=tilt, **slab)
