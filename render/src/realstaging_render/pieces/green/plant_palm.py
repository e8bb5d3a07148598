"""A palm with arching fronds."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import smooth, tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.green.leaves import blade, grow
from realstaging_render.pieces.green.pots import pot
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("coastal", "bohemian", "traditional", "luxury")
ROOMS = ("living_room", "bedroom", "entryway")
PIECE = Piece("plant_palm", "plant", "Palm", 1.04, 1.04, 1.29, ROOMS, STYLES)
GREENS = ((0.07, 0.16, 0.04), (0.095, 0.19, 0.055))
FRONDS = 14


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    soil = pot(builder, look, rng, 0.19, 0.32)
    stem, greens = materials.leaf((0.12, 0.18, 0.06)), [materials.leaf(tone) for tone in GREENS]
    for frond in range(FRONDS):
        way, inner = frond * 2.4 + rng.uniform(-0.2, 0.2), 1 - frond / (FRONDS - 1)
        rise, reach = 0.55 + 0.45 * inner + rng.uniform(-0.05, 0.05), 0.42 - 0.22 * inner
        line = [
            (
                reach * t**1.7 * math.cos(way),
                reach * t**1.7 * math.sin(way),
                soil - 0.02 + rise * (1.35 * t - 0.35 * t * t),
            )
            for t in (0.04, 0.3, 0.55, 0.8, 1.0)
        ]
        tube(builder, line, 0.0045, stem, sides=6, steps=3)
        ribs = smooth(np.array(line), 8)
        for number, spot in enumerate(ribs[9:]):
            share = number / (len(ribs) - 10)
            long = 0.2 * math.sin(math.pi * (0.22 + 0.6 * share)) + 0.02
            for side in (-1, 1):
                grow(
                    builder,
                    spot,
                    way + side * (1.05 - 0.55 * share) + rng.uniform(-0.06, 0.06),
                    0.35 - 0.3 * share,
                    long,
                    0.02,
                    blade,
                    rng.choice(greens),
                    droop=0.9,
                    fold=0.35,
                    cells=(6, 3),
                )
