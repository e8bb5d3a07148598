"""A thin-edged top on two boards set in from its ends, laid for six."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.place_settings import centre, laid
from realstaging_render.shapes import Builder

STYLES = ("minimalist",)
PIECE = Piece(
    "dining_block", "dining_table", "Board dining table", 1.9, 0.92, 0.74, ("dining_room",), STYLES, laden=True
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    level, upright = materials.wood(look.wood, "X", 0.5), materials.wood(look.wood, "Z", 0.5)
    builder.box((1.9, 0.92, 0.04), (0, 0, 0.7), level, 0.003)
    for x in (-0.7, 0.7):
        builder.box((0.05, 0.7, 0.702), (x, 0, 0), upright, 0.003)
    builder.box((1.36, 0.03, 0.12), (0, 0, 0.582), level, 0.003)
    laid(builder, look, rng, 0.74, [(x, y) for y in (-0.3, 0.3) for x in (-0.6, 0.0, 0.6)])
    centre(builder, look, rng, 0.74, 1.9)
