"""A garden chair of wicker."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.wicker import tubbed
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal", "traditional")
PIECE = Piece(
    "garden_chair_wicker", "outdoor_chair", "Wicker garden chair", 0.86, 0.84, 0.8, ("outdoor",), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    tubbed(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), seats=1, pillows=1)
