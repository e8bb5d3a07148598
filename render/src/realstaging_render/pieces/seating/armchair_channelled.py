"""A tub chair in upright rolls on a brass plinth."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.channelled import channel_backed
from realstaging_render.shapes import Builder

STYLES = ("luxury",)
PIECE = Piece(
    "armchair_channelled",
    "armchair",
    "Channel-tufted tub chair",
    0.86,
    0.82,
    0.76,
    ("living_room", "bedroom"),
    STYLES,
    seats=1,
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    channel_backed(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), 0)
