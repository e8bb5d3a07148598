"""A square teak table."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.dining import slatted_table
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "mid_century", "bohemian", "coastal")
PIECE = Piece(
    "garden_dining_square", "outdoor_dining_table", "Small teak table", 0.9, 0.9, 0.75, ("outdoor",), STYLES, laden=True
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    slatted_table(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height))
