"""The chaise of a corner sofa; the seat joins it at its left."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.sectionals import SOFT, chaise
from realstaging_render.shapes import Builder

STYLES = ("coastal", "farmhouse", "traditional", "bohemian")
PIECE = Piece(
    "chaise_soft_left",
    "chaise",
    "Soft corner sofa, chaise",
    0.92,
    1.6,
    0.8,
    ("living_room",),
    STYLES,
    seats=1,
    joins="left",
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    chaise(builder, look, rng, SOFT, -1)
