"""A cube to sit in: arms and back of one height."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.platform import platform
from realstaging_render.shapes import Builder

STYLES = ("minimalist", "modern")
PIECE = Piece(
    "armchair_cube", "armchair", "Cube armchair", 0.88, 0.86, 0.66, ("living_room", "bedroom"), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    platform(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), 1, 0)
