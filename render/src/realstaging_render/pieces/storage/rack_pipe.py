"""A clothes rail of steel pipe on a plank base, coats on hangers, shoes on the plank."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.wardrobe_things import hanging_coat, pair_of_shoes
from realstaging_render.pieces.tables.piping import flange
from realstaging_render.shapes import Builder

STYLES = ("industrial",)
PIECE = Piece("rack_pipe", "coat_rack", "Pipe clothes rail", 1.0, 0.4, 1.7, ("entryway",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    iron, plank = materials.metal((0.04, 0.04, 0.043), 0.4), materials.wood(look.wood, "X", 0.6)
    for y in (-0.1005, 0.1005):
        builder.box((1.0, 0.199, 0.045), (0, y, 0.06), plank, 0.006)
    for x in (-0.42, 0.42):
        for y in (-0.14, 0.14):
            flange(builder, (x, y, 0), iron)
            builder.rod((x, y, 0.01), (x, y, 0.07), 0.02, iron)
        flange(builder, (x, 0, 0.105), iron)
        builder.rod((x, 0, 0.11), (x, 0, 1.66), 0.0165, iron)
        for z in (0.6, 1.64):
            builder.lathe([(0.017, 0), (0.0255, 0.004), (0.0255, 0.05), (0.017, 0.054)], (x, 0, z), iron, 24)
        builder.rod((x - 0.03, 0, 1.667), (x + 0.03, 0, 1.667), 0.0245, iron)
    builder.rod((-0.44, 0, 1.667), (0.44, 0, 1.667), 0.0165, iron)
    builder.rod((-0.42, 0, 0.627), (0.42, 0, 0.627), 0.0135, iron)
    hanger = materials.wood((0.3, 0.19, 0.1), "Y")
    for x, colour, length in ((-0.22, look.accent, 0.92), (-0.08, look.second, 0.82), (0.18, look.fabric, 0.96)):
        with builder.carried():
            hook = [(x, 0, 1.56), (x, 0, 1.64), (x, 0.022, 1.685), (x, -0.006, 1.688)]
            tube(builder, hook, 0.0025, materials.metal((0.6, 0.6, 0.6), 0.25), sides=6)
            tube(builder, [(x, -0.2, 1.48), (x, -0.05, 1.56), (x, 0.05, 1.56), (x, 0.2, 1.48)], 0.009, hanger)
        hanging_coat(builder, (x, 0, 1.55), colour, rng, length=length, turn=math.pi / 2 + rng.uniform(-0.2, 0.2))
    for x in (-0.26, 0.02, 0.26):
        pair_of_shoes(builder, rng, (x, 0, 0.105))
