"""A small chair with a caned back."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.small_chairs import caned
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal", "scandinavian", "mid_century")
PIECE = Piece(
    "armchair_small_cane",
    "armchair",
    "Small caned chair",
    0.64,
    0.7,
    0.78,
    ("living_room", "bedroom", "office"),
    STYLES,
    seats=1,
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    caned(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height))
