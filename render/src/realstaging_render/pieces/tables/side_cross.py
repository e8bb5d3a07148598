"""A square country table: planks over crossed legs, a slatted shelf with books."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books
from realstaging_render.shapes import Builder

STYLES = ("farmhouse", "coastal")
PIECE = Piece("side_cross", "side_table", "Cross-leg side table", 0.5, 0.5, 0.58, ("living_room", "bedroom"), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    top, paint = materials.wood(look.wood, "X", 0.55), materials.lacquer(look.light, 0.55)
    for number in range(3):
        builder.box((0.5, 0.165, 0.032), (0, -0.167 + 0.167 * number, 0.548), top, 0.005)
    rise, run = 0.4, 0.34
    slope = math.degrees(math.atan2(rise, run))
    for side in (-1, 1):
        for y in (-0.2, 0.2):
            builder.box((0.042, 0.042, 0.55), (side * 0.2, y, 0), paint, 0.004)
        for z in (0.11, 0.51):
            builder.box((0.03, 0.37, 0.04), (side * 0.2, 0, z), paint, 0.003)
        builder.box((0.37, 0.03, 0.04), (0, side * 0.2, 0.51), paint, 0.003)
        for turn, thick in ((-1, 0.024), (1, 0.022)):
            long = math.hypot(rise, run)
            builder.box((thick, long, 0.034), (side * 0.2, 0, 0.312), paint, 0.003, (turn * slope, 0, 0))
    for number in range(4):
        builder.box((0.42, 0.085, 0.018), (0, -0.141 + 0.094 * number, 0.15), top, 0.004)
    books(builder, look, rng, (0, 0, 0.168), 4)
