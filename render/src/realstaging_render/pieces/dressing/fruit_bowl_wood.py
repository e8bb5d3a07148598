"""Fruit in a wooden bowl."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.dressing.worktop import bowled
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "farmhouse", "bohemian", "mid_century", "coastal", "traditional")
PIECE = Piece(
    "fruit_bowl_wood",
    "fruit_bowl",
    "Wooden bowl of fruit",
    0.3,
    0.3,
    0.175,
    ("kitchen", "dining_room", "living_room"),
    STYLES,
    mount="surface",
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    bowled(builder, look, rng, "wood")
