"""A low modern sofa: slim square arms, one deep bench cushion."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.tracked import track_armed
from realstaging_render.shapes import Builder

STYLES = ("modern", "contemporary", "minimalist")
PIECE = Piece("sofa_track", "sofa", "Track-arm sofa", 2.25, 0.95, 0.78, ("living_room",), STYLES, seats=3)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    track_armed(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), 2, 3)
