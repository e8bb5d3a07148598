"""A boxy leather sofa in a frame of square steel tube."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.steel_framed import steel_framed
from realstaging_render.shapes import Builder

STYLES = ("industrial",)
PIECE = Piece("sofa_steel", "sofa", "Leather sofa in steel", 2.1, 0.88, 0.78, ("living_room",), STYLES, seats=3)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    steel_framed(builder, rng, (PIECE.width, PIECE.depth, PIECE.height), 3)
