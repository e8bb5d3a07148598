"""A folding chair of steel."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.dining import bistro_chair
from realstaging_render.shapes import Builder

STYLES = ("traditional", "bohemian", "farmhouse", "luxury", "mid_century")
PIECE = Piece(
    "garden_seat_bistro", "outdoor_dining_chair", "Bistro chair", 0.42, 0.47, 0.83, ("outdoor",), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    bistro_chair(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height))
