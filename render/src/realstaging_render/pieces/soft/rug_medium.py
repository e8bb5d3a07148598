"""A medium rug."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.soft.rugs import THICK, lay
from realstaging_render.shapes import Builder

PIECE = Piece("rug_medium", "rug", "Rug", 2.3, 1.6, THICK, ("living_room", "bedroom", "office", "kids_room"))


def build(builder: Builder, look: Look, dice: random.Random) -> None:
    lay(builder, look, dice, PIECE.width, PIECE.depth)
