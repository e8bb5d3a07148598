"""A chesterfield for two."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.chesterfield import chesterfield
from realstaging_render.shapes import Builder

STYLES = ("traditional", "industrial")
PIECE = Piece(
    "sofa_chesterfield_two", "sofa", "Chesterfield for two", 1.62, 0.9, 0.76, ("living_room",), STYLES, seats=2
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    chesterfield(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), 2)
