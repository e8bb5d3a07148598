"""A desk with pedestals of drawers."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books, bowl
from realstaging_render.shapes import Builder

STYLES = ("traditional", "luxury")
PIECE = Piece("desk_executive", "desk", "Writing desk", 1.55, 0.75, 0.77, ("office",), STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    board, panel = materials.wood(look.wood, "X"), materials.wood(look.wood, "Z")
    handle = materials.metal(look.metal, 0.3)
    builder.box((1.55, 0.75, 0.04), (0, 0, 0.73), board, 0.012)
    for x in (-0.53, 0.53):
        builder.box((0.42, 0.66, 0.64), (x, 0.01, 0.09), panel, 0.008)
        builder.box((0.4, 0.62, 0.09), (x, 0.01, 0.0), panel, 0.006)
        for number in range(3):
            z = 0.11 + 0.205 * number
            builder.box((0.38, 0.018, 0.19), (x, -0.325, z), board, 0.005)
            builder.rod((x - 0.05, -0.338, z + 0.11), (x + 0.05, -0.338, z + 0.11), 0.006, handle)
    builder.box((0.66, 0.02, 0.4), (0, 0.31, 0.33), board, 0.004)
    builder.box((0.66, 0.6, 0.08), (0, 0.0, 0.652), board, 0.005)
    top = books(builder, look, rng, (-0.5, 0.14, 0.77), 4)
    bowl(builder, look, (-0.5, 0.14, top), 0.07)
    with builder.carried():
        builder.box((0.5, 0.34, 0.006), (0, -0.12, 0.77), materials.fabric((0.05, 0.045, 0.04), 900, 0.1), 0.002)
        builder.box((0.21, 0.297, 0.004), (0.03, -0.12, 0.776), materials.lacquer((0.8, 0.78, 0.74), 0.9), 0.001)
