"""A garden lounge chair of flat bars."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.aluminium import barred
from realstaging_render.shapes import Builder

STYLES = ("modern", "minimalist", "luxury")
PIECE = Piece(
    "garden_chair_aluminium", "outdoor_chair", "Aluminium garden chair", 0.78, 0.8, 0.7, ("outdoor",), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    barred(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), seats=1, pillows=1)
