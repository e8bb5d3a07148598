"""A clothes rail between two A-frames of round wood, a slatted deck for shoes."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.wardrobe_things import hanging_coat, hat, pair_of_shoes
from realstaging_render.shapes import Builder

STYLES = ("coastal", "farmhouse", "scandinavian", "contemporary")
PIECE = Piece("rack_frame", "coat_rack", "Wooden clothes rail", 1.0, 0.44, 1.66, ("entryway",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    post, along = materials.wood(look.wood, "Z"), materials.wood(look.wood, "X")
    for x in (-0.46, 0.46):
        for side in (-1, 1):
            builder.rod((x + side * 0.001, side * 0.205, 0), (x, side * -0.022, 1.65), 0.0145, post)
        for z in (0.16, 0.9):
            half = 0.205 - 0.227 * z / 1.65
            builder.rod((x, -half, z), (x, half, z), 0.011, materials.wood(look.wood, "Y"))
    builder.rod((-0.5, 0, 1.51), (0.5, 0, 1.51), 0.0145, along)
    for number in range(6):
        builder.box((0.95, 0.045, 0.014), (0, -0.15 + 0.06 * number, 0.168), along, 0.004)
    hanger = materials.wood(look.wood, "Y")
    for x, colour, length in ((-0.24, look.accent, 0.84), (-0.1, look.light, 0.76), (0.16, look.second, 0.88)):
        with builder.carried():
            hook = [(x, 0, 1.42), (x, 0, 1.49), (x, 0.018, 1.528), (x, -0.004, 1.53)]
            tube(builder, hook, 0.0025, materials.metal((0.6, 0.6, 0.6), 0.25), sides=6)
            tube(builder, [(x, -0.2, 1.34), (x, -0.05, 1.42), (x, 0.05, 1.42), (x, 0.2, 1.34)], 0.009, hanger)
        hanging_coat(builder, (x, 0, 1.41), colour, rng, length=length, turn=math.pi / 2 + rng.uniform(-0.2, 0.2))
    for x in (-0.3, -0.02):
        pair_of_shoes(builder, rng, (x, 0, 0.182))
    hat(builder, (0.27, 0, 0.184))
