"""A garden sofa of flat bars."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.aluminium import barred
from realstaging_render.shapes import Builder

STYLES = ("modern", "minimalist", "luxury")
PIECE = Piece(
    "garden_sofa_aluminium", "outdoor_sofa", "Aluminium garden sofa", 1.86, 0.84, 0.7, ("outdoor",), STYLES, seats=2
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    barred(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), seats=2, pillows=2)
