"""A stone-grey table outdoors."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.dining import slab_table
from realstaging_render.shapes import Builder

STYLES = ("modern", "minimalist", "luxury", "contemporary", "industrial")
PIECE = Piece(
    "garden_dining_slab",
    "outdoor_dining_table",
    "Stone-top garden table",
    1.6,
    0.9,
    0.74,
    ("outdoor",),
    STYLES,
    laden=True,
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    slab_table(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height))
