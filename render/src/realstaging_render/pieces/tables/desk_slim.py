"""A slim desk with two drawers; whoever sits at it sits at its front."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.desk_things import laptop
from realstaging_render.pieces.tables.dressing import books, vase
from realstaging_render.shapes import Builder

STYLES = ("modern", "minimalist", "scandinavian", "contemporary")
PIECE = Piece("desk_slim", "desk", "Desk", 1.3, 0.62, 0.76, ("office", "kids_room"), STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
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
    books(builder, look, rng, (-0.46, 0.12, 0.76), 3)
    vase(builder, look, rng, (0.5, 0.14, 0.76), 0.17)
    laptop(builder, (0.02, -0.03, 0.76))
