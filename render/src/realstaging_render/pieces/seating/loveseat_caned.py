"""A caned loveseat for small rooms."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.caned import caned
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal")
PIECE = Piece(
    "loveseat_caned", "sofa", "Caned loveseat", 1.34, 0.84, 0.82, ("living_room", "bedroom", "office"), STYLES, seats=2
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    caned(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), 2, 2)
