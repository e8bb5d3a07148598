"""A rounded sofa in bouclé."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.boucle import pebbled
from realstaging_render.shapes import Builder

STYLES = ("contemporary", "luxury")
PIECE = Piece("sofa_boucle", "sofa", "Bouclé sofa", 2.2, 1.0, 0.74, ("living_room",), STYLES, seats=3)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    pebbled(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), 3)
