"""A club chair, rolled and deep-buttoned."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.chesterfield import chesterfield
from realstaging_render.shapes import Builder

STYLES = ("industrial", "traditional")
PIECE = Piece(
    "armchair_chesterfield", "armchair", "Chesterfield armchair", 1.0, 0.88, 0.76, ("living_room",), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    chesterfield(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), 1)
