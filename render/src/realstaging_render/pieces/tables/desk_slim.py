"""A slim desk with two drawers; whoever sits at it sits at its front."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books, vase
from realstaging_render.shapes import Builder

PIECE = Piece("desk_slim", "desk", "Desk", 1.3, 0.62, 0.76, ("office", "kids_room"))


def build(builder: Builder, look: Look, dice: random.Random) -> None:
    top = materials.wood(look.wood, "X")
    leg = materials.metal(look.metal) if look.legs == "metal" else materials.wood(look.wood, "Z")
    builder.box((1.3, 0.62, 0.03), (0, 0, 0.73), top, 0.006 + 0.008 * look.curve)
    for x in (-0.6, 0.6):
        for y in (-0.26, 0.26):
            if look.legs == "metal":
                builder.box((0.032, 0.032, 0.732), (x, y, 0), leg, 0.004)
            else:
                builder.rod((x * 1.04, y * 1.06, 0), (x, y, 0.732), 0.015, leg, 0.025)
    for x in (-0.31, 0.31):
        builder.box((0.58, 0.5, 0.09), (x, 0.02, 0.641), top, 0.004)
        builder.box((0.56, 0.014, 0.08), (x, -0.235, 0.646), top, 0.003)
        builder.rod((x, -0.238, 0.686), (x, -0.258, 0.686), 0.01, materials.metal(look.metal, 0.3))
    books(builder, look, dice, (-0.46, 0.12, 0.76), 3)
    vase(builder, look, dice, (0.5, 0.14, 0.76), 0.17)
    _laptop(builder)


def _laptop(builder: Builder) -> None:
    shell = materials.metal((0.55, 0.56, 0.58), 0.35)
    with builder.carried():
        builder.box((0.32, 0.22, 0.014), (0.02, -0.08, 0.76), shell, 0.004)
        builder.box((0.27, 0.1, 0.002), (0.02, -0.05, 0.774), materials.lacquer((0.02, 0.02, 0.022), 0.5), 0.0005)
        builder.box((0.32, 0.008, 0.215), (0.02, 0.06, 0.768), shell, 0.003, (-18, 0, 0))
        builder.box((0.305, 0.002, 0.195), (0.02, 0.0545, 0.777), materials.screen(), 0.0005, (-18, 0, 0))
