"""A clothes rail bent in one arch, coats on hangers, shoes on its board."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.wardrobe_things import hanging_coat, pair_of_shoes
from realstaging_render.shapes import Builder

STYLES = ("luxury", "minimalist", "bohemian", "modern")
PIECE = Piece("rack_rail", "coat_rack", "Clothes rail", 0.92, 0.42, 1.66, ("entryway",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    wooden = look.style == "bohemian"
    bar = materials.wood(look.wood, "Z") if wooden else materials.metal(look.metal, 0.25)
    bow = np.linspace(0, math.pi / 2, 7)
    bend = [(-0.28 - 0.16 * math.cos(a), 0.0, 1.488 + 0.16 * math.sin(a)) for a in bow]
    tube(
        builder,
        [(-0.44, 0, 0.05), *bend, *((-x, y, z) for x, y, z in bend[::-1]), (0.44, 0, 0.05)],
        0.0125,
        bar,
        steps=1,
    )
    for x in (-0.44, 0.44):
        builder.rod((x, -0.21, 0.014), (x, 0.21, 0.014), 0.0135, bar)
        builder.rod((x, 0, 0.01), (x, 0, 0.06), 0.016, bar)
    builder.box((0.88, 0.34, 0.02), (0, 0, 0.12), materials.wood(look.wood, "X"), 0.004)
    hanger = materials.wood((0.3, 0.19, 0.1), "Y")
    coats = ((-0.24, look.accent, 0.92), (-0.12, look.light, 0.78), (0.0, look.second, 0.86), (0.2, look.fabric, 0.98))
    for x, colour, length in coats:
        with builder.carried():
            hook = [(x, 0, 1.55), (x, 0, 1.62), (x, 0.016, 1.665), (x, -0.004, 1.668)]
            tube(builder, hook, 0.0025, materials.metal((0.6, 0.6, 0.6), 0.25), sides=6)
            tube(builder, [(x, -0.2, 1.47), (x, -0.05, 1.55), (x, 0.05, 1.55), (x, 0.2, 1.47)], 0.009, hanger)
        hanging_coat(builder, (x, 0, 1.54), colour, rng, length=length, turn=math.pi / 2 + rng.uniform(-0.2, 0.2))
    for x in (-0.28, 0.04, 0.3):
        pair_of_shoes(builder, rng, (x, 0, 0.14))
