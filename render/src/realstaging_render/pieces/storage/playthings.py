"""Toys: blocks, balls, a plush rabbit."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

Spot = tuple[float, float, float]


def ball(builder: Builder, at: Spot, radius: float, colour: tuple[float, float, float]) -> None:
    """A soft ball; ``at`` is its lowest point."""
    bow = np.linspace(-math.pi / 2, math.pi / 2, 17)
    profile = [(max(radius * math.cos(a), 1e-4), radius + radius * math.sin(a)) for a in bow]
    with builder.carried():
        builder.lathe(profile, at, materials.lacquer(colour, 0.55), 28)


def blocks(builder: Builder, look: Look, rng: random.Random, at: Spot, count: int = 5) -> None:
    """Wooden blocks in a small heap."""
    side = 0.055
    with builder.carried():
        for number in range(count):
            paint = materials.lacquer(rng.choice([look.accent, look.second, look.light, look.wood]), 0.5)
            spot = (at[0] + (number % 3) * side * 1.25 + (number // 3) * 0.03, at[1], at[2] + (number // 3) * side)
            builder.box((side, side, side), spot, paint, 0.004, (0, 0, rng.uniform(-16, 16)))


def rabbit(builder: Builder, look: Look, at: Spot, size: float = 0.34) -> None:
    """A plush rabbit that sits, ``size`` metres high, facing -Y."""
    fur, inner = materials.fabric(look.light, 300, 0.6), materials.fabric(look.accent, 300, 0.5)
    x, y, z = at
    s = size / 0.34
    with builder.carried():
        builder.cushion((0.14 * s, 0.12 * s, 0.17 * s), at, fur, plump=1.0, cells=16)
        builder.cushion((0.115 * s, 0.105 * s, 0.1 * s), (x, y - 0.01 * s, z + 0.145 * s), fur, plump=1.0, cells=16)
        for side in (-1, 1):
            ear = (x + side * 0.028 * s, y, z + 0.215 * s)
            builder.cushion((0.038 * s, 0.024 * s, 0.14 * s), ear, fur, plump=0.9, tilt=(6, side * 8, 0), cells=10)
            builder.cushion(
                (0.02 * s, 0.01 * s, 0.1 * s), (ear[0], y - 0.01 * s, ear[2] + 0.015), inner, plump=0.9, cells=8
            )
            leg = (x + side * 0.05 * s, y - 0.09 * s, z)
            builder.cushion((0.055 * s, 0.13 * s, 0.055 * s), leg, fur, plump=0.9, cells=10)
            arm = (x + side * 0.07 * s, y - 0.04 * s, z + 0.045 * s)
            builder.cushion((0.045 * s, 0.05 * s, 0.11 * s), arm, fur, plump=0.9, tilt=(-18, 0, 0), cells=10)
