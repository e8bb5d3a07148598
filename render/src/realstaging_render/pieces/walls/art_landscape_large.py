"""A large framed print, wider than high."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.prints import framed
from realstaging_render.shapes import Builder

PIECE = Piece(
    "art_landscape_large",
    "art",
    "Large framed print",
    1.1,
    0.035,
    0.78,
    ("living_room", "bedroom", "dining_room", "office", "entryway"),
    mount="wall",
)


def build(builder: Builder, look: Look, dice: random.Random) -> None:
    framed(builder, look, dice, PIECE)
