"""A low deep sofa of plain blocks that seem to rest on the floor."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.platform import platform
from realstaging_render.shapes import Builder

STYLES = ("minimalist", "modern")
PIECE = Piece("sofa_platform", "sofa", "Platform sofa", 2.3, 1.02, 0.66, ("living_room",), STYLES, seats=3)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    platform(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), 2, 2)
