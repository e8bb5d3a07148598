"""A loveseat of leather in steel, for small rooms."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.steel_framed import steel_framed
from realstaging_render.shapes import Builder

STYLES = ("industrial",)
PIECE = Piece(
    "loveseat_steel",
    "sofa",
    "Leather and steel loveseat",
    1.36,
    0.82,
    0.78,
    ("living_room", "bedroom", "office"),
    STYLES,
    seats=2,
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    steel_framed(builder, rng, (PIECE.width, PIECE.depth, PIECE.height), 2)
