"""A short garden sofa of slats, for balconies."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.slatted import slatted
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "farmhouse", "mid_century")
PIECE = Piece(
    "garden_sofa_loveseat", "outdoor_sofa", "Small garden sofa", 1.36, 0.8, 0.74, ("outdoor",), STYLES, seats=2
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    slatted(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), seats=2, pillows=2)
