"""A tripod of turned legs under a tapered drum."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.lights.shades import FLOOR_ROOMS, drum
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "mid_century", "coastal")
PIECE = Piece("floor_lamp_tripod", "floor_lamp", "Tripod lamp", 0.56, 0.54, 1.52, FLOOR_ROOMS, STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    timber, brass = materials.wood(look.wood, "Z"), materials.metal(look.metal, 0.3)
    for x, y in ((0.0, -0.27), (0.27, 0.25), (-0.27, 0.25)):
        builder.rod((x, y, 0), (x * 0.55, y * 0.55, 0.55), 0.009, timber, 0.015)
        builder.rod((x * 0.55, y * 0.55, 0.55), (x * 0.09, y * 0.09, 1.14), 0.015, timber, 0.011)
        builder.rod((x * 0.42, y * 0.42, 0.7), (0, 0, 0.74), 0.004, brass)
    builder.rod((0, 0, 0.725), (0, 0, 0.755), 0.016, brass)
    builder.lathe(
        [(0.034, 0), (0.04, 0.006), (0.04, 0.024), (0.03, 0.034), (0.011, 0.04), (0.011, 0.13)], (0, 0, 1.125), brass
    )
    drum(builder, look, 1.2, 0.23, 0.18, 0.32)
