"""A framed print, higher than wide."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.prints import framed
from realstaging_render.shapes import Builder

PIECE = Piece(
    "art_portrait",
    "art",
    "Framed print",
    0.6,
    0.035,
    0.8,
    ("living_room", "bedroom", "dining_room", "office", "entryway"),
    mount="wall",
)


def build(builder: Builder, look: Look, dice: random.Random) -> None:
    framed(builder, look, dice, PIECE)
