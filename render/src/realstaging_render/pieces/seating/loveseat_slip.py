"""A slipcovered loveseat for small rooms."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.slipcover import slipcovered
from realstaging_render.shapes import Builder

STYLES = ("coastal", "farmhouse")
PIECE = Piece(
    "loveseat_slip",
    "sofa",
    "Slipcovered loveseat",
    1.44,
    0.9,
    0.86,
    ("living_room", "bedroom", "office"),
    STYLES,
    seats=2,
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    slipcovered(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), 2, 2)
