"""Drums wrapped in cane."""

from __future__ import annotations

import math

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, hoop
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder


def cane_drum(builder: Builder, look: Look, radius: float, height: float) -> None:
    """Upright canes between two rims; ``radius`` is the upper rim's. Whitewashed by the sea."""
    washed = look.style == "coastal"
    pale = tuple(0.45 * wood + 0.4 * light for wood, light in zip(look.wood, look.light, strict=True))
    timber = materials.wood(pale if washed else look.wood, "X", 0.55)
    cane = materials.wood(tuple(c * (1.4 if washed else 1.1) for c in CANE), "Z", 0.6)
    foot, ring = radius - 0.02, radius - 0.04
    builder.lathe(
        [(foot - 0.01, 0), (foot, 0.006), (foot, 0.04), (foot - 0.01, 0.046), (0.05, 0.046)], (0, 0, 0), timber, 96
    )
    rim = [(radius - 0.014, 0), (radius, 0.008), (radius, 0.03), (radius - 0.01, 0.038), (0.003, 0.038)]
    builder.lathe(rim, (0, 0, height - 0.038), timber, 96)
    within = materials.lacquer((0.05, 0.035, 0.02), 0.9)
    builder.lathe([(ring - 0.015, 0.03), (ring - 0.015, height - 0.03)], (0, 0, 0), within, 64)
    count = round(2 * math.pi * ring / 0.0215)
    for number in range(count):
        turn = 2 * math.pi * number / count
        x, y = ring * math.cos(turn), ring * math.sin(turn)
        builder.rod((x, y, 0.04), (x, y, height - 0.034), 0.0075, cane)
    for level in (0.05, height / 2, height - 0.044):
        hoop(builder, (0, 0, level), ring + 0.009, 0.007, cane)
