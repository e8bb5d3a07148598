"""A garden lounge chair of slats."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.slatted import slatted
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "industrial", "modern")
PIECE = Piece(
    "garden_chair_slatted", "outdoor_chair", "Slatted garden chair", 0.74, 0.78, 0.74, ("outdoor",), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    slatted(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), seats=1, pillows=1)
