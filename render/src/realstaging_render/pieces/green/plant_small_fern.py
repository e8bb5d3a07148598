"""A small fern."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.green.small import fern
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "coastal", "farmhouse", "traditional", "contemporary")
PIECE = Piece(
    "plant_small_fern",
    "plant_small",
    "Small fern",
    0.36,
    0.36,
    0.3,
    ("living_room", "bedroom", "dining_room", "office", "entryway", "kitchen", "bathroom"),
    STYLES,
    mount="surface",
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    fern(builder, look, rng)
