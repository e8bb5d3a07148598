"""A plywood stool with a low back, for a bar."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.stools import BAR, shelled
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "scandinavian", "contemporary")
PIECE = Piece("stool_shell_bar", "bar_stool", "Plywood bar stool", 0.5, 0.46, 0.950, ("kitchen",), STYLES, seats=1)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    shelled(builder, look, rng, BAR)
