"""A carved saddle stool, for a bar."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.stools import BAR, saddle
from realstaging_render.shapes import Builder

STYLES = ("farmhouse", "traditional", "coastal", "scandinavian")
PIECE = Piece("stool_saddle_bar", "bar_stool", "Saddle bar stool", 0.43, 0.4, 0.760, ("kitchen",), STYLES, seats=1)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    saddle(builder, look, BAR)
