"""A writing desk on splayed legs: two drawers and an open pigeonhole under its top, a lamp on it."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.lights.reading import reading_lamp
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "scandinavian", "contemporary")
PIECE = Piece("desk_writing", "desk", "Writing table", 1.25, 0.6, 0.76, ("office", "kids_room"), STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    board, leg, side = (materials.wood(look.wood, along) for along in "XZY")
    brass = materials.metal(look.metal, 0.3)
    builder.box((1.25, 0.6, 0.024), (0, 0, 0.736), board, 0.008)
    builder.box((1.2, 0.55, 0.02), (0, 0.01, 0.596), board, 0.005)
    builder.box((1.2, 0.014, 0.122), (0, 0.275, 0.615), board, 0.003)
    for x in (-0.592, -0.2, 0.2, 0.592):
        builder.box((0.016, 0.55, 0.122), (x, 0.01, 0.615), side, 0.003)
    for x in (-0.396, 0.396):
        builder.box((0.372, 0.016, 0.114), (x, -0.262, 0.619), board, 0.004)
        builder.rod((x, -0.268, 0.676), (x, -0.289, 0.676), 0.012, brass)
    for x in (-1, 1):
        for y in (-1, 1):
            builder.rod((x * 0.585, y * 0.27, 0), (x * 0.52, y * 0.215, 0.6), 0.012, leg, 0.022)
            builder.rod((x * 0.585, y * 0.27, 0), (x * 0.5784, y * 0.2644, 0.06), 0.0125, brass, 0.0135)
    books(builder, look, rng, (0.0, 0.02, 0.616), 2)
    books(builder, look, rng, (0.46, 0.12, 0.76), 3)
    with builder.carried():
        reading_lamp(builder, look, (-0.46, 0.18, 0.76))
        builder.box((0.21, 0.297, 0.006), (-0.02, -0.1, 0.76), materials.lacquer(look.light, 0.9), 0.001, (0, 0, 6))
        builder.rod((0.13, -0.16, 0.765), (0.16, -0.03, 0.765), 0.004, brass)
