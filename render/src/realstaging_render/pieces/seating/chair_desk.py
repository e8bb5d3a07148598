"""A desk chair on five castors."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

PIECE = Piece("chair_desk", "office_chair", "Desk chair", 0.61, 0.59, 0.91, ("office", "kids_room"), seats=1)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    steel = materials.metal(look.metal if look.legs == "metal" else (0.5, 0.5, 0.5), 0.3)
    cloth, tyre = materials.fabric(look.second), materials.lacquer((0.02, 0.02, 0.02), 0.6)
    for number in range(5):
        angle = math.pi / 2 + number * 2 * math.pi / 5
        x, y = 0.287 * math.cos(angle), 0.28 * math.sin(angle)
        builder.rod((x, y, 0.075), (0, 0, 0.1), 0.013, steel, 0.022)
        builder.rod((x - 0.018, y, 0.028), (x + 0.018, y, 0.028), 0.028, tyre)
    builder.rod((0, 0, 0.08), (0, 0, 0.42), 0.026, steel)
    builder.box((0.3, 0.26, 0.03), (0, 0.02, 0.4), steel, 0.01)
    builder.cushion((0.5, 0.5, 0.1), (0, -0.02, 0.42), cloth, plump=0.18, rng=rng)
    builder.rod((0, 0.2, 0.42), (0, 0.27, 0.66), 0.016, steel)
    builder.cushion((0.46, 0.48, 0.085), (0, 0.235, 0.635), cloth, plump=0.2, tilt=(80, 0, 0), rng=rng)
    for side in (-1, 1):
        builder.rod((side * 0.2, 0.02, 0.42), (side * 0.28, 0.03, 0.64), 0.011, steel)
        builder.box((0.05, 0.25, 0.025), (side * 0.28, -0.01, 0.635), tyre, 0.012)
