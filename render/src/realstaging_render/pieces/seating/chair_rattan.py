"""A rattan dining chair with a round woven back and a cushion."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal", "scandinavian", "mid_century")
PIECE = Piece("chair_rattan", "dining_chair", "Rattan chair", 0.59, 0.57, 0.82, ("dining_room",), STYLES, seats=1)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    pole, strip = materials.wood(CANE, "Z", 0.4), materials.wood(tuple(c * 0.85 for c in CANE), "Z", 0.5)
    for x in (-0.2, 0.2):
        for y in (-0.2, 0.2):
            builder.rod((x * 1.15, y * 1.15, 0), (x, y, 0.43), 0.014, pole)
            builder.rod((x * 1.1, y * 1.1, 0.12), (x * 0.15, y * 1.02, 0.41), 0.008, pole)
    seat = _ring(0.262, 0.25, 0.425)
    tube(builder, [*seat, seat[0]], 0.017, pole, steps=2)
    builder.cushion((0.5, 0.48, 0.02), (0, 0, 0.42), strip, plump=0.15, cells=16)
    rim = [(_x, _y, 0.55 + 0.25 * max(0.0, _y / 0.26) ** 0.6) for _x, _y, _ in _ring(0.275, 0.262, 0)[6:-5]]
    tube(
        builder,
        [(rim[0][0], rim[0][1] - 0.03, 0.44), *rim, (rim[-1][0], rim[-1][1] - 0.03, 0.44)],
        0.016,
        pole,
        steps=3,
    )
    for share in np.linspace(0.04, 0.96, 31):
        spot = share * (len(rim) - 1)
        x, y, z = (float(np.interp(spot, range(len(rim)), [p[k] for p in rim])) for k in range(3))
        builder.rod((x * 0.94, y * 0.93, 0.425), (x, y, z), 0.005, strip)
    for level in (0.3, 0.62):
        band = [(x, y * 0.985, 0.43 + (z - 0.43) * level) for x, y, z in rim]
        tube(builder, band, 0.0055, strip, sides=6, steps=2)
    builder.cushion((0.45, 0.44, 0.07), (0, -0.01, 0.436), materials.fabric(look.light), plump=0.3, rng=rng)


def _ring(wide: float, deep: float, height: float) -> list[tuple[float, float, float]]:
    """A level oval, from its front round over its right side."""
    turns = np.linspace(-math.pi / 2, 1.5 * math.pi, 33)[:-1]
    return [(wide * math.cos(a), deep * math.sin(a), height) for a in turns]
