"""Seats without an edge: a fat round back that flows into the arms, in looped wool."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.padding import pad, round_three_sides, surround
from realstaging_render.pieces.seating.slipcover import scattered
from realstaging_render.pieces.slabs import slab
from realstaging_render.shapes import Builder


def pebbled(builder: Builder, look: Look, rng: random.Random, size: tuple[float, float, float], pillows: int) -> None:
    """A seat of ``size`` (width, depth, height) metres."""
    width, depth, height = size
    wool = materials.fabric(look.light if look.style == "luxury" else look.fabric, 130, 1.0)
    small = width < 1.2
    thick = 0.19 if small else 0.25
    line = round_three_sides(width - thick - 0.02, depth - thick - 0.09, width / 2 - thick / 2 if small else 0.36)
    line[:, 1] += 0.045 - 0.002
    low = 0.06

    def section(share: float) -> list[tuple[float, float]]:
        top = height - low - (height - 0.5) * share**2.2
        turns = [math.radians(a) for a in range(268, -91, -8)]
        squared = [
            (math.copysign(abs(math.cos(a)) ** 0.7, math.cos(a)), math.copysign(abs(math.sin(a)) ** 0.6, math.sin(a)))
            for a in turns
        ]
        return [(thick / 2 * c, low + top / 2 * (1 + s)) for c, s in squared]

    surround(builder, line, section, wool, soft=0.27 * thick)
    slab(builder, width * 0.36, depth * 0.33, 0.0, low + 0.03, materials.lacquer((0.03, 0.028, 0.025), 0.6))
    inner, deep = width - 2 * thick + 0.05, depth - thick
    shape = {"corner": 0.32, "front": 0.2, "crown": 0.0, "bulge": 0.012}
    pad(builder, (inner + 0.06, deep + 0.02, 0.2), (0, -thick / 2 + 0.01, low - 0.01), wool, edge=0.07, **shape)
    shape = {**shape, "crown": 0.03, "bulge": 0.014}
    pad(builder, (inner + 0.02, deep + 0.01, 0.22), (0, -thick / 2, low + 0.15), wool, edge=0.1, rng=rng, **shape)
    with builder.carried():
        scattered(builder, look, rng, pillows, (inner / 2 - 0.22, depth / 2 - thick - 0.14, 0.48))
