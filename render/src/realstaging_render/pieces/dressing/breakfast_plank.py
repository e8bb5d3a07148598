"""A small table of planks on crossed legs: of steel, or of painted wood."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import bowl, vase
from realstaging_render.shapes import Builder

STYLES = ("industrial", "farmhouse")
PIECE = Piece(
    "breakfast_plank", "dining_table", "Plank breakfast table", 0.9, 0.68, 0.75, ("kitchen",), STYLES, laden=True
)
PLANKS = 5


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    steel = look.style == "industrial"
    leg = materials.metal(look.metal, 0.45) if steel else materials.lacquer(look.light, 0.5)
    half, deep, high = PIECE.width / 2, PIECE.depth / 2, PIECE.height
    thick = 0.022 if steel else 0.03
    for side in (-1, 1):
        x = side * (half - 0.1)
        for way in (-1, 1):
            builder.rod((x, way * (deep - 0.05), 0), (x, -way * (deep - 0.1), high - 0.05), thick, leg)
        builder.box((0.05, PIECE.depth - 0.12, 0.03), (x, 0, high - 0.065), leg, 0.005)
    builder.rod((-half + 0.1, 0, 0.36), (half - 0.1, 0, 0.36), 0.016, leg)
    each = PIECE.depth / PLANKS
    for number in range(PLANKS):
        y = -deep + each * (number + 0.5)
        shade = rng.uniform(0.86, 1.1)
        plank = materials.wood(tuple(min(0.8, shade * c) for c in look.wood), "X")
        width = each - (0.003 if 0 < number < PLANKS - 1 else 0)
        builder.box((PIECE.width, width, 0.036), (0, y, high - 0.036), plank, 0.004)
    vase(builder, look, rng, (0.12, 0.1, high), 0.18)
    bowl(builder, look, (-0.12, -0.05, high), 0.11)
