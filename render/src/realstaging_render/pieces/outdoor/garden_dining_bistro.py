"""A round folding table for balconies."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.dining import bistro_table
from realstaging_render.shapes import Builder

STYLES = ("traditional", "bohemian", "farmhouse", "coastal", "luxury", "mid_century")
PIECE = Piece(
    "garden_dining_bistro", "outdoor_dining_table", "Bistro table", 0.66, 0.66, 0.72, ("outdoor",), STYLES, laden=True
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    bistro_table(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height))
