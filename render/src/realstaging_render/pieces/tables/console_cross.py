"""A console of planks with breadboard ends over crossed sides, baskets on its shelf."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, coiled
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books
from realstaging_render.shapes import Builder

STYLES = ("farmhouse", "coastal")
ROOMS = ("entryway", "living_room", "dining_room", "office")
PIECE = Piece("console_cross", "console_table", "Cross-leg console", 1.3, 0.38, 0.8, ROOMS, STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    top, end, paint = (*(materials.wood(look.wood, along, 0.55) for along in "XY"), materials.lacquer(look.light, 0.55))
    for y in (-0.1267, 0, 0.1267):
        builder.box((1.14, 0.125, 0.036), (0, y, 0.764), top, 0.005)
    rise, run = 0.55, 0.27
    slope, long = math.degrees(math.atan2(rise, run)), math.hypot(rise, run)
    for side in (-1, 1):
        builder.box((0.079, 0.38, 0.036), (side * 0.6105, 0, 0.764), end, 0.005)
        for y in (-0.15, 0.15):
            builder.box((0.05, 0.05, 0.766), (side * 0.56, y, 0), paint, 0.005)
        for z in (0.1, 0.715):
            builder.box((0.036, 0.26, 0.05), (side * 0.56, 0, z), paint, 0.003)
        for turn, thick in ((-1, 0.026), (1, 0.024)):
            builder.box((thick, long, 0.036), (side * 0.56, 0, 0.4145), paint, 0.003, (turn * slope, 0, 0))
        builder.box((1.08, 0.022, 0.06), (0, side * 0.15, 0.705), paint, 0.003)
    for number in range(3):
        builder.box((1.14, 0.095, 0.02), (0, -0.1 + 0.1 * number, 0.15), top, 0.004)
    with builder.carried():
        for x in (-0.3, 0.06):
            coiled(builder, [(0.12, 0), (0.14, 0.06), (0.14, 0.21)], (x, 0, 0.17), materials.wood(CANE, "X", 0.7))
    books(builder, look, rng, (0.37, 0, 0.17), 4)
