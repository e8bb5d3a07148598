"""A slipcovered sofa: soft arms, two broad cushions, a skirt."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.slipcover import slipcovered
from realstaging_render.shapes import Builder

STYLES = ("coastal", "farmhouse", "traditional")
PIECE = Piece("sofa_slipcovered", "sofa", "Slipcovered sofa", 2.15, 0.95, 0.86, ("living_room",), STYLES, seats=3)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    slipcovered(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), 2, 4)
