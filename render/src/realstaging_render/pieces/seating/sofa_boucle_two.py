"""A rounded loveseat in bouclé."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.boucle import pebbled
from realstaging_render.shapes import Builder

STYLES = ("contemporary", "luxury")
PIECE = Piece("sofa_boucle_two", "sofa", "Bouclé loveseat", 1.7, 0.94, 0.74, ("living_room",), STYLES, seats=2)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    pebbled(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), 1)
