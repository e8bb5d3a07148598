"""A clipped box ball in a square planter."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.slatted import timber
from realstaging_render.shapes import Builder

STYLES = ("modern", "traditional", "luxury")
PIECE = Piece("planter_box", "planter", "Box ball", 0.5, 0.5, 0.84, ("outdoor",), STYLES)
CUBE, BALL = 0.42, 0.225
LEAVES = 900


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    if look.legs == "metal":
        builder.box((CUBE, CUBE, 0.4), (0, 0, 0), materials.lacquer(look.metal, 0.55), 0.01)
    else:
        boards = timber(look, "X")
        for number in range(4):
            builder.box((CUBE, CUBE, 0.097), (0, 0, number * 0.1), boards, 0.006)
    greens = [materials.leaf(tone) for tone in ((0.04, 0.09, 0.02), (0.06, 0.13, 0.03), (0.03, 0.065, 0.016))]
    middle = 0.6
    core = [(0.01, -0.19), (0.14, -0.13), (0.19, 0), (0.14, 0.13), (0.01, 0.19)]
    builder.lathe([(r, h + middle) for r, h in core], (0, 0, 0), greens[2])
    for number in range(LEAVES):
        up, turn = 1 - 2 * (number + 0.5) / LEAVES, number * math.pi * (3 - math.sqrt(5))
        level, reach = math.sqrt(1 - up * up), BALL * rng.uniform(0.86, 1.0)
        spot = (reach * level * math.cos(turn), reach * level * math.sin(turn), middle + reach * up)
        tilt = (rng.uniform(-60, 60), rng.uniform(-60, 60), rng.uniform(0, 360))
        builder.cushion((0.045, 0.026, 0.004), spot, rng.choice(greens), plump=0.9, tilt=tilt, rng=rng, cells=4)
