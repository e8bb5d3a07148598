"""A garden sofa of slats."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.slatted import slatted
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "industrial", "modern")
PIECE = Piece(
    "garden_sofa_slatted", "outdoor_sofa", "Slatted garden sofa", 1.86, 0.82, 0.74, ("outdoor",), STYLES, seats=3
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    slatted(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), seats=3, pillows=3)
