"""A light bedside table: one drawer, a shelf below."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "minimalist", "coastal")
PIECE = Piece("nightstand_open", "nightstand", "Open bedside table", 0.46, 0.4, 0.55, ("bedroom",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    board = materials.wood(look.wood, "X")
    post = materials.metal(look.metal) if look.legs == "metal" else materials.wood(look.wood, "Z")
    for x in (-0.215, 0.215):
        for y in (-0.185, 0.185):
            builder.box((0.026, 0.026, 0.53), (x, y, 0), post, 0.005)
    builder.box((0.46, 0.4, 0.024), (0, 0, 0.526), board, 0.006)
    builder.box((0.4, 0.36, 0.13), (0, 0.01, 0.394), board, 0.004)
    builder.box((0.39, 0.016, 0.12), (0, -0.176, 0.399), board, 0.004)
    builder.rod((0, -0.18, 0.459), (0, -0.198, 0.459), 0.011, materials.metal(look.metal, 0.3))
    builder.box((0.43, 0.37, 0.02), (0, 0, 0.13), board, 0.005)
    books(builder, look, rng, (0.02, 0, 0.15), 3)
