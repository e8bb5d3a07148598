"""A console of two planks on steel pipe."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, coiled
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books
from realstaging_render.pieces.tables.piping import flange
from realstaging_render.shapes import Builder

STYLES = ("industrial", "farmhouse")
ROOMS = ("entryway", "living_room", "dining_room", "office")
PIECE = Piece("console_pipe", "console_table", "Plank console", 1.3, 0.35, 0.8, ROOMS, STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    pipe, plank = materials.metal((0.035, 0.035, 0.038), 0.38), materials.wood(look.wood, "X", 0.55)
    for y in (-0.0885, 0.0885):
        builder.box((1.3, 0.173, 0.042), (0, y, 0.758), plank, 0.006)
        builder.box((1.2, 0.15, 0.034), (0, y * 0.87, 0.2), plank, 0.005)
    for x in (-0.55, 0.55):
        for y in (-0.12, 0.12):
            builder.rod((x, y, 0.004), (x, y, 0.75), 0.0155, pipe)
            flange(builder, (x, y, 0), pipe)
            flange(builder, (x, y, 0.758), pipe, up=False)
            builder.rod((x, y, 0.15), (x, y, 0.2), 0.022, pipe)
        builder.rod((x, -0.12, 0.175), (x, 0.12, 0.175), 0.014, pipe)
    builder.rod((-0.55, 0.12, 0.48), (0.55, 0.12, 0.48), 0.013, pipe)
    for x in (-0.55, 0.55):
        builder.rod((x, 0.12, 0.455), (x, 0.12, 0.505), 0.021, pipe)
    books(builder, look, rng, (-0.32, 0, 0.234), 4)
    with builder.carried():
        coiled(builder, [(0.12, 0), (0.14, 0.05), (0.14, 0.19)], (0.3, 0, 0.234), materials.wood(CANE, "X", 0.7))
