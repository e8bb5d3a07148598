"""A bench for the entrance: a low back, a cushion, baskets underneath."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, coiled
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("farmhouse", "traditional", "coastal", "scandinavian", "bohemian", "contemporary", "mid_century")
PIECE = Piece("bench_hall", "bench", "Hall bench", 1.2, 0.46, 0.82, ("entryway",), STYLES, seats=2)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    post, rail, deep = (materials.wood(look.wood, along) for along in "ZXY")
    for side in (-1, 1):
        builder.box((0.046, 0.046, 0.82), (side * 0.577, 0.205, 0), post, 0.007)
        builder.box((0.046, 0.046, 0.64), (side * 0.577, -0.205, 0), post, 0.007)
        builder.box((0.05, 0.45, 0.032), (side * 0.575, 0, 0.63), deep, 0.009)
        builder.box((0.03, 0.37, 0.05), (side * 0.577, 0, 0.37), deep, 0.006)
    builder.box((1.11, 0.028, 0.07), (0, 0.205, 0.735), rail, 0.008)
    builder.box((1.11, 0.028, 0.05), (0, 0.205, 0.5), rail, 0.006)
    for number in range(15):
        builder.rod((-0.49 + 0.07 * number, 0.205, 0.52), (-0.49 + 0.07 * number, 0.205, 0.75), 0.008, post)
    for y in (-0.16, -0.055, 0.05, 0.155):
        builder.box((1.12, 0.1, 0.022), (0, y, 0.4), rail, 0.005)
        builder.box((1.12, 0.095, 0.018), (0, y, 0.09), rail, 0.004)
    builder.cushion((1.08, 0.41, 0.075), (0, -0.01, 0.42), materials.fabric(look.second), plump=0.16, rng=rng)
    with builder.carried():
        for x, colour in ((-0.36, look.accent), (0.3, look.light)):
            pillow = materials.fabric(colour, 600, 0.4)
            builder.cushion((0.42, 0.42, 0.15), (x, 0.1, 0.59), pillow, plump=0.62, tilt=(70, 0, 6), rng=rng)
        for x in (-0.37, 0.0, 0.37):
            coiled(
                builder,
                [(0.13, 0), (0.155, 0.05), (0.155, 0.18), (0.145, 0.22)],
                (x, 0, 0.109),
                materials.wood(CANE, "X", 0.7),
            )
