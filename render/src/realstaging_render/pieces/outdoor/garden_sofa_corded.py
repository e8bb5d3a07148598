"""A garden sofa of cord."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.corded import corded
from realstaging_render.shapes import Builder

STYLES = ("contemporary", "scandinavian", "mid_century")
PIECE = Piece("garden_sofa_corded", "outdoor_sofa", "Cord garden sofa", 1.9, 0.86, 0.72, ("outdoor",), STYLES, seats=2)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    corded(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), seats=2, pillows=2)
