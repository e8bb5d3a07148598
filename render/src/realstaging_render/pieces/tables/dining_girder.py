"""Heavy planks on riveted steel frames braced with a cross, laid for six."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.place_settings import centre, laid
from realstaging_render.shapes import Builder

STYLES = ("industrial",)
PIECE = Piece(
    "dining_girder", "dining_table", "Girder dining table", 2.0, 0.95, 0.76, ("dining_room",), STYLES, laden=True
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    iron = materials.metal((0.035, 0.035, 0.038), 0.45)
    for number in range(4):
        plank = materials.wood(tuple(c * rng.uniform(0.86, 1.12) for c in look.wood), "X", 0.6)
        builder.box((2.0, 0.235, 0.05), (0, -0.357 + 0.238 * number, 0.71), plank, 0.007)
    for x in (-0.76, 0.76):
        for z in (0.0, 0.68):
            builder.box((0.09, 0.76, 0.03), (x, 0, z), iron, 0.003)
        for y in (-0.33, 0.33):
            builder.box((0.012, 0.08, 0.66), (x, y, 0.025), iron, 0.002)
            for side in (-0.04, 0.04):
                builder.box((0.09, 0.01, 0.66), (x, y + side, 0.025), iron, 0.002)
        lean = math.degrees(math.atan2(0.56, 0.6))
        for side in (-1, 1):
            builder.box((0.012 + 0.002 * side, 0.04, 0.82), (x, 0, -0.052), iron, 0.002, (side * lean, 0, 0))
        for y, z in ((0, 0.357), (-0.26, 0.09), (0.26, 0.09), (-0.26, 0.63), (0.26, 0.63)):
            builder.rod((x - 0.014, y, z), (x + 0.014, y, z), 0.014, iron)
    for y in (-0.1, 0.1):
        builder.rod((-0.76, y, 0.64), (0.76, y, 0.64), 0.013, iron)
    laid(builder, look, rng, 0.76, [(x, y) for y in (-0.3, 0.3) for x in (-0.6, 0.0, 0.6)])
    centre(builder, look, rng, 0.76, 1.9)
