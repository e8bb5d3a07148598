"""A stand with two towels."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.dressing.towel_stands import stand
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("traditional", "luxury", "farmhouse", "contemporary")
PIECE = Piece("towel_stand", "towel_ladder", "Towel stand", 0.62, 0.3, 0.92, ("bathroom",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    stand(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height))
