"""A sofa of round poles and woven cane, with loose cushions."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.caned import caned
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal")
PIECE = Piece("sofa_caned", "sofa", "Cane-sided sofa", 2.05, 0.88, 0.82, ("living_room",), STYLES, seats=3)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    caned(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), 3, 4)
