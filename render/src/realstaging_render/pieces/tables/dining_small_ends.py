"""A small table with round ends."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.small_tables import round_ended
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "contemporary", "scandinavian")
PIECE = Piece(
    "dining_small_ends",
    "dining_table",
    "Small round-ended table",
    1.2,
    0.74,
    0.74,
    ("dining_room", "kitchen"),
    STYLES,
    laden=True,
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    round_ended(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height))
