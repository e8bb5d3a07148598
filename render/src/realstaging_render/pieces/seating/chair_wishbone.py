"""A wooden chair with a bent rail, a forked back and a seat of paper cord."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "mid_century", "contemporary", "minimalist", "coastal")
PIECE = Piece("chair_wishbone", "dining_chair", "Wishbone chair", 0.56, 0.53, 0.76, ("dining_room",), STYLES, seats=1)
CORD = (0.62, 0.5, 0.33)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    timber, rail = materials.wood(look.wood, "Z"), materials.wood(look.wood, "X")
    for side in (-1, 1):
        builder.rod((side * 0.235, -0.238, 0), (side * 0.225, -0.222, 0.45), 0.012, timber, 0.018)
        bend = [
            (side * 0.2, 0.235, 0),
            (side * 0.205, 0.185, 0.24),
            (side * 0.225, 0.14, 0.45),
            (side * 0.255, 0.06, 0.7),
        ]
        tube(builder, bend, 0.0155, timber)
        tube(builder, [(0, 0.2, 0.52), (side * 0.025, 0.215, 0.6), (side * 0.085, 0.235, 0.725)], 0.0105, timber)
        for height in (0.27, 0.43):
            y = 0.18 if height < 0.3 else 0.145
            builder.rod((side * 0.23, -0.225, height), (side * 0.21, y, height), 0.01, materials.wood(look.wood, "Y"))
    builder.box((0.055, 0.012, 0.13), (0, 0.185, 0.43), timber, 0.005, (-14, 0, 0))
    builder.rod((-0.21, 0.15, 0.43), (0.21, 0.15, 0.43), 0.011, rail)
    builder.rod((-0.2, 0.19, 0.22), (0.2, 0.19, 0.22), 0.01, rail)
    builder.rod((-0.23, -0.225, 0.425), (0.23, -0.225, 0.425), 0.011, rail)
    half = [(0.262, -0.06, 0.695), (0.26, 0.06, 0.71), (0.2, 0.185, 0.727), (0.1, 0.24, 0.737)]
    tube(builder, [*half, (0, 0.252, 0.742), *((-x, y, z) for x, y, z in half[::-1])], 0.0155, rail)
    cord = materials.fabric(CORD, 160, 1.0)
    builder.cushion((0.5, 0.41, 0.045), (0, -0.035, 0.422), cord, plump=0.12, rng=rng)
