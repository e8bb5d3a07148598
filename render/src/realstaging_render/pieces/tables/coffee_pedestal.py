"""A round coffee table on one foot: a lacquered tulip with a marble top, or a turned column with a moulded one."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books, vase
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "traditional")
PIECE = Piece(
    "coffee_pedestal", "coffee_table", "Pedestal coffee table", 0.86, 0.86, 0.42, ("living_room",), STYLES, laden=True
)
TULIP = [(0.24, 0), (0.245, 0.006), (0.2, 0.02), (0.12, 0.04), (0.06, 0.085), (0.038, 0.15), (0.034, 0.2), (0.04, 0.27)]
TULIP += [(0.07, 0.34), (0.15, 0.39), (0.2, 0.402)]
COLUMN = [
    (0.28, 0),
    (0.29, 0.01),
    (0.29, 0.03),
    (0.26, 0.045),
    (0.14, 0.06),
    (0.07, 0.085),
    (0.05, 0.12),
    (0.075, 0.19),
]
COLUMN += [(0.08, 0.23), (0.05, 0.28), (0.045, 0.32), (0.07, 0.33), (0.07, 0.345), (0.13, 0.38), (0.28, 0.388)]


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    if look.style == "mid_century":
        builder.lathe(TULIP, (0, 0, 0), materials.lacquer(look.light, 0.3), 64)
        top = [(0.3, 0), (0.415, 0.016), (0.43, 0.02), (0.428, 0.024), (0.002, 0.024)]
        builder.lathe(top, (0, 0, 0.396), materials.marble((0.74, 0.72, 0.69), (0.4, 0.38, 0.35)), 96)
    else:
        builder.lathe(COLUMN, (0, 0, 0), materials.wood(look.wood, "Z", 0.3), 64)
        top = [(0.39, 0), (0.41, 0.008), (0.41, 0.014), (0.43, 0.02), (0.43, 0.032), (0.42, 0.036), (0.003, 0.036)]
        builder.lathe(top, (0, 0, 0.384), materials.wood(look.wood, "X", 0.3), 96)
    books(builder, look, rng, (-0.1, 0.08, 0.42), 3)
    vase(builder, look, rng, (0.14, -0.04, 0.42), 0.18)
