"""A tub of wicker."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.dining import woven_chair
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal", "contemporary", "scandinavian")
PIECE = Piece(
    "garden_seat_wicker", "outdoor_dining_chair", "Wicker dining chair", 0.58, 0.55, 0.8, ("outdoor",), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    woven_chair(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height))
