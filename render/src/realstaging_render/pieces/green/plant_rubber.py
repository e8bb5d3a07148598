"""A rubber tree with dark, glossy leaves."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.green.leaves import grow, oval
from realstaging_render.pieces.green.pots import pot
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("industrial", "mid_century", "modern", "minimalist")
ROOMS = ("living_room", "bedroom", "office", "dining_room", "entryway")
PIECE = Piece("plant_rubber", "plant", "Rubber tree", 0.57, 0.57, 1.41, ROOMS, STYLES)
GREENS = ((0.03, 0.06, 0.025), (0.045, 0.085, 0.03), (0.07, 0.05, 0.035))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    soil = pot(builder, look, rng, 0.18, 0.36)
    bark, greens = materials.lacquer((0.1, 0.075, 0.055), 0.8), [materials.leaf(tone) for tone in GREENS]
    for stem in range(3):
        way, top = stem * 2.2 + rng.uniform(-0.3, 0.3), (1.22, 1.05, 0.88)[stem]
        foot, tip = (0.025, soil), (0.09, top)
        line = [(r * math.cos(way), r * math.sin(way), z) for r, z in (foot, (0.05, (soil + top) / 2), tip)]
        tube(builder, line, 0.01, bark, sides=8)
        for number in range(15):
            share = 0.16 + 0.84 * number / 14
            out, height = foot[0] + (tip[0] - foot[0]) * share, soil + (top - soil) * share
            long = rng.uniform(0.2, 0.27)
            grow(
                builder,
                (out * math.cos(way), out * math.sin(way), height),
                number * 2.4 + rng.uniform(-0.3, 0.3),
                0.5 + 0.7 * share + rng.uniform(-0.2, 0.2),
                long,
                long * 0.46,
                oval,
                rng.choice(greens[: 3 if share > 0.8 else 2]),
                droop=rng.uniform(0.5, 1.0),
                fold=0.3,
                roll=rng.uniform(-0.3, 0.3),
            )
