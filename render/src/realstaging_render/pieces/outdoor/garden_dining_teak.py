"""A teak table for six outdoors."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.dining import slatted_table
from realstaging_render.shapes import Builder

STYLES = ("coastal", "mid_century", "scandinavian", "farmhouse", "traditional")
PIECE = Piece(
    "garden_dining_teak", "outdoor_dining_table", "Teak dining table", 1.6, 0.9, 0.75, ("outdoor",), STYLES, laden=True
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    slatted_table(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height))
