"""A coat stand with a scarf, a bag and a hat."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("modern", "contemporary", "minimalist", "traditional", "farmhouse")
PIECE = Piece("rack_coats", "coat_rack", "Coat stand", 0.56, 0.56, 1.78, ("entryway",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    pole = materials.metal(look.metal) if look.legs == "metal" else materials.wood(look.wood, "Z")
    for number in range(4):
        angle = number * math.pi / 2
        builder.rod((0.268 * math.cos(angle), 0.268 * math.sin(angle), 0.012), (0, 0, 0.16), 0.013, pole, 0.018)
    builder.rod((0, 0, 0.1), (0, 0, 1.74), 0.017, pole, 0.014)
    builder.lathe([(0.022, 0), (0.03, 0.02), (0.001, 0.05)], (0, 0, 1.73), pole)
    for number in range(4):
        angle = number * math.pi / 2 + math.pi / 4
        x, y = math.cos(angle), math.sin(angle)
        builder.rod((0, 0, 1.56), (0.15 * x, 0.15 * y, 1.66), 0.009, pole, 0.011)
    scarf, bag = materials.fabric(look.light, 300, 0.7), materials.fabric(look.accent, 500, 0.5)
    for x, low in ((0.1, 0.86), (0.145, 1.02)):
        builder.cushion((0.045, 0.1, 1.62 - low), (x, 0.105, low), scarf, plump=0.25, rng=rng)
    for side in (-0.06, 0.06):
        builder.rod((-0.1 + side, -0.105, 1.2), (-0.1, -0.105, 1.64), 0.006, bag)
    builder.cushion((0.3, 0.1, 0.34), (-0.1, -0.105, 0.9), bag, plump=0.35, rng=rng)
    straw = materials.fabric((0.48, 0.36, 0.2), 200, 0.8)
    builder.lathe(
        [(0.16, 0), (0.16, 0.008), (0.09, 0.014), (0.085, 0.09), (0.06, 0.115), (0.001, 0.12)],
        (-0.12, 0.12, 1.6),
        straw,
    )
