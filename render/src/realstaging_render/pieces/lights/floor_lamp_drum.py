"""A floor lamp with a drum shade."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

PIECE = Piece("floor_lamp_drum", "floor_lamp", "Floor lamp", 0.42, 0.42, 1.58, ("living_room", "bedroom", "office"))


def build(builder: Builder, look: Look, dice: random.Random) -> None:  # noqa: ARG001
    stem = materials.metal(look.metal, 0.3)
    if look.legs == "wood":
        timber = materials.wood(look.wood, "Z")
        for x, y in ((0.0, -0.19), (0.165, 0.1), (-0.165, 0.1)):
            builder.rod((x, y, 0), (x * 0.1, y * 0.1, 1.2), 0.011, timber, 0.014)
        builder.rod((0, 0, 1.18), (0, 0, 1.32), 0.01, stem)
    else:
        builder.lathe([(0.14, 0), (0.14, 0.014), (0.02, 0.024), (0.01, 0.04), (0.01, 1.32)], (0, 0, 0), stem)
    builder.lathe([(0.21, 0), (0.2, 0.28), (0.196, 0.28), (0.206, 0.0)], (0, 0, 1.3), materials.shade(look.light, 0.7))
