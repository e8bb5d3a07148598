"""A console on turned legs, baskets on its lower board."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, coiled
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("farmhouse", "traditional")
PIECE = Piece(
    "console_turned",
    "console_table",
    "Turned console",
    1.35,
    0.4,
    0.82,
    ("entryway", "living_room", "dining_room"),
    STYLES,
)
LEG = [(0.022, 0), (0.028, 0.03), (0.02, 0.06), (0.034, 0.1), (0.034, 0.2), (0.022, 0.23), (0.03, 0.27), (0.018, 0.33)]
LEG += [(0.03, 0.48), (0.036, 0.54), (0.022, 0.58), (0.036, 0.6), (0.036, 0.67)]


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    top = materials.wood(look.wood, "X")
    paint = materials.lacquer(look.light, 0.55)
    painted = look.style == "farmhouse"
    leg, apron = (paint, paint) if painted else (materials.wood(look.wood, "Z"), top)
    builder.box((1.35, 0.4, 0.034), (0, 0, 0.786), top, 0.012)
    builder.box((1.26, 0.33, 0.125), (0, 0, 0.664), apron, 0.005)
    for x in (-0.59, 0.59):
        for y in (-0.135, 0.135):
            builder.lathe(LEG, (x, y, 0), leg, 32)
    for x in (-0.31, 0.31):
        builder.box((0.5, 0.012, 0.085), (x, -0.165, 0.683), apron, 0.004)
        builder.rod((x, -0.17, 0.726), (x, -0.193, 0.726), 0.012, materials.metal(look.metal, 0.3))
    builder.box((1.24, 0.32, 0.026), (0, 0, 0.13), apron, 0.004)
    with builder.carried():
        for x in (-0.36, 0.0, 0.36):
            size = rng.uniform(0.92, 1.0)
            basket = [(0.125 * size, 0), (0.145 * size, 0.06), (0.14 * size, 0.2 * size), (0.135 * size, 0.22 * size)]
            coiled(builder, basket, (x, 0, 0.1565), materials.wood(CANE, "X", 0.7))
