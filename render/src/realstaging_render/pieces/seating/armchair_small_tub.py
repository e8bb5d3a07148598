"""A small tub chair."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.small_chairs import tub
from realstaging_render.shapes import Builder

STYLES = ("contemporary", "luxury", "modern")
PIECE = Piece(
    "armchair_small_tub",
    "armchair",
    "Small tub chair",
    0.66,
    0.66,
    0.72,
    ("living_room", "bedroom", "office"),
    STYLES,
    seats=1,
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    tub(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height))
