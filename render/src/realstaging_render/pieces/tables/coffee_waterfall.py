"""A coffee table of one thick board mitred down at both ends; the modern one has a dark shelf."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books, bowl
from realstaging_render.shapes import Builder

STYLES = ("minimalist", "modern")
PIECE = Piece(
    "coffee_waterfall", "coffee_table", "Waterfall coffee table", 1.15, 0.6, 0.36, ("living_room",), STYLES, laden=True
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    builder.box((1.15, 0.6, 0.05), (0, 0, 0.31), materials.wood(look.wood, "X"), 0.003)
    for x in (-0.55, 0.55):
        builder.box((0.05, 0.6, 0.313), (x, 0, 0), materials.wood(look.wood, "Z"), 0.003)
    if look.style == "modern":
        builder.box((1.052, 0.5, 0.03), (0, 0, 0.1), materials.lacquer(look.metal, 0.35), 0.003)
        books(builder, look, rng, (-0.22, 0, 0.13), 4)
    books(builder, look, rng, (-0.3, 0.03, 0.36), 2)
    bowl(builder, look, (0.28, -0.04, 0.36), 0.15)
