"""Succulents in a dish."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.green.small import succulents
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("modern", "minimalist", "industrial", "mid_century", "bohemian")
PIECE = Piece(
    "plant_small_succulents",
    "plant_small",
    "Succulents",
    0.22,
    0.22,
    0.11,
    ("living_room", "bedroom", "dining_room", "office", "entryway", "kitchen", "bathroom"),
    STYLES,
    mount="surface",
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    succulents(builder, look, rng)
