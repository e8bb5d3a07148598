"""A loveseat of round poles and woven cane."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.caned import caned
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal")
PIECE = Piece("sofa_caned_two", "sofa", "Cane-sided loveseat", 1.5, 0.86, 0.82, ("living_room",), STYLES, seats=2)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    caned(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), 2, 2)
