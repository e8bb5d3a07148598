"""Thin curtains for a window of up to 2.2 m."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.hangings import voile
from realstaging_render.shapes import Builder

PIECE = Piece(
    "sheer_pair_wide",
    "sheer",
    "Sheers, wide",
    3.0,
    0.1,
    2.4,
    ("living_room", "bedroom", "dining_room", "office"),
    mount="wall",
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    voile(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height))
