"""A wooden ladder that leans on the wall, towels on it."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.dressing.towel_stands import ladder
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "coastal", "farmhouse", "bohemian", "mid_century")
PIECE = Piece("towel_ladder_wood", "towel_ladder", "Towel ladder", 0.5, 0.34, 1.72, ("bathroom",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    ladder(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height))
