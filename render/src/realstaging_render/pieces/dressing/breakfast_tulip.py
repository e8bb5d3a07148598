"""A round white table on one flared stem, for two at breakfast."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import bowl, vase
from realstaging_render.shapes import Builder

STYLES = ("modern", "minimalist", "mid_century")
PIECE = Piece(
    "breakfast_tulip", "dining_table", "Tulip breakfast table", 0.8, 0.8, 0.74, ("kitchen",), STYLES, laden=True
)
STEM = [
    (0.24, 0),
    (0.245, 0.006),
    (0.2, 0.02),
    (0.12, 0.045),
    (0.065, 0.09),
    (0.04, 0.17),
    (0.034, 0.28),
    (0.036, 0.42),
]
STEM += [(0.05, 0.54), (0.09, 0.64), (0.16, 0.69), (0.24, 0.71)]


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    builder.lathe(STEM, (0, 0, 0), materials.lacquer(look.light, 0.3), 72)
    wooden = look.style == "mid_century"
    top = materials.wood(look.wood, "X") if wooden else materials.lacquer(look.light, 0.25)
    builder.lathe([(0.3, 0), (0.385, 0.022), (0.4, 0.029), (0.398, 0.035), (0.003, 0.035)], (0, 0, 0.705), top, 96)
    vase(builder, look, rng, (0.06, 0.1, PIECE.height), 0.18)
    bowl(builder, look, (-0.12, -0.06, PIECE.height), 0.1)
