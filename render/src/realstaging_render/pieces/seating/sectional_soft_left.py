"""The seat of a corner sofa; its chaise joins it at its left."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.sectionals import SOFT, seat
from realstaging_render.shapes import Builder

STYLES = ("coastal", "farmhouse", "traditional", "bohemian")
PIECE = Piece(
    "sectional_soft_left",
    "sectional",
    "Soft corner sofa, seat",
    1.66,
    0.95,
    0.8,
    ("living_room",),
    STYLES,
    seats=2,
    joins="left",
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    seat(builder, look, rng, SOFT, -1)
