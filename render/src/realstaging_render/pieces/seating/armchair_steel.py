"""A boxy leather armchair in a steel frame."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.steel_framed import steel_framed
from realstaging_render.shapes import Builder

STYLES = ("industrial",)
PIECE = Piece(
    "armchair_steel",
    "armchair",
    "Leather armchair in steel",
    0.84,
    0.82,
    0.76,
    ("living_room", "bedroom"),
    STYLES,
    seats=1,
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    steel_framed(builder, rng, (PIECE.width, PIECE.depth, PIECE.height), 1)
