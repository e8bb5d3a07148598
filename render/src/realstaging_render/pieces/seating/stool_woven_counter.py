"""A rattan stool with a woven seat, for a counter."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.stools import COUNTER, woven
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal", "mid_century")
PIECE = Piece(
    "stool_woven_counter", "counter_stool", "Woven counter stool", 0.46, 0.46, 0.900, ("kitchen",), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    woven(builder, look, COUNTER)
