"""A fiddle-leaf fig of several stems."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.green.leaves import fiddle, grow
from realstaging_render.pieces.green.pots import pot
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("contemporary", "scandinavian", "farmhouse", "traditional")
ROOMS = ("living_room", "bedroom", "office", "dining_room", "entryway")
PIECE = Piece("plant_fig", "plant", "Fig tree", 0.63, 0.63, 1.55, ROOMS, STYLES)
GREEN = (0.055, 0.125, 0.03)
LEAVES = 19


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    soil = pot(builder, look, rng, 0.19, 0.34)
    bark = materials.lacquer((0.13, 0.095, 0.065), 0.85)
    greens = [materials.leaf(tuple(c * s for c in GREEN)) for s in (0.75, 1.0, 1.35)]
    for stem in range(3):
        way, top = stem * 2.1 + rng.uniform(-0.3, 0.3), (1.4, 1.22, 1.1)[stem]
        line = [(r * math.cos(way), r * math.sin(way), z) for r, z in ((0.02, soil), (0.05, 0.65), (0.08, top))]
        tube(builder, line, 0.011, bark, sides=8)
        low = 0.78 - 0.04 * stem
        for number in range(LEAVES):
            share = number / (LEAVES - 1)
            height = low + (top - low) * share
            out = 0.05 + 0.03 * (height - 0.65) / (top - 0.65)
            rise = 0.1 + 1.1 * share + rng.uniform(-0.2, 0.2)
            long = rng.uniform(0.2, 0.27) * (1 - 0.25 * share)
            grow(
                builder,
                (out * math.cos(way), out * math.sin(way), height),
                number * 2.4 + rng.uniform(-0.3, 0.3),
                rise,
                long,
                long * 0.66,
                fiddle,
                rng.choice(greens),
                droop=rng.uniform(0.5, 1.0),
                fold=0.22,
                wave=0.012,
                roll=rng.uniform(-0.3, 0.3),
            )
