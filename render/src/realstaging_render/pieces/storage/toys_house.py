"""A shelf shaped like a house, with picture books and toys on its floors."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import painted, planed
from realstaging_render.pieces.storage.playthings import ball, blocks, rabbit
from realstaging_render.pieces.storage.shelving import row_of_books
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "bohemian", "coastal", "contemporary", "minimalist")
PIECE = Piece("toys_house", "toy_storage", "House shelf", 0.9, 0.34, 1.3, ("kids_room",), STYLES)
EAVES, BOARD = 0.93, 0.022


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    timber = painted(look.light, 0.5) if look.style in {"coastal", "minimalist"} else planed(look.wood)
    back = materials.lacquer(tuple(0.5 * a + 0.5 * b for a, b in zip(look.second, look.light, strict=True)), 0.6)
    for x in (-0.409, 0.409):
        builder.box((BOARD, 0.34, EAVES), (x, 0, 0), timber.upright, 0.003)
    for z in (0.05, 0.46, EAVES - 0.03):
        builder.box((0.8, 0.33, BOARD), (0, 0, z), timber.across, 0.003)
    builder.box((BOARD, 0.32, 0.4), (0.07, 0, 0.06), timber.upright, 0.003)
    builder.box((0.8, 0.01, 0.88), (0, 0.16, 0.03), back, 0.001)
    builder.box((0.8, 0.02, 0.05), (0, -0.14, 0), timber.across, 0.003)
    rise, run = 1.3 - EAVES - 0.015, 0.442
    slope, long = math.degrees(math.atan2(rise, run)), math.hypot(rise, run)
    for side in (-1, 1):
        middle = (side * (run / 2 - 0.004), 0, EAVES + rise / 2 - BOARD / 2 - 0.004)
        builder.box((long + 0.012, 0.34, BOARD), middle, timber.across, 0.003, (0, side * slope, 0))
    for step in range(10):
        low = EAVES - 0.01 + step * 0.032
        half = 0.4 * (1 - step * 0.032 / (rise + 0.01)) - 0.012
        builder.box((2 * max(half, 0.02), 0.01, 0.033), (0, 0.16, low), back, 0.0005)
    row_of_books(builder, look, rng, -0.38, 0.02, 0.073, 0.3, -0.01)
    for z, x in ((0.073, 0.15), (0.0735, 0.27)):
        ball(builder, (x, -0.03, z), 0.062, look.accent if x < 0.2 else look.second)
    row_of_books(builder, look, rng, -0.38, -0.06, 0.483, 0.3, -0.01)
    blocks(builder, look, rng, (0.1, -0.04, 0.483), 5)
    rabbit(builder, look, (0.02, 0, EAVES - 0.008), 0.25)
