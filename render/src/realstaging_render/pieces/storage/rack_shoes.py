"""A low rack with shoes, a cushion to sit on."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("modern", "industrial", "minimalist", "luxury", "contemporary", "traditional")
PIECE = Piece("rack_shoes", "shoe_rack", "Shoe bench", 0.9, 0.34, 0.5, ("entryway",), STYLES, seats=2)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    board = materials.wood(look.wood, "X")
    post = materials.metal(look.metal) if look.legs == "metal" else materials.wood(look.wood, "Z")
    for x in (-0.43, 0.43):
        for y in (-0.145, 0.145):
            builder.box((0.03, 0.03, 0.44), (x, y, 0), post, 0.004)
    for z in (0.08, 0.25, 0.425):
        builder.box((0.86, 0.33, 0.02), (0, 0, z), board, 0.004)
    builder.cushion((0.9, 0.34, 0.075), (0, 0, 0.43), materials.fabric(look.second), plump=0.12, rng=rng)
    for z in (0.1, 0.27):
        for pair in range(3):
            leather = materials.lacquer(rng.choice([(0.05, 0.03, 0.02), (0.2, 0.11, 0.06), (0.6, 0.57, 0.52)]), 0.5)
            for side in (-1, 1):
                x = -0.28 + 0.28 * pair + side * 0.048
                builder.cushion((0.085, 0.27, 0.07), (x, 0, z), leather, plump=0.6, cells=12)
                builder.cushion((0.08, 0.11, 0.1), (x, 0.07, z), leather, plump=0.7, cells=12)
