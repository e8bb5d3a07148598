"""A plywood stool with a low back, for a counter."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.stools import COUNTER, shelled
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "scandinavian", "contemporary")
PIECE = Piece(
    "stool_shell_counter", "counter_stool", "Plywood counter stool", 0.5, 0.46, 0.850, ("kitchen",), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    shelled(builder, look, rng, COUNTER)
