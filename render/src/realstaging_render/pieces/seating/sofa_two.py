"""A two-seat sofa for small rooms."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.upholstery import upholstered
from realstaging_render.shapes import Builder

STYLES = ("contemporary",)
PIECE = Piece("sofa_two", "sofa", "Two-seat sofa", 1.72, 0.9, 0.82, ("living_room",), STYLES, seats=2)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    upholstered(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), 2, 0.15 + 0.05 * look.curve, 3)
