"""A teak chair with arms."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.dining import slatted_chair
from realstaging_render.shapes import Builder

STYLES = ("coastal", "mid_century", "scandinavian", "farmhouse", "traditional")
PIECE = Piece(
    "garden_seat_teak", "outdoor_dining_chair", "Teak dining chair", 0.58, 0.6, 0.9, ("outdoor",), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    slatted_chair(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height))
