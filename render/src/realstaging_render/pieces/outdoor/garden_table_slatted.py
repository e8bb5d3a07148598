"""A low garden table of slats."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.slatted import frame_of, timber
from realstaging_render.pieces.tables.dressing import bowl, vase
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "farmhouse", "coastal", "mid_century")
PIECE = Piece(
    "garden_table_slatted", "outdoor_table", "Slatted garden table", 1.05, 0.62, 0.36, ("outdoor",), STYLES, laden=True
)
SLATS = 7


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    width, depth, height = PIECE.width, PIECE.depth, PIECE.height
    for x in (-width / 2 + 0.025, width / 2 - 0.025):
        for y in (-depth / 2 + 0.025, depth / 2 - 0.025):
            builder.box((0.05, 0.05, height), (x, y, 0), frame_of(look, "Z"), 0.006)
        builder.box((0.044, depth - 0.1, 0.05), (x, 0, height - 0.058), frame_of(look, "Y"), 0.005)
    for y in (-depth / 2 + 0.025, depth / 2 - 0.025):
        builder.box((width - 0.1, 0.044, 0.05), (0, y, height - 0.052), frame_of(look, "X"), 0.005)
    each = (depth - 0.1) / SLATS
    for number in range(SLATS):
        y = -depth / 2 + 0.05 + each * (number + 0.5)
        builder.box((width - 0.1, each - 0.009, 0.02), (0, y, height - 0.021), timber(look, "X"), 0.004)
    vase(builder, look, rng, (-0.24, 0.05, height), 0.18)
    bowl(builder, look, (0.22, -0.03, height), 0.13)
