"""A leather stool on loops of steel, for a counter."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.stools import COUNTER, sled
from realstaging_render.shapes import Builder

STYLES = ("minimalist", "industrial", "luxury")
PIECE = Piece(
    "stool_sled_counter", "counter_stool", "Leather counter stool", 0.44, 0.46, 0.890, ("kitchen",), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    sled(builder, look, rng, COUNTER)
