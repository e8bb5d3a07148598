"""A camelback loveseat for small rooms."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.camelback import camel_backed
from realstaging_render.shapes import Builder

STYLES = ("traditional", "farmhouse")
PIECE = Piece(
    "loveseat_camel",
    "sofa",
    "Camelback loveseat",
    1.36,
    0.8,
    0.9,
    ("living_room", "bedroom", "office"),
    STYLES,
    seats=2,
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    camel_backed(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), 1, 1)
