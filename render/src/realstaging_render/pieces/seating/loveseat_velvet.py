"""A loveseat in rolls of velvet, for small rooms."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.channelled import channel_backed
from realstaging_render.shapes import Builder

STYLES = ("luxury", "contemporary")
PIECE = Piece(
    "loveseat_velvet",
    "sofa",
    "Channelled loveseat",
    1.46,
    0.86,
    0.78,
    ("living_room", "bedroom", "office"),
    STYLES,
    seats=2,
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    channel_backed(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), 2)
