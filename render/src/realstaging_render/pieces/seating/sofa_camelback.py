"""A camelback sofa with scrolled arms on tapered legs."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.camelback import camel_backed
from realstaging_render.shapes import Builder

STYLES = ("traditional", "farmhouse")
PIECE = Piece("sofa_camelback", "sofa", "Camelback sofa", 2.05, 0.86, 0.92, ("living_room",), STYLES, seats=3)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    camel_backed(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), 2, 2)
