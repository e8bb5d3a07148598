"""A rectangular coffee table with a shelf below."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books, vase
from realstaging_render.shapes import Builder

STYLES = ("modern", "industrial")
PIECE = Piece("coffee_slab", "coffee_table", "Coffee table", 1.2, 0.62, 0.42, ("living_room",), STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    top, frame = (
        materials.wood(look.wood, "X"),
        materials.metal(look.metal) if look.legs == "metal" else materials.wood(look.wood, "Z"),
    )
    builder.box((1.2, 0.62, 0.038), (0, 0, 0.382), top, 0.008 + 0.01 * look.curve)
    for x in (-0.55, 0.55):
        for y in (-0.26, 0.26):
            builder.box((0.04, 0.04, 0.385), (x, y, 0), frame, 0.005)
    builder.box((1.1, 0.5, 0.022), (0, 0, 0.13), top, 0.005)
    books(builder, look, rng, (-0.32, 0.02, 0.42), 4)
    books(builder, look, rng, (0.2, 0.0, 0.152), 3)
    vase(builder, look, rng, (0.27, 0.04, 0.42), 0.2)
