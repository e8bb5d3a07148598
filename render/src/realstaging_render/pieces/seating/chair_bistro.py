"""A café chair of pressed sheet steel."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("industrial", "farmhouse", "modern", "contemporary")
PIECE = Piece("chair_bistro", "dining_chair", "Steel café chair", 0.47, 0.52, 0.85, ("dining_room",), STYLES, seats=1)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    steel = materials.metal(look.metal if look.style != "farmhouse" else (0.55, 0.56, 0.55), 0.32)
    for side in (-1, 1):
        builder.rod((side * 0.215, -0.235, 0), (side * 0.185, -0.185, 0.45), 0.013, steel, 0.024)
        builder.rod((side * 0.215, 0.235, 0), (side * 0.185, 0.17, 0.45), 0.013, steel, 0.024)
        for y in (-0.225, 0.225):
            builder.rod((side * 0.21, y, 0), (side * 0.21, y, 0.012), 0.017, materials.lacquer((0.02, 0.02, 0.02), 0.7))
    builder.rod((-0.2, -0.2, 0.22), (0.2, 0.2, 0.22), 0.008, steel)
    builder.rod((0.2, -0.2, 0.22), (-0.2, 0.2, 0.22), 0.008, steel)
    builder.box((0.43, 0.41, 0.035), (0, -0.01, 0.415), steel, 0.016)
    builder.cushion((0.42, 0.4, 0.024), (0, -0.01, 0.438), steel, plump=0.1)
    half = [(0.178, 0.14, 0.44), (0.19, 0.185, 0.6), (0.18, 0.225, 0.76), (0.13, 0.242, 0.825)]
    tube(builder, [*half, (0, 0.247, 0.838), *((-x, y, z) for x, y, z in half[::-1])], 0.012, steel)
    builder.box((0.105, 0.006, 0.4), (0, 0.205, 0.43), steel, 0.002, (-12, 0, 0))
    if rng.random() < 0.5:
        pad = materials.wood(look.wood, "Y") if look.style == "industrial" else materials.fabric(look.second, 700, 0.3)
        builder.cushion((0.37, 0.36, 0.028), (0, -0.02, 0.456), pad, plump=0.12, rng=rng)
