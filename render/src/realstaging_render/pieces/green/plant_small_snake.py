"""A small snake plant."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.green.small import air
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("minimalist", "modern", "industrial", "mid_century", "luxury", "scandinavian")
PIECE = Piece(
    "plant_small_snake",
    "plant_small",
    "Small snake plant",
    0.19,
    0.19,
    0.27,
    ("living_room", "bedroom", "dining_room", "office", "entryway", "kitchen", "bathroom"),
    STYLES,
    mount="surface",
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    air(builder, look, rng)
