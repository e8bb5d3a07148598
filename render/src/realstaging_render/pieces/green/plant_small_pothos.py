"""A trailing plant in a small pot."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.green.small import trailing
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "mid_century", "industrial", "contemporary")
PIECE = Piece(
    "plant_small_pothos",
    "plant_small",
    "Trailing pothos",
    0.34,
    0.34,
    0.27,
    ("living_room", "bedroom", "dining_room", "office", "entryway", "kitchen", "bathroom"),
    STYLES,
    mount="surface",
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    trailing(builder, look, rng)
