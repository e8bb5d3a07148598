"""A bench-seated loveseat for small rooms."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.bolstered import bench_seated
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "scandinavian")
PIECE = Piece(
    "loveseat_bench",
    "sofa",
    "Bench-seat loveseat",
    1.36,
    0.8,
    0.8,
    ("living_room", "bedroom", "office"),
    STYLES,
    seats=2,
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    bench_seated(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), True)
