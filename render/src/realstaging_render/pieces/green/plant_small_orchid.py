"""A moth orchid."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.green.small import orchid
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("luxury", "traditional", "contemporary", "modern")
PIECE = Piece(
    "plant_small_orchid",
    "plant_small",
    "Orchid",
    0.34,
    0.34,
    0.44,
    ("living_room", "bedroom", "dining_room", "office", "entryway", "kitchen", "bathroom"),
    STYLES,
    mount="surface",
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    orchid(builder, look, rng)
