"""Chesterfields: one rolled, deep-buttoned run of arms and back over turned feet."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.padding import buttoned, pad, round_three_sides, surround
from realstaging_render.shapes import Builder

ROLL = 0.095
"""Radius of the roll, metres."""
LEATHER = (0.115, 0.047, 0.02)


def chesterfield(
    builder: Builder, look: Look, rng: random.Random, size: tuple[float, float, float], seats: int
) -> None:
    """A seat of ``size`` (width, depth, height) metres."""
    width, depth, height = size
    leather = look.style == "industrial"
    cloth = materials.lacquer(LEATHER, 0.38) if leather else materials.fabric(look.fabric, 1300, 0.12)
    line = round_three_sides(width - 2 * ROLL - 0.02, depth - ROLL - 0.03, 0.14)
    line[:, 1] -= ROLL / 2 - 0.015
    top = height - ROLL
    turn = [math.radians(a) for a in range(200, -71, -9)]
    roll = [(0.01 + ROLL * math.cos(a), top + ROLL * math.sin(a)) for a in turn]
    section = [(-0.12, 0.28), (-0.115, 0.44), *roll, (0.02, top - 0.12), (0.015, 0.14)]
    surround(builder, line, lambda _share: section, cloth, buttoned(0.165, 0.17, 0.86))
    builder.box((width - 0.26, depth - 0.16, 0.16), (0, -0.03, 0.12), cloth, 0.03)
    inner = width - 2 * ROLL - 0.24
    for number in range(seats):
        x = -inner / 2 + inner / seats * (number + 0.5)
        deep = depth - 0.26
        pad(
            builder,
            (inner / seats - 0.004, deep, 0.17),
            (x, -depth / 2 + 0.02 + deep / 2, 0.27),
            cloth,
            welt=cloth,
            rng=rng,
        )
    for x in (-width / 2 + 0.14, width / 2 - 0.14):
        for y in (-depth / 2 + 0.09, depth / 2 - 0.14):
            foot = [
                (0.018, 0),
                (0.02, 0.01),
                (0.036, 0.05),
                (0.04, 0.08),
                (0.026, 0.095),
                (0.042, 0.105),
                (0.042, 0.13),
            ]
            builder.lathe(foot, (x, y, 0), materials.wood(tuple(0.6 * c for c in look.wood), "Z", 0.3), 24)
