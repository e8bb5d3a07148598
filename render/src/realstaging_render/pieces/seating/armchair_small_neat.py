"""A small upholstered armchair."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.small_chairs import perched
from realstaging_render.shapes import Builder

STYLES = ("farmhouse", "traditional", "minimalist", "industrial", "mid_century")
PIECE = Piece(
    "armchair_small_neat",
    "armchair",
    "Small upholstered armchair",
    0.66,
    0.72,
    0.8,
    ("living_room", "bedroom", "office"),
    STYLES,
    seats=1,
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    perched(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height))
