"""Fruit in a glazed bowl."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.dressing.worktop import bowled
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("modern", "contemporary", "minimalist", "luxury", "traditional", "coastal", "mid_century")
PIECE = Piece(
    "fruit_bowl_clay",
    "fruit_bowl",
    "Bowl of fruit",
    0.3,
    0.3,
    0.175,
    ("kitchen", "dining_room", "living_room"),
    STYLES,
    mount="surface",
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    bowled(builder, look, rng, "clay")
