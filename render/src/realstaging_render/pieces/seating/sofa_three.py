"""A three-seat sofa with loose cushions."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.upholstery import upholstered
from realstaging_render.shapes import Builder

STYLES = ("contemporary",)
PIECE = Piece("sofa_three", "sofa", "Three-seat sofa", 2.2, 0.94, 0.84, ("living_room",), STYLES, seats=3)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    upholstered(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), 3, 0.17 + 0.06 * look.curve, 4)
