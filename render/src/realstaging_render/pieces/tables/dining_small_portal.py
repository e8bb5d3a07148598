"""A small rectangular table with a thin top."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.small_tables import portal
from realstaging_render.shapes import Builder

STYLES = ("modern", "minimalist", "scandinavian")
PIECE = Piece(
    "dining_small_portal",
    "dining_table",
    "Small dining table",
    1.1,
    0.7,
    0.74,
    ("dining_room", "kitchen"),
    STYLES,
    laden=True,
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    portal(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height))
