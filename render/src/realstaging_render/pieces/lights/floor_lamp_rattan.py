"""Three canes bound together, a dome of woven cane on top."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, hoop, tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.lights.shades import FLOOR_ROOMS, rattan_dome
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal")
PIECE = Piece("floor_lamp_rattan", "floor_lamp", "Rattan lamp", 0.5, 0.5, 1.56, FLOOR_ROOMS, STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    cane, dark = materials.wood(CANE, "Z", 0.5), materials.wood(look.wood, "Z", 0.6)
    for leg in range(3):
        x, y = math.cos(leg * 2.094 + 0.5), math.sin(leg * 2.094 + 0.5)
        path = [
            (0.19 * x, 0.19 * y, 0.0),
            (0.11 * x, 0.11 * y, 0.25),
            (0.04 * x, 0.04 * y, 0.6),
            (0.02 * x, 0.02 * y, 0.9),
        ]
        tube(builder, [*path, (0.028 * x, 0.028 * y, 1.18)], 0.013, cane, steps=8)
    hoop(builder, (0, 0, 0.16), 0.135, 0.008, cane)
    for z in (0.62, 0.635, 0.65, 0.92, 0.935, 0.95):
        hoop(builder, (0, 0, z), 0.034, 0.008, dark)
    builder.rod((0, 0, 0.9), (0, 0, 1.3), 0.009, materials.metal(look.metal, 0.3))
    rattan_dome(builder, look, 1.18, 0.243, 0.376, 40)
