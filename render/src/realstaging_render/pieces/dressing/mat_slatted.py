"""A duckboard of slats to step on from the bath."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("modern", "minimalist", "industrial", "mid_century")
PIECE = Piece("mat_slatted", "bath_mat", "Slatted bath mat", 0.8, 0.5, 0.035, ("bathroom",), STYLES)
SLATS = 9


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    along, across = materials.wood(look.wood, "X", 0.6), materials.wood(look.wood, "Y", 0.6)
    for x in (-0.3, 0.0, 0.3):
        builder.box((0.04, PIECE.depth - 0.02, 0.018), (x, 0, 0), across, 0.004)
    each = PIECE.depth / SLATS
    for number in range(SLATS):
        y = -PIECE.depth / 2 + each * (number + 0.5)
        builder.box((PIECE.width, each - 0.012 if 0 < number < SLATS - 1 else each, 0.018), (0, y, 0.017), along, 0.004)
