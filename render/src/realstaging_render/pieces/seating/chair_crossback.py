"""A bentwood chair with a crossed back and a seat of cane."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("farmhouse", "traditional", "coastal", "bohemian")
PIECE = Piece(
    "chair_crossback", "dining_chair", "Cross-back chair", 0.49, 0.54, 0.89, ("dining_room",), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    timber, rail = materials.wood(look.wood, "Z"), materials.wood(look.wood, "X")
    for side in (-1, 1):
        builder.rod((side * 0.222, -0.246, 0), (side * 0.205, -0.2, 0.45), 0.014, timber, 0.019)
        builder.rod((side * 0.2, 0.25, 0), (side * 0.195, 0.17, 0.46), 0.014, timber, 0.018)
        for y, height in ((-0.2, 0.4), (0.19, 0.3)):
            builder.rod((side * 0.2, y, height), (side * 0.03, y * 0.6, 0.432), 0.007, timber)
        builder.rod((side * 0.212, -0.215, 0.2), (side * 0.2, 0.215, 0.2), 0.009, materials.wood(look.wood, "Y"))
    builder.rod((-0.2, 0.0, 0.2), (0.2, 0.0, 0.2), 0.009, rail)
    half = [(0.195, 0.17, 0.45), (0.205, 0.2, 0.62), (0.195, 0.23, 0.78), (0.13, 0.248, 0.86)]
    tube(builder, [*half, (0, 0.254, 0.877), *((-x, y, z) for x, y, z in half[::-1])], 0.0155, timber)
    for side, out in ((-1, 0.012), (1, -0.004)):
        cross = [(side * 0.18, 0.185, 0.5), (side * 0.08, 0.212 + out, 0.62), (-side * 0.05, 0.228 + out, 0.74)]
        tube(builder, [*cross, (-side * 0.155, 0.242, 0.835)], 0.0095, timber)
    builder.box((0.45, 0.43, 0.04), (0, -0.01, 0.425), rail, 0.018)
    builder.cushion((0.38, 0.36, 0.026), (0, -0.01, 0.457), materials.fabric(CANE, 200, 1.0), plump=0.1, rng=rng)
