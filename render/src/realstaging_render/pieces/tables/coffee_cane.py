"""A whitewashed drum wrapped in cane between two rims."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, hoop
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books, vase
from realstaging_render.shapes import Builder

STYLES = ("coastal", "bohemian")
PIECE = Piece("coffee_cane", "coffee_table", "Cane drum table", 0.9, 0.9, 0.4, ("living_room",), STYLES)


def build(builder: Builder, look: Look, dice: random.Random) -> None:
    pale = tuple(0.45 * wood + 0.4 * light for wood, light in zip(look.wood, look.light, strict=True))
    timber = materials.wood(pale if look.style == "coastal" else look.wood, "X", 0.55)
    cane = materials.wood(tuple(c * (1.4 if look.style == "coastal" else 1.1) for c in CANE), "Z", 0.6)
    builder.lathe([(0.42, 0), (0.43, 0.006), (0.43, 0.04), (0.42, 0.046), (0.05, 0.046)], (0, 0, 0), timber, 96)
    rim = [(0.436, 0), (0.45, 0.008), (0.45, 0.03), (0.44, 0.038), (0.003, 0.038)]
    builder.lathe(rim, (0, 0, 0.362), timber, 96)
    builder.lathe([(0.395, 0.03), (0.395, 0.37)], (0, 0, 0), materials.lacquer((0.05, 0.035, 0.02), 0.9), 64)
    for number in range(120):
        turn = 2 * math.pi * number / 120
        x, y = 0.41 * math.cos(turn), 0.41 * math.sin(turn)
        builder.rod((x, y, 0.04), (x, y, 0.366), 0.0075, cane)
    for height in (0.05, 0.2, 0.356):
        hoop(builder, (0, 0, height), 0.419, 0.007, cane)
    books(builder, look, dice, (-0.12, 0.06, 0.4), 3)
    vase(builder, look, dice, (0.17, 0.04, 0.4), 0.2)
