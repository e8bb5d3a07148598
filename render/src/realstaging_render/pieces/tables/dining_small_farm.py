"""A small farmhouse table."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.small_tables import farmhouse
from realstaging_render.shapes import Builder

STYLES = ("farmhouse", "coastal", "traditional")
PIECE = Piece(
    "dining_small_farm",
    "dining_table",
    "Small farmhouse table",
    1.15,
    0.74,
    0.76,
    ("dining_room", "kitchen"),
    STYLES,
    laden=True,
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    farmhouse(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height))
