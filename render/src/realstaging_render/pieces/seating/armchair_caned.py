"""An armchair of round poles and woven cane."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.caned import caned
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal", "scandinavian", "mid_century")
PIECE = Piece(
    "armchair_caned", "armchair", "Cane-sided armchair", 0.8, 0.84, 0.8, ("living_room", "bedroom"), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    caned(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), 1, 1)
