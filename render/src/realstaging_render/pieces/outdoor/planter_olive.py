"""A young olive tree in a tall clay pot."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("minimalist", "bohemian", "luxury", "contemporary")
PIECE = Piece("planter_olive", "planter", "Olive tree", 0.72, 0.72, 1.5, ("outdoor",), STYLES)
POT = [(0.15, 0), (0.165, 0.01), (0.2, 0.3), (0.215, 0.42), (0.225, 0.44), (0.21, 0.45), (0.195, 0.4), (0.001, 0.39)]
SILVER = ((0.13, 0.17, 0.085), (0.19, 0.23, 0.13), (0.1, 0.14, 0.06))
TWIGS = 46


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    builder.lathe(POT, (0, 0, 0), materials.lacquer(rng.choice([look.light, look.second, look.fabric]), 0.75))
    bark, leaves = materials.lacquer((0.17, 0.14, 0.1), 0.9), [materials.leaf(tone) for tone in SILVER]
    fork = (0.02, -0.01, 0.86)
    tube(builder, [(0, 0, 0.36), (0.025, 0.01, 0.55), (-0.01, 0.0, 0.7), fork], 0.017, bark)
    for number in range(TWIGS):
        # Even over a ball (Vogel's spiral), so that the crown is round and full.
        up, turn = 1 - 2 * (number + 0.5) / TWIGS, number * math.pi * (3 - math.sqrt(5))
        level, reach = math.sqrt(1 - up * up), rng.uniform(0.24, 0.31)
        tip = (
            fork[0] + reach * level * math.cos(turn),
            fork[1] + reach * level * math.sin(turn),
            1.14 + reach * 1.05 * up,
        )
        builder.rod(fork, tip, 0.0035, bark, 0.0015)
        for step in range(9):
            share = 0.5 + 0.055 * step
            spot = [a + (b - a) * share for a, b in zip(fork, tip, strict=True)]
            tilt = (rng.uniform(-50, 50), rng.uniform(-60, 20), rng.uniform(0, 360))
            builder.cushion(
                (0.085, 0.024, 0.004),
                (spot[0], spot[1], spot[2]),
                rng.choice(leaves),
                plump=0.9,
                tilt=tilt,
                rng=rng,
                cells=5,
            )
