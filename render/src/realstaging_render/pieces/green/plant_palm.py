"""A palm with arching fronds."""

from __future__ import annotations

import math
import random
from itertools import pairwise

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

PIECE = Piece("plant_palm", "plant", "Palm", 0.98, 0.98, 1.28, ("living_room", "bedroom", "entryway", "outdoor"))
GREEN = (0.06, 0.14, 0.035)


def build(builder: Builder, look: Look, dice: random.Random) -> None:
    pot = [(0.13, 0), (0.16, 0.02), (0.19, 0.28), (0.195, 0.3), (0.18, 0.3), (0.17, 0.26), (0.02, 0.25)]
    builder.lathe(pot, (0, 0, 0), materials.lacquer(dice.choice([look.light, look.fabric]), 0.5))
    stem, leaf = materials.leaf((0.09, 0.14, 0.05)), materials.leaf(GREEN)
    for frond in range(13):
        angle, reach, rise = frond * 2.4 + dice.uniform(-0.3, 0.3), dice.uniform(0.24, 0.4), dice.uniform(0.75, 1.15)
        line = [
            (
                reach * t**1.6 * math.cos(angle),
                reach * t**1.6 * math.sin(angle),
                0.25 + rise * (1.25 * t - 0.35 * t * t),
            )
            for t in (0, 0.25, 0.5, 0.75, 1.0)
        ]
        for a, b in pairwise(line):
            builder.rod(a, b, 0.005, stem, 0.004)
        for number in range(14):
            share = 0.3 + 0.7 * number / 13
            place = share * 4
            low = min(3, int(place))
            spot = [p + (q - p) * (place - low) for p, q in zip(line[low], line[low + 1], strict=True)]
            for side in (-1, 1):
                turn = math.degrees(angle) + side * (58 - 25 * share)
                size = 0.2 * (1.1 - 0.5 * share)
                at = (
                    spot[0] + size * 0.45 * math.cos(math.radians(turn)),
                    spot[1] + size * 0.45 * math.sin(math.radians(turn)),
                    spot[2] - 0.02,
                )
                builder.cushion(
                    (size, 0.022, 0.003), at, leaf, plump=0.9, tilt=(0, 18 + 10 * share, turn), dice=dice, cells=5
                )
