"""Two curtains on rings, for a window of up to 2.2 m."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.hangings import linen
from realstaging_render.shapes import Builder

PIECE = Piece(
    "curtain_linen_wide",
    "curtain",
    "Curtains, wide",
    3.0,
    0.1,
    2.4,
    ("living_room", "bedroom", "dining_room", "office"),
    mount="wall",
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    linen(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height))
