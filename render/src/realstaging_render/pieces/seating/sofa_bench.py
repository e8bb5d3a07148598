"""A mid-century sofa: one bench cushion, bolsters, tapered legs."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.bolstered import bench_seated
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "scandinavian")
PIECE = Piece("sofa_bench", "sofa", "Bench-seat sofa", 2.05, 0.84, 0.8, ("living_room",), STYLES, seats=3)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    bench_seated(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), True)
