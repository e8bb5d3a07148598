"""A coffee table on turned legs with a moulded top, a drawer with ring pulls and a shelf below."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books, vase
from realstaging_render.pieces.tables.turning import turned_leg
from realstaging_render.shapes import Builder

STYLES = ("traditional", "farmhouse")
PIECE = Piece(
    "coffee_turned", "coffee_table", "Turned-leg coffee table", 1.2, 0.68, 0.46, ("living_room",), STYLES, laden=True
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    board = materials.wood(look.wood, "X", 0.3)
    rail, post, side = (materials.wood(look.wood, along, 0.3) for along in "XZY")
    if look.style == "farmhouse":
        rail = post = side = materials.lacquer(look.light, 0.55)
    brass = materials.metal(look.metal, 0.28)
    builder.box((1.2, 0.68, 0.026), (0, 0, 0.434), board, 0.01)
    builder.box((1.16, 0.64, 0.018), (0, 0, 0.418), rail, 0.008)
    for x in (-0.52, 0.52):
        for y in (-0.27, 0.27):
            turned_leg(builder, (x, y, 0), 0.42, 0.034, post)
        builder.box((0.024, 0.49, 0.11), (x, 0, 0.309), side, 0.003)
    for y in (-0.27, 0.27):
        builder.box((0.99, 0.024, 0.11), (0, y, 0.309), rail, 0.003)
    for x in (-0.24, 0.24):
        builder.box((0.43, 0.014, 0.086), (x, -0.282, 0.32), rail, 0.005)
        builder.lathe([(0.014, 0), (0.017, 0.004), (0.01, 0.012)], (x, -0.295, 0.357), brass, 24)
    builder.box((1.02, 0.52, 0.02), (0, 0, 0.098), board, 0.006)
    books(builder, look, rng, (-0.3, 0.02, 0.46), 3)
    books(builder, look, rng, (0.15, 0.0, 0.118), 4)
    vase(builder, look, rng, (0.3, 0.04, 0.46), 0.2)
