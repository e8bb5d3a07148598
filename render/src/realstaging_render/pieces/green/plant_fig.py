"""A fiddle-leaf fig in a basket."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

PIECE = Piece(
    "plant_fig", "plant", "Fig tree", 0.66, 0.66, 1.6, ("living_room", "bedroom", "office", "dining_room", "entryway")
)
GREEN = (0.045, 0.105, 0.03)


def build(builder: Builder, look: Look, dice: random.Random) -> None:
    pot = [(0.14, 0), (0.17, 0.02), (0.185, 0.15), (0.175, 0.3), (0.165, 0.31), (0.15, 0.28), (0.02, 0.27)]
    builder.lathe(pot, (0, 0, 0), materials.lacquer(dice.choice([look.light, look.second, look.accent]), 0.6))
    bark = materials.lacquer((0.12, 0.085, 0.055), 0.85)
    leaves = [materials.leaf(tuple(c * s for c in GREEN)) for s in (0.8, 1.0, 1.35)]
    for stem in range(3):
        angle = stem * 2.1 + dice.uniform(-0.3, 0.3)
        start, joint = (0.03 * math.cos(angle), 0.03 * math.sin(angle), 0.26), dice.uniform(0.6, 0.8)
        middle = (start[0] + 0.05 * math.cos(angle), start[1] + 0.05 * math.sin(angle), joint)
        top = (0.13 * math.cos(angle), 0.13 * math.sin(angle), dice.uniform(1.25, 1.42))
        builder.rod(start, middle, 0.013, bark, 0.011)
        builder.rod(middle, top, 0.011, bark, 0.006)
        for number in range(24):
            share = 0.18 + 0.82 * number / 23
            spot = [a + (b - a) * share for a, b in zip(middle, top, strict=True)]
            turn, size = number * 2.4 + dice.uniform(-0.4, 0.4), dice.uniform(0.17, 0.25)
            lift = dice.uniform(12, 55) + 30 * share
            reach = size * 0.55
            at = (
                spot[0] + reach * math.cos(turn) * 0.8,
                spot[1] + reach * math.sin(turn) * 0.8,
                min(1.5, spot[2] + 0.03 + 0.1 * share),
            )
            builder.cushion(
                (size, size * 0.66, 0.006),
                at,
                dice.choice(leaves),
                plump=0.85,
                tilt=(dice.uniform(-14, 14), -lift, math.degrees(turn)),
                dice=dice,
                cells=9,
            )
