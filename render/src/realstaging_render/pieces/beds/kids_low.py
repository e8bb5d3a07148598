"""A child's bed with low rails, made."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.beds.bedding import dress
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "mid_century")
PIECE = Piece("kids_low", "kids_bed", "Child's bed", 1.06, 2.06, 0.92, ("kids_room",), STYLES, seats=1)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    post, rail, board = (materials.wood(look.wood, along) for along in "ZYX")
    for y, tall in ((1.0, 0.92), (-1.0, 0.5)):
        for x in (-0.48, 0.48):
            builder.box((0.06, 0.06, tall), (x, y, 0), post, 0.014)
        builder.box((0.92, 0.026, tall - 0.34), (0, y, 0.3), board, 0.008)
        builder.box((1.0, 0.05, 0.035), (0, y, tall - 0.045), board, 0.012)
    for x in (-0.49, 0.49):
        builder.box((0.03, 1.96, 0.14), (x, 0, 0.2), rail, 0.008)
    dress(builder, look, rng, 0.82, 1.92, 0.24, 0.96)
    _bear(builder, look)


def _bear(builder: Builder, look: Look) -> None:
    fur = materials.fabric(look.second, 300, 0.6)
    with builder.carried():
        at = (0.22, 0.28, 0.56)
        builder.cushion((0.15, 0.13, 0.2), at, fur, plump=1.0)
        builder.cushion((0.13, 0.12, 0.12), (at[0], at[1] - 0.01, at[2] + 0.17), fur, plump=1.0)
        for side in (-1, 1):
            builder.cushion((0.045, 0.03, 0.045), (at[0] + side * 0.05, at[1], at[2] + 0.26), fur, plump=1.0, cells=10)
            builder.cushion((0.06, 0.06, 0.14), (at[0] + side * 0.085, at[1] - 0.04, at[2] + 0.02), fur, plump=1.0)
            builder.cushion((0.065, 0.16, 0.065), (at[0] + side * 0.05, at[1] - 0.12, at[2] - 0.01), fur, plump=1.0)
