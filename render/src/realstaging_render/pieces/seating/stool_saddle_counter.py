"""A carved saddle stool, for a counter."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.stools import COUNTER, saddle
from realstaging_render.shapes import Builder

STYLES = ("farmhouse", "traditional", "coastal", "scandinavian")
PIECE = Piece(
    "stool_saddle_counter", "counter_stool", "Saddle counter stool", 0.43, 0.4, 0.660, ("kitchen",), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    saddle(builder, look, COUNTER)
