"""The chaise of a corner sofa; the seat joins it at its right."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.sectionals import SLIM, chaise
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "scandinavian", "luxury", "industrial")
PIECE = Piece(
    "chaise_slim_right",
    "chaise",
    "Slim corner sofa, chaise",
    0.92,
    1.6,
    0.8,
    ("living_room",),
    STYLES,
    seats=1,
    joins="right",
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    chaise(builder, look, rng, SLIM, 1)
