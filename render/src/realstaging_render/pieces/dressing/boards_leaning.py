"""Two boards that lean on the wall behind a worktop: a paddle, and a round one before it."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.dressing.worktop import board, disc, paddle
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

PIECE = Piece("boards_leaning", "chopping_board", "Leaning boards", 0.38, 0.13, 0.43, ("kitchen",), mount="surface")


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    dark = tuple(0.55 * c for c in look.wood)
    stone = materials.marble((0.72, 0.71, 0.68), (0.36, 0.34, 0.32), 0.25)
    behind = stone if look.style in {"luxury", "modern"} else materials.wood(dark, "Z", 0.5)
    board(builder, paddle(0.25, 0.31, 0.12), 0.018, (-0.06, -0.012, 0.0), 9, behind)
    board(
        builder,
        disc(0.125),
        0.017,
        (0.062, -0.062, 0.0),
        13 + rng.uniform(-1, 1),
        materials.wood(look.wood, "X", 0.45),
    )
