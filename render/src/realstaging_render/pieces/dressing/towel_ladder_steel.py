"""A steel ladder that leans on the wall, towels on it."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.dressing.towel_stands import ladder
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("modern", "minimalist", "industrial", "contemporary")
PIECE = Piece("towel_ladder_steel", "towel_ladder", "Steel towel ladder", 0.48, 0.32, 1.7, ("bathroom",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    ladder(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), steel=True)
