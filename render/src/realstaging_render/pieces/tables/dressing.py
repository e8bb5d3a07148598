"""What stands on tables: books, a vase with twigs, a bowl."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

BRANCH = (0.18, 0.13, 0.08)
LEAF = (0.11, 0.2, 0.075)


def books(builder: Builder, look: Look, rng: random.Random, at: tuple[float, float, float], count: int = 3) -> float:
    """A stack of books; gives the height of its top."""
    with builder.carried():
        z = at[2]
        for number in range(count):
            thick = rng.uniform(0.018, 0.034)
            size = (0.27 - 0.025 * number, 0.2 - 0.015 * number, thick)
            colour = rng.choice([look.light, look.accent, look.second, (0.03, 0.03, 0.035)])
            turn = rng.uniform(-14, 14)
            builder.box(
                (size[0] - 0.008, size[1] - 0.008, thick - 0.006),
                (at[0], at[1], z + 0.003),
                materials.lacquer((0.8, 0.77, 0.7), 0.9),
                0.001,
                (0, 0, turn),
            )
            for lid in (z, z + thick - 0.004):
                builder.box(
                    (size[0], size[1], 0.004), (at[0], at[1], lid), materials.lacquer(colour, 0.6), 0.001, (0, 0, turn)
                )
            z += thick
    return z


def vase(
    builder: Builder, look: Look, rng: random.Random, at: tuple[float, float, float], height: float = 0.22
) -> None:
    """A ceramic vase with leafy twigs."""
    with builder.carried():
        shape = [(0.45, 0), (0.62, 0.08), (0.78, 0.35), (0.62, 0.7), (0.32, 0.88), (0.36, 1.0), (0.3, 0.99)]
        radius = height * 0.36
        builder.lathe(
            [(r * radius, h * height) for r, h in shape],
            at,
            materials.lacquer(rng.choice([look.light, look.accent]), 0.35),
        )
        twig, leaf = materials.lacquer(BRANCH, 0.8), materials.leaf(LEAF)
        for number in range(7):
            angle, lean = number * 0.9 + rng.uniform(0, 0.5), rng.uniform(0.12, 0.38)
            reach = height * rng.uniform(0.9, 1.4)
            top = (
                at[0] + math.cos(angle) * lean * reach,
                at[1] + math.sin(angle) * lean * reach,
                at[2] + height + reach * 0.8,
            )
            start = (at[0], at[1], at[2] + height * 0.7)
            builder.rod(start, top, 0.0025, twig, 0.001)
            for step in range(6):
                share = 0.45 + 0.1 * step
                spot = tuple(a + (b - a) * share for a, b in zip(start, top, strict=True))
                tilt = (rng.uniform(-50, 50), rng.uniform(-50, 50), rng.uniform(0, 360))
                builder.cushion(
                    (0.055, 0.024, 0.004), (spot[0], spot[1], spot[2]), leaf, plump=0.9, tilt=tilt, rng=rng, cells=7
                )


def bowl(builder: Builder, look: Look, at: tuple[float, float, float], radius: float = 0.13) -> None:
    """A shallow bowl."""
    with builder.carried():
        shape = [(0.4, 0), (0.5, 0.02), (0.85, 0.2), (1.0, 0.42), (0.95, 0.42), (0.8, 0.24), (0.4, 0.08), (0.02, 0.06)]
        builder.lathe([(r * radius, h * radius) for r, h in shape], at, materials.lacquer(look.light, 0.3))
