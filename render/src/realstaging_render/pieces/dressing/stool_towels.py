"""A low slatted stool with folded towels."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.dressing.linen import folded, terry
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("modern", "industrial", "contemporary")
PIECE = Piece("stool_towels", "bench", "Stool with towels", 0.5, 0.32, 0.45, ("bathroom",), STYLES, laden=True)
SLATS = 5


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    wooden = look.legs == "wood"
    leg = materials.wood(look.wood, "Z", 0.6) if wooden else materials.metal(look.metal, 0.45)
    width, depth, height = PIECE.width, PIECE.depth, PIECE.height
    for x in (-width / 2 + 0.03, width / 2 - 0.03):
        for y in (-depth / 2 + 0.03, depth / 2 - 0.03):
            builder.box((0.036, 0.036, height - 0.02), (x, y, 0), leg, 0.006)
        builder.box((0.026, depth - 0.07, 0.03), (x, 0, 0.14), leg, 0.005)
        builder.box((0.03, depth - 0.07, 0.04), (x, 0, height - 0.062), leg, 0.005)
    slat = materials.wood(look.wood, "X", 0.6)
    each = depth / SLATS
    for number in range(SLATS):
        y = -depth / 2 + each * (number + 0.5)
        builder.box(
            (width, each - (0.008 if 0 < number < SLATS - 1 else 0), 0.022), (0, y, height - 0.022), slat, 0.005
        )
    folded(builder, rng, (0.02, 0, height), (0.34, 0.24), [terry(look.second), terry(look.light), terry(look.light)])
