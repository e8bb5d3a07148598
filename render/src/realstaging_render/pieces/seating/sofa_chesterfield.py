"""A chesterfield: rolled arms as high as the back, deep-buttoned all round."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.chesterfield import chesterfield
from realstaging_render.shapes import Builder

STYLES = ("traditional", "industrial")
PIECE = Piece("sofa_chesterfield", "sofa", "Chesterfield", 2.1, 0.94, 0.76, ("living_room",), STYLES, seats=3)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    chesterfield(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), 3)
