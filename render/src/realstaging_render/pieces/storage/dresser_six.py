"""A dresser with six drawers, a tray of things on top."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.upholstery import legs
from realstaging_render.pieces.tables.dressing import books, vase
from realstaging_render.shapes import Builder

PIECE = Piece("dresser_six", "dresser", "Dresser", 1.35, 0.46, 0.8, ("bedroom", "kids_room"))


def build(builder: Builder, look: Look, dice: random.Random) -> None:
    timber, handle = materials.wood(look.wood, "X"), materials.metal(look.metal, 0.3)
    legs(builder, look, 1.35, 0.44, 0.14, 0.08)
    builder.box((1.35, 0.44, 0.66), (0, 0.01, 0.14), timber, 0.01)
    for x in (-0.33, 0.33):
        for z in (0.165, 0.375, 0.585):
            builder.box((0.635, 0.02, 0.195), (x, -0.22, z), timber, 0.005)
            builder.rod((x - 0.09, -0.222, z + 0.12), (x + 0.09, -0.222, z + 0.12), 0.006, handle)
    top = books(builder, look, dice, (-0.4, 0.02, 0.8), 3)
    with builder.carried():
        builder.lathe(
            [(0.03, 0), (0.05, 0.02), (0.03, 0.08), (0.01, 0.085)], (-0.4, 0.02, top), materials.metal(look.metal)
        )
    vase(builder, look, dice, (0.42, 0.03, 0.8), 0.24)
