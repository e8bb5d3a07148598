"""An upholstered stool with a low back, for a bar."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.stools import BAR, padded
from realstaging_render.shapes import Builder

STYLES = ("luxury", "contemporary", "modern", "traditional")
PIECE = Piece(
    "stool_padded_bar", "bar_stool", "Upholstered bar stool", 0.505, 0.515, 1.020, ("kitchen",), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    padded(builder, look, rng, BAR)
