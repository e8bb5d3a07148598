"""A low modern loveseat with slim square arms."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.tracked import track_armed
from realstaging_render.shapes import Builder

STYLES = ("modern", "contemporary", "minimalist")
PIECE = Piece("sofa_track_two", "sofa", "Track-arm loveseat", 1.7, 0.9, 0.78, ("living_room",), STYLES, seats=2)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    track_armed(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), 2, 2)
