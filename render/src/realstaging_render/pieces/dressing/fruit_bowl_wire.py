"""Citrus in a bowl of wire."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.dressing.worktop import bowled
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("industrial", "modern", "minimalist", "scandinavian")
PIECE = Piece(
    "fruit_bowl_wire",
    "fruit_bowl",
    "Wire bowl of fruit",
    0.31,
    0.31,
    0.16,
    ("kitchen", "dining_room", "living_room"),
    STYLES,
    mount="surface",
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    bowled(builder, look, rng, "wire")
