"""A tall narrow shelf that leans back as a ladder does."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.shelving import shelf_filled
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "industrial", "bohemian", "minimalist", "coastal")
PIECE = Piece(
    "shelf_ladder",
    "bookshelf",
    "Ladder shelf",
    0.62,
    0.42,
    1.9,
    ("living_room", "office", "bedroom", "kids_room"),
    STYLES,
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    board = materials.wood(look.wood, "X")
    post = materials.metal(look.metal) if look.legs == "metal" else materials.wood(look.wood, "Z")
    for x in (-0.295, 0.295):
        builder.box((0.024, 0.024, 1.9), (x, 0.196, 0), post, 0.004)
        builder.rod((x, -0.196, 0), (x, 0.05, 1.88), 0.012, post)
    for number, z in enumerate((0.14, 0.55, 0.96, 1.37)):
        front = -0.196 + 0.246 * z / 1.88
        deep = 0.2 - front
        builder.box((0.57, deep, 0.022), (0, (front + 0.2) / 2, z), board, 0.004)
        builder.box((0.57, 0.012, 0.05), (0, 0.195, z), board, 0.003)
        for x in (-0.295, 0.295):
            builder.rod((x, front + 0.01, z + 0.01), (x, 0.19, z + 0.01), 0.008, post)
        shelf_filled(builder, look, rng, -0.27, 0.27, z + 0.0225, 0.36, (3, 0, 2, 1)[number], (front + 0.19) / 2)
        builder.rod((-0.295, front, z + 0.01), (0.295, front, z + 0.01), 0.008, post)
    for x in (-0.295, 0.295):
        builder.rod((x, 0.05, 1.86), (x, 0.19, 1.86), 0.01, post)
