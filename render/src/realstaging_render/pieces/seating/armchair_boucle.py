"""A tub chair in bouclé, round from every side."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.boucle import pebbled
from realstaging_render.shapes import Builder

STYLES = ("contemporary", "luxury", "modern")
PIECE = Piece(
    "armchair_boucle", "armchair", "Bouclé tub chair", 0.88, 0.86, 0.72, ("living_room", "bedroom"), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    pebbled(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), 0)
