"""A garden lounge chair of cord."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.corded import corded
from realstaging_render.shapes import Builder

STYLES = ("contemporary", "scandinavian")
PIECE = Piece(
    "garden_chair_corded", "outdoor_chair", "Cord garden chair", 0.8, 0.8, 0.72, ("outdoor",), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    corded(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), seats=1, pillows=1)
