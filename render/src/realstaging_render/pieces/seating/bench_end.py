"""An upholstered bench for the foot of a bed."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.upholstery import legs
from realstaging_render.shapes import Builder

PIECE = Piece("bench_end", "bench", "Bench", 1.25, 0.42, 0.46, ("bedroom", "entryway"), seats=2)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    legs(builder, look, PIECE.width, PIECE.depth, 0.3, 0.06)
    frame = materials.wood(look.wood, "X") if look.legs == "wood" else materials.metal(look.metal)
    builder.box((PIECE.width - 0.04, PIECE.depth - 0.04, 0.05), (0, 0, 0.3), frame, 0.008)
    builder.cushion((PIECE.width, PIECE.depth, 0.14), (0, 0, 0.325), materials.fabric(look.second), plump=0.12, rng=rng)
