"""A table bent like a C, to slide over a sofa's arm: one board mitred twice, or steel with a wooden top."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("modern", "minimalist")
PIECE = Piece(
    "side_waterfall", "side_table", "C-shaped side table", 0.46, 0.34, 0.56, ("living_room", "bedroom"), STYLES
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    thick = 0.03
    if look.style == "minimalist":
        level, upright = materials.wood(look.wood, "X"), materials.wood(look.wood, "Z")
        for z in (0.0, 0.53):
            builder.box((0.46, 0.34, thick), (0, 0, z), level, 0.003)
        builder.box((thick, 0.34, 0.56), (-0.215, 0, 0), upright, 0.003)
        return
    steel = materials.metal(look.metal, 0.4)
    for y in (-0.14, 0.14):
        builder.box((0.02, 0.02, 0.54), (-0.205, y, 0), steel, 0.002)
        for z in (0.0, 0.516):
            builder.box((0.43, 0.02, 0.02), (0, y, z), steel, 0.002)
    for z in (0.0, 0.516):
        builder.box((0.02, 0.28, 0.02), (0.205, 0, z + 0.0005), steel, 0.002)
    builder.box((0.46, 0.34, 0.024), (0, 0, 0.536), materials.wood(look.wood, "X"), 0.003)
