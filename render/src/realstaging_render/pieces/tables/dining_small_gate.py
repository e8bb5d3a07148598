"""A small marble table on gates of brass."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.small_tables import gated
from realstaging_render.shapes import Builder

STYLES = ("luxury", "contemporary", "modern")
PIECE = Piece(
    "dining_small_gate",
    "dining_table",
    "Small marble table",
    1.2,
    0.76,
    0.75,
    ("dining_room", "kitchen"),
    STYLES,
    laden=True,
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    gated(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height))
