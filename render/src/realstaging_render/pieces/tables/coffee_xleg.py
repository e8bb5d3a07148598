"""A farmhouse coffee table: planks with breadboard ends on crossed beams, a slatted shelf."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, coiled
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books, vase
from realstaging_render.shapes import Builder

STYLES = ("farmhouse", "coastal")
PIECE = Piece(
    "coffee_xleg", "coffee_table", "Cross-leg coffee table", 1.2, 0.66, 0.46, ("living_room",), STYLES, laden=True
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    top = materials.wood(look.wood, "X", 0.55)
    paint = materials.lacquer(look.light, 0.55)
    for number in range(4):
        builder.box((1.018, 0.163, 0.036), (0, -0.2475 + 0.165 * number, 0.424), top, 0.005)
    slope = math.degrees(math.atan2(0.255, 0.5))
    for x in (-1, 1):
        builder.box((0.088, 0.66, 0.036), (x * 0.555, 0, 0.424), materials.wood(look.wood, "Y", 0.55), 0.005)
        for y in (-0.285, 0.285):
            builder.box((0.055, 0.055, 0.426), (x * 0.53, y, 0), paint, 0.005)
        builder.box((0.05, 0.52, 0.05), (x * 0.53, 0, 0.375), paint, 0.004)
        builder.box((0.05, 0.52, 0.05), (x * 0.53, 0, 0.07), paint, 0.004)
        for turn in (-1, 1):
            long = math.hypot(0.5, 0.255)
            depth = 0.03 if turn > 0 else 0.028
            builder.box((depth, long, 0.038), (x * 0.53, 0, 0.2285), paint, 0.003, (turn * slope, 0, 0))
    for y in (-0.285, 0.285):
        builder.box((1.01, 0.026, 0.06), (0, y, 0.364), paint, 0.003)
    for number in range(5):
        builder.box((1.09, 0.09, 0.02), (0, -0.2 + 0.1 * number, 0.12), top, 0.004)
    books(builder, look, rng, (-0.3, 0.02, 0.46), 3)
    vase(builder, look, rng, (0.26, 0.03, 0.46), 0.2)
    with builder.carried():
        basket = [(0.15, 0), (0.17, 0.05), (0.17, 0.15)]
        coiled(builder, basket, (0.2, 0, 0.14), materials.wood(CANE, "X", 0.7))
    books(builder, look, rng, (-0.25, 0.0, 0.14), 4)
